"""Reading one hostile file in a child process, and what became of it."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer import workers
from indexer.extract import ocr_page, sniff
from indexer.extract.assemble import Rect
from indexer.programs import libreoffice
from indexer.programs.tesseract import OcrWord
from indexer.reader import read_file
from kb.errors import ExtractionFailed

READ = "read"
_KEPT = 20_000  # characters
DEFECTS = frozenset({"internal-error", "crashed", "timeout", "out-of-memory"})


@dataclass(frozen=True, slots=True)
class Reading:
    """`code`: READ, or the code of the refusal. `seconds` of the processor, the child's own."""

    path: str
    code: str
    seconds: float = 0.0
    detail: str = ""
    characters: int = 0
    text: str = ""  # the beginning


def attempt(path: str) -> Reading:
    """Read a file as `kb add` does, without slow programs, which have tests of their own."""
    libreoffice.available = _never
    ocr_page.tesseract.read = _one_word
    ocr_page.tesseract.upright_turn = _upright
    started = time.process_time()
    try:
        document = read_file(path, ocr=sniff.detect(Path(path)) == "image")
    except ExtractionFailed as failure:
        detail = traceback.format_exc() if failure.code in DEFECTS else ""
        return Reading(path, failure.code, time.process_time() - started, detail)
    except MemoryError:
        raise
    except Exception:
        return Reading(path, "internal-error", time.process_time() - started, traceback.format_exc())
    return Reading(
        path,
        READ,
        time.process_time() - started,
        characters=len(document.text),
        text=document.text[:_KEPT],
    )


def readings(paths: Iterable[Path], *, jobs: int = 1, timeout: float = 60.0) -> Iterator[Reading]:
    """What became of each file."""
    for outcome in workers.run(attempt, map(str, paths), jobs=jobs, timeout=timeout):
        if outcome.result is not None:
            yield outcome.result
        else:
            assert outcome.error is not None
            yield Reading(outcome.item, outcome.error.code, detail=str(outcome.error))


def _never() -> bool:
    return False


def _one_word(*_arguments: Any, **_options: Any) -> list[OcrWord]:
    place = Rect(10, 10, 90, 30)
    return [OcrWord("văn", place, 0.9, (1, 1, 1), place)]


def _upright(_image: Any) -> int:
    return 0
