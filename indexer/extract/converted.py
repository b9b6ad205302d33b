"""Formats read through another program: what it makes of the file is read in its place."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from indexer.extract.assemble import SUSPECT_QUALITY, DraftPage, assemble
from indexer.extract.base import Extracted, Extractor
from indexer.extract.failures import unsupported
from indexer.extract.flow import Paragraph, Span, pages_of, runs_of
from indexer.extract.legacy import LegacyDecoder
from indexer.programs import antiword, libreoffice
from kb.errors import ExtractionFailed
from kb.i18n import _

_MIXED = re.compile(r"[^\W\d_]\d+[^\W\d_]")  # digits between letters
_MOST_MIXED = 0.1  # of the words


class ConvertedExtractor:
    """Reads what LibreOffice makes of a file; refuses where it is not installed."""

    def __init__(
        self, format_name: str, source: str, suffix: str, read: Callable[[Path], Extracted]
    ) -> None:
        """`source` is LibreOffice's name of the format, `suffix` the one that `read` reads."""
        self.format = format_name
        self._source = source
        self._suffix = suffix
        self._read = read

    def extract(self, path: Path) -> Extracted:
        """The text of the converted file."""
        if not libreoffice.available():
            raise unsupported(
                _("Tệp này chỉ đọc được khi có LibreOffice."),
                _("Cài LibreOffice (make install-tools), hoặc lưu tệp lại dạng .docx, .xlsx hay PDF."),
            )
        with tempfile.TemporaryDirectory(prefix="tracuu-") as folder:
            made = libreoffice.converted(path, self._source, self._suffix, Path(folder))
            return replace(self._read(made), format=self.format)


class OldWordExtractor:
    """Reads Word files from before Word 97: through antiword, else through LibreOffice."""

    format = "word-old"

    def __init__(self, read: Callable[[Path], Extracted]) -> None:
        self._read = read

    def extract(self, path: Path) -> Extracted:
        """The text, a paragraph a line."""
        if not antiword.available():
            return ConvertedExtractor(self.format, "MS WinWord 6.0", "docx", self._read).extract(path)
        rows = antiword.text(path).split("\n")
        blocks = [Paragraph([Span(row)]) for row in rows if row.strip()]
        decoder = LegacyDecoder(runs_of(blocks))
        pages: list[DraftPage] = pages_of(blocks, decoder)
        return assemble(self.format, pages, warnings=decoder.warnings())


class SecondTry:
    """Reads with `first`; what that calls corrupt, LibreOffice may still be able to open."""

    def __init__(
        self, first: Extractor, source: str, suffix: str, read: Callable[[Path], Extracted]
    ) -> None:
        self.format = first.format
        self._first = first
        self._second = ConvertedExtractor(first.format, source, suffix, read)

    def extract(self, path: Path) -> Extracted:
        """As `first`, else the text of the converted file; what `first` raises if both fail."""
        try:
            return self._first.extract(path)
        except ExtractionFailed as failure:
            if failure.code != "corrupt" or not libreoffice.available():
                raise
            try:
                salvaged = self._second.extract(path)
            except ExtractionFailed:
                raise failure from None
            if not _is_text(salvaged):
                raise
            return salvaged


def _is_text(extracted: Extracted) -> bool:
    """Whether what LibreOffice made of a damaged file is text, not the bytes between."""
    words = extracted.text.split()
    mixed = sum(_MIXED.search(word) is not None for word in words)
    return extracted.text_quality >= SUSPECT_QUALITY and mixed <= _MOST_MIXED * len(words)
