"""Markdown through markdown-it: CommonMark with tables, read as the page it stands for."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
from markdown_it import MarkdownIt

from indexer.extract.assemble import DraftPage, assemble
from indexer.extract.base import Extracted
from indexer.extract.encodings import bearable, decoded
from indexer.extract.failures import corrupt, empty_file, too_big
from indexer.extract.html_blocks import block_lines
from indexer.extract.legacy import LegacyDecoder, Run
from kb.i18n import _

MAX_BYTES = 20_000_000
# Leading blanks are no text, and the parser takes the square of the depth of lists.
_TOO_DEEP = re.compile(r"^([ \t]{64})[ \t]+", re.M)


class MarkdownExtractor:
    """Reads .md; HTML in it counts as text."""

    format = "markdown"

    def extract(self, path: Path) -> Extracted:
        """The text without its marks: headings, lists and tables as lines."""
        if path.stat().st_size > MAX_BYTES:
            raise too_big(_("hơn %d MB") % (MAX_BYTES // 1_000_000))
        text = decoded(path.read_bytes())
        if text is None:
            raise corrupt(_("Tệp Markdown (.md)"))
        if not text.strip():
            raise empty_file()
        rows = bearable(text).split("\n")
        decoder = LegacyDecoder(map(Run, rows))
        text = "\n".join(decoder.decode([Run(row)])[0] for row in rows)
        text = _TOO_DEEP.sub(r"\1", text)
        page = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
        lines = block_lines(lxml.html.document_fromstring(f"<html><body>{page}</body></html>"))
        return assemble(self.format, [DraftPage(1, lines)], warnings=decoder.warnings())
