"""PDF pages as PDFium draws them: the fast path, for pages about which nothing is doubtful.

What needs a closer look (glyphs without a letter, Type3 and legacy fonts) is left to pdf_pdfminer.py.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pypdfium2 as pdfium

from indexer.extract.base import Bookmark
from indexer.extract.pdf_page import RawPage
from indexer.extract.pdf_pdfium_rules import read_drawings
from indexer.extract.pdf_pdfium_text import PageText
from kb.vietnamese.normalise import clean

_MOST_ATTACHMENTS = 50  # that are named
_MOST_BOOKMARKS = 5_000
_LONGEST_LABEL = 40  # characters


class FastReader:
    """The pages of one file. Close it after use; raises pdfium.PdfiumError on opening."""

    def __init__(self, path: Path) -> None:
        self.document = pdfium.PdfDocument(path)

    def close(self) -> None:
        """Let the file go."""
        self.document.close()

    def __len__(self) -> int:
        return len(self.document)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        width, height = self.document.get_page_size(number - 1)
        return width, height

    @property
    def title(self) -> str | None:
        """The title in the file's properties."""
        return self.document.get_metadata_value("Title").strip() or None

    @property
    def outline(self) -> tuple[Bookmark, ...]:
        """The bookmarks that lead to a page of this file."""
        found = []
        for mark in islice(self.document.get_toc(), _MOST_BOOKMARKS):
            target = mark.get_dest()
            page = target.get_index() if target else None
            if page is not None and mark.get_title().strip():
                found.append(Bookmark(mark.get_title().strip(), mark.level + 1, page + 1))
        return tuple(found)

    @property
    def labels(self) -> dict[int, str]:
        """What the file calls its pages (ISO 32000-1, 12.4.2), where that is not their number."""
        found = {}
        for number in range(1, len(self) + 1):
            label = self.document.get_page_label(number - 1)
            if len(label) > _LONGEST_LABEL:
                break  # no name of a page
            label = " ".join(clean(label).split())
            if label and label != str(number):
                found[number] = label
        return found

    @property
    def attachments(self) -> list[str]:
        """The names of the files inside."""
        count = min(self.document.count_attachments(), _MOST_ATTACHMENTS)
        return [self.document.get_attachment(at).get_name() or "?" for at in range(count)]

    def read(self, number: int) -> RawPage:
        """The content of page `number` (1-based). Raises Doubtful, or pdfium.PdfiumError."""
        page = self.document[number - 1]
        try:
            left, bottom, right, top = page.get_mediabox()
            text = PageText(page.get_textpage(), (left, bottom, right, top))
            found = text.read(number, page.get_rotation())
            turn = (found.turn + page.get_rotation()) % 360
            width, height = right - left, top - bottom
            rules = read_drawings(page, left, top, found)
            found.rules = [rule.turned(turn, width, height) for rule in rules] if turn else rules
            return found
        finally:
            page.close()
