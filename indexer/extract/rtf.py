"""Rich Text Format (.rtf, and much that is named .doc)."""

from __future__ import annotations

from pathlib import Path

from indexer.extract.assemble import assemble
from indexer.extract.base import Extracted
from indexer.extract.failures import too_big
from indexer.extract.flow import lines_of, pages_of, runs_of
from indexer.extract.landmarks import is_mark
from indexer.extract.legacy import LegacyDecoder
from indexer.extract.rtf_reader import read_rtf
from kb.i18n import _

MAX_BYTES = 100_000_000


class RtfExtractor:
    """Reads RTF with fonts; page breaks set by hand part pages."""

    format = "rtf"

    def extract(self, path: Path) -> Extracted:
        """The text with lines; no positions."""
        if path.stat().st_size > MAX_BYTES:
            raise too_big(_("hơn %d MB") % (MAX_BYTES // 1_000_000))
        text = read_rtf(path.read_bytes().decode("latin-1").lstrip("\ufeff \t\r\n"))
        parts = (text.main, text.headers, text.boxes, text.footnotes)
        decoder = LegacyDecoder(run for part in parts for run in runs_of(part))
        pages = pages_of(text.main, decoder)
        marks = {line.text: line for line in lines_of(text.headers, decoder) if is_mark(line.text)}
        pages[0].lines = [*marks.values(), *pages[0].lines]
        pages[-1].lines += lines_of([*text.boxes, *text.footnotes], decoder)
        return assemble(self.format, pages, warnings=decoder.warnings())
