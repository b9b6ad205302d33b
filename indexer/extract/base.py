"""What an extractor gives back, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from kb.model import Ocr, Page


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with the layout that field readers use.

    `start:end` are characters of `Extracted.text`. Positions are points from the top left corner
    of the page, None where the format has none. `column` tells left from right in a two-column
    header: "left", "right" or None for the full width.
    """

    start: int
    end: int
    page: int
    x0: float | None = None
    y0: float | None = None
    x1: float | None = None
    y1: float | None = None
    bold: bool = False
    centered: bool = False
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of one file, normalised once (NFC, \\n, no control characters), and its layout.

    `text` is what Document.text will be: nobody changes it afterwards. Two-column headers are
    given column by column (left first), every line on a line of its own.
    """

    format: str  # pdf, docx, html, txt, …: a name that indexer.extract.sniff.detect gives
    text: str
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    title: str | None = None  # title from the file's own properties (<title>, og:title, core.xml)
    published_on: date | None = None  # date a web page declares
    url: str | None = None  # canonical address a saved web page declares
    site: str | None = None  # site name a saved web page declares
    text_quality: float = 1.0  # share of words that are possible Vietnamese syllables
    warnings: tuple[str, ...] = field(default=())
    beginnings: tuple[int, ...] = (1,)  # pages where a document begins: in archives and mail several
    # `text` letter for letter as the fonts show it, where that differs: headings are often typed small
    # in a font of capitals (.VnTimeH), or formatted as capitals. None if all is shown as typed.
    printed: str | None = None

    def as_printed(self) -> Extracted:
        """The same with the text as it is shown, for those who know headings by their capitals."""
        return self if self.printed is None else replace(self, text=self.printed, printed=None)

    ocr: Ocr | None = None  # of pages read from pictures


class Extractor(Protocol):
    """One format. `extract` raises kb.errors.ExtractionFailed with code, reason and remedy."""

    format: str

    def extract(self, path: Path) -> Extracted:
        """Read the file. Runs in a child process with limits.

        Writes nothing but a private temporary folder, gone when it returns (containers, converters).
        """
