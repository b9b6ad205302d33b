"""The folders of benchmarks/ingest.py: a name, and a function that fills a new folder.

It returns False where the documents are not here.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from common import ROOT
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

sys.path.append(str(ROOT / "tests" / "indexer"))

from hostile_samples import TEXT, samples

CORPUS = ROOT / "corpus" / "documents"
DATA = Path(os.environ.get("TRACUU_DATA", ROOT.parent / "shared" / "data"))
COPIES = 60  # of each small sample, so that the start of the children does not decide
_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")

Fill = Callable[[Path], bool]


def copied(paths: Iterable[Path], folder: Path, copies: int = 1) -> bool:
    """Copies under names of their own (two folders may have files of the same name), each told from the
    others by some bytes at its end, which no format minds: equal files would be one document."""
    number = 0
    for path in sorted(paths):
        for copy in range(copies):
            place = folder / f"{number:05}-{path.name}"
            shutil.copy(path, place)
            if copy:
                with place.open("ab") as file:
                    file.write(b"\n%d\n" % copy)
            number += 1
    return number > 0


def _by_suffix(suffix: str, folder: Path) -> bool:
    return copied(CORPUS.glob(f"*.{suffix}"), folder)


def _sample(name: str, folder: Path) -> bool:
    made = folder.parent / "made"
    made.mkdir()
    return copied([samples(made)[name]], folder, COPIES)


def _mixed(folder: Path) -> bool:
    """All sample documents, and five of every other format."""
    made = folder.parent / "made"
    made.mkdir()
    others = [path for path in samples(made).values() if path.parent != CORPUS]
    (folder / "others").mkdir()
    return copied(CORPUS.iterdir(), folder) and copied(others, folder / "others", 5)


def _real(names: tuple[str, ...], folder: Path) -> bool:
    """The documents in folders of the real data, without the texts that stand beside them as truth."""
    found = [path for name in names for path in (DATA / name).glob("*") if path.suffix in _DOCUMENTS]
    if names != ("seeds",):
        found = [path for path in found if path.suffix != ".txt"]
    return copied((path for path in found if path.is_file()), folder)


_DOCUMENTS = {".pdf", ".doc", ".docx", ".html", ".htm", ".rtf", ".xls", ".txt", ".md"}
_REAL = ("gazette-pdf", "vbpl-docx", "vbpl-html-raw", "legacy-doc", "legacy-fonts")


def _large_text(megabytes: int, folder: Path) -> bool:
    paragraph = f"{TEXT}\n\n"
    with (folder / "a.txt").open("w", encoding="utf-8") as file:
        for _ in range(megabytes * 1_000_000 // len(paragraph.encode())):
            file.write(paragraph)
    return True


def _large_pdf(pages: int, folder: Path) -> bool:
    if not _FONT.exists():
        return False
    pdfmetrics.registerFont(TTFont("Large", str(_FONT)))
    canvas = Canvas(str(folder / "a.pdf"))
    for page in range(pages):
        canvas.setFont("Large", 11)
        for line in range(40):
            canvas.drawString(60, 780 - 18 * line, f"{page}.{line} {TEXT[:80]}")
        canvas.showPage()
    canvas.save()
    return True


FOLDERS: dict[str, Fill] = {
    "mixed": _mixed,
    **{name: partial(_by_suffix, name) for name in ("pdf", "docx", "html", "txt")},
    **{
        name: partial(_sample, name)
        for name in (
            *("doc", "rtf", "odt", "xls", "xlsx", "ods", "ppt", "pptx", "odp"),
            *("mail", "msg", "mhtml", "zip", "markdown", "image"),
        )
    },
    "large-text-10MB": partial(_large_text, 10),
    "large-text-200MB": partial(_large_text, 200),
    "large-pdf-2000p": partial(_large_pdf, 2_000),
    "seeds": partial(_real, ("seeds",)),
    **{name: partial(_real, (f"documents/{name}",)) for name in (*_REAL, "scanned-pdf")},
    "real-mixed": partial(_real, tuple(f"documents/{name}" for name in _REAL)),
}
