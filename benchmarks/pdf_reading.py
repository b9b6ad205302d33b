"""Reading PDFs: agreement with the twins another program made, and pages a second of each path.

    python benchmarks/pdf_reading.py            the slow paths on every fourth file
    python benchmarks/pdf_reading.py --all      on all

`words`: share of the twin's words that are read. `extra`: share of the words read that the twin lacks.
`order`: share of the runs of five words, once in both texts, that follow each other as in the twin.
Running headers, page numbers and signature stamps are taken out of the twin first: we leave them out
on purpose. Seconds are user CPU time of this process, alone on its core or not.
"""

from __future__ import annotations

import argparse
import re
import resource
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import fmean

import pypdfium2 as pdfium
from common import data_folder, save, table
from pdfminer.high_level import extract_text

from indexer.extract.pdf import PdfExtractor, finished
from indexer.extract.pdf_pdfminer import SlowReader

WORD = re.compile(r"\w+")
RUNNING = re.compile(r"\s*\d*\s*CÔNG BÁO\s*/.*|\s*\d{1,4}\s*|[\s_]*")
STAMP = re.compile(r"\s*(?:Ký bởi|Người ký|Email|Cơ quan|Thời gian ký)\s*:.*|\s*\d\d:\d\d:\d\d \+07.*")


def ours(path: Path) -> str:
    """Our text of a PDF."""
    return PdfExtractor().extract(path).text


def only_pdfminer(path: Path) -> str:
    """The same layout from pdfminer's characters alone."""
    reader = SlowReader(path)
    return finished("pdf", [reader.read(n) for n in range(1, len(reader) + 1)], None, []).text


def pdfminer_default(path: Path) -> str:
    """What pdfminer gives without options."""
    return extract_text(path)


def pdfium_text(path: Path) -> str:
    """What PDFium itself makes of its characters."""
    document = pdfium.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


FAST: dict[str, Callable[[Path], str]] = {"ours": ours, "pdfium's text": pdfium_text}
SLOW: dict[str, Callable[[Path], str]] = {
    "ours, pdfminer only": only_pdfminer,
    "pdfminer's text": pdfminer_default,
}


@dataclass(frozen=True)
class Agreement:
    """How a text compares with its twin."""

    words: float
    extra: float
    order: float


def compared(text: str, twin: str) -> Agreement:
    """Words as bags, and their order by runs of five."""
    mine, theirs = WORD.findall(text), WORD.findall(twin)
    common = sum((Counter(mine) & Counter(theirs)).values())
    return Agreement(common / max(1, len(theirs)), 1 - common / max(1, len(mine)), _order(mine, theirs))


def _order(mine: list[str], theirs: list[str]) -> float:
    """The longest ascending series among the places of the runs that stand once in both."""
    places = _once(theirs)
    found = [
        places[run] for run, _at in sorted(_once(mine).items(), key=lambda i: i[1]) if run in places
    ]
    ends: list[int] = []
    for place in found:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends) / max(1, len(found))


def _once(words: list[str]) -> dict[tuple[str, ...], int]:
    runs = list(zip(*(words[k:] for k in range(5)), strict=False))
    counts = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counts[run] == 1}


def _without(text: str, *patterns: re.Pattern[str]) -> str:
    lines = unicodedata.normalize("NFC", text).replace("\r", "").split("\n")
    return "\n".join(line for line in lines if not any(p.fullmatch(line) for p in patterns))


def _seconds() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


def main() -> None:
    """Measure and keep the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true")
    every = 1 if parser.parse_args().all else 4
    paths = sorted((data_folder() / "documents" / "gazette-pdf").glob("*.pdf"))
    ours(paths[0])  # tables are built at the first call
    sums, rows = [], []
    for name, read in {**FAST, **SLOW}.items():
        measured = [_measured(name, read, path) for path in (paths if name in FAST else paths[::every])]
        pages, seconds = sum(m.pages for m in measured), sum(m.seconds for m in measured)
        columns = list(zip(*(astuple(m.agreement) for m in measured), strict=True))
        mean = Agreement(*(fmean(column) for column in columns))
        worst = Agreement(min(columns[0]), max(columns[1]), min(columns[2]))
        figures = [*_figures(mean), *_figures(worst), f"{pages / seconds:.1f}"]
        sums.append([name, str(len(measured)), str(pages), *figures])
        rows += [m.row() for m in measured]
    sets = ["words", "extra", "order"]
    head = ["path", "files", "pages", *sets, *(f"worst {name}" for name in sets), "pages/s"]
    body = table(head, sums) + "\n\n"
    body += table(["file", "path", "pages", *sets, "pages/s"], sorted(rows))
    command = "python benchmarks/pdf_reading.py"
    save("pdf-reading", "PDFs beside the twins of another program", command, body)


@dataclass(frozen=True)
class _Measured:
    file: str
    path: str
    pages: int
    seconds: float
    agreement: Agreement

    def row(self) -> list[str]:
        speed = f"{self.pages / self.seconds:.0f}"
        return [self.file, self.path, str(self.pages), *_figures(self.agreement), speed]


def _measured(name: str, read: Callable[[Path], str], path: Path) -> _Measured:
    before = _seconds()
    text = read(path)
    taken = _seconds() - before
    twin = _without(path.with_suffix(".txt").read_text(encoding="utf-8"), RUNNING, STAMP)
    agreement = compared(_without(text, RUNNING, STAMP), twin)
    return _Measured(path.stem, name, len(pdfium.PdfDocument(path)), taken, agreement)


def _figures(agreement: Agreement) -> list[str]:
    return [f"{agreement.words:.4f}", f"{agreement.extra:.4f}", f"{agreement.order:.4f}"]


if __name__ == "__main__":
    main()
