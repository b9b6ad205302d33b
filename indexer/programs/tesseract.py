"""Tesseract, the program that reads letters in pictures (optional; kb doctor names Debian's packages).

It is driven directly and not through OCRmyPDF: that writes a new PDF, in which the confidence of each
word is lost, and which would have to be read once more.
"""

from __future__ import annotations

import csv
import re
import shutil
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from subprocess import CalledProcessError

from PIL import Image

from indexer.extract.assemble import Rect
from indexer.programs.running import run
from kb.errors import ExtractionFailed

PROGRAM = "tesseract"
LANGUAGE = "vie"
TIMEOUT = 60.0  # seconds for one page; a usual one takes 2 to 8
_ASKING = 10.0  # seconds for the version or the list of languages


class OcrFailed(Exception):
    """Tesseract gave up on a page, or took too long."""


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word on a picture. `rect` and `line_rect` are in pixels from the top left corner."""

    text: str
    rect: Rect
    confidence: float  # 0..1
    line: tuple[int, ...]  # what tells the lines of the page apart
    line_rect: Rect
    raw: str = ""  # what Tesseract read, where `text` is not that any more


def available() -> bool:
    """Whether the program and its Vietnamese model are installed."""
    return version() is not None


@lru_cache(maxsize=1)
def version() -> str | None:
    """ "5.3.0", or None without the program or without its Vietnamese model."""
    if shutil.which(PROGRAM) is None:
        return None
    try:
        languages = _run(["--list-langs"], None, _ASKING).split()
        first = _run(["--version"], None, _ASKING).partition("\n")[0]
    except OcrFailed:
        return None
    return first.removeprefix(PROGRAM).strip() if LANGUAGE in languages else None


def read(image: Image.Image, dpi: int, *, sparse: bool = False) -> list[OcrWord]:
    """The words in the order Tesseract reads them. `sparse`: single words anywhere, no text.

    Raises OcrFailed.
    """
    layout = "11" if sparse else "3"
    arguments = ["stdin", "stdout", "-l", LANGUAGE, "--dpi", str(dpi), "--psm", layout, "tsv"]
    rows = csv.DictReader(
        _run(arguments, _png(image), TIMEOUT).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    words: list[OcrWord] = []
    line_rect = Rect(0, 0, 0, 0)
    for row in rows:
        if row["level"] == "4":
            line_rect = _rect(row)
        if row["level"] == "5" and (row["text"] or "").strip():
            line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
            confidence = max(0.0, float(row["conf"])) / 100
            words.append(OcrWord(row["text"].strip(), _rect(row), confidence, line, line_rect))
    return words


def upright_turn(image: Image.Image) -> int:
    """By how many degrees clockwise the picture must be turned for its text to stand upright.

    0 where Tesseract cannot tell.
    """
    try:
        answer = _run(["stdin", "stdout", "--psm", "0"], _png(image), TIMEOUT)
    except OcrFailed:  # too few letters, or no model for it (osd)
        return 0
    found = re.search(r"Rotate:\s*(\d+)", answer)
    return int(found[1]) % 360 if found else 0


def _rect(row: dict[str, str]) -> Rect:
    left, top = float(row["left"]), float(row["top"])
    return Rect(left, top, left + float(row["width"]), top + float(row["height"]))


def _png(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _run(arguments: list[str], data: bytes | None, timeout: float) -> str:
    """What the program prints. One thread: other files are read beside."""
    try:
        output = run([PROGRAM, *arguments], timeout=timeout, data=data, env={"OMP_THREAD_LIMIT": "1"})
    except (OSError, CalledProcessError, ExtractionFailed) as error:
        raise OcrFailed(str(error)) from error
    return output.decode("utf-8", "replace")
