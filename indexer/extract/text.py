"""Plain text: UTF-8, UTF-16, Windows-1258, and the Vietnamese encodings before Unicode."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from indexer.extract.assemble import DraftLine, DraftPage, assemble, words_of
from indexer.extract.base import Extracted
from indexer.extract.encodings import bearable, decoded
from indexer.extract.failures import corrupt, empty_file, too_big
from indexer.extract.header_columns import header_unglued
from indexer.extract.labels import starts_with_label
from indexer.extract.legacy import LegacyDecoder, Run
from indexer.extract.repairs import spaced_out_joined
from kb.i18n import _

MAX_BYTES = 50_000_000
_LONG = 80  # characters; a line that is shorter may be the last of its paragraph
_WRAPPED = 110  # characters; files whose lines all stay below were wrapped by a program
_ENDS = re.compile(r"[.;:!?…/]$")


class TextExtractor:
    """Reads plain text. Form feeds part pages; empty lines part paragraphs."""

    format = "txt"

    def extract(self, path: Path) -> Extracted:
        """The text as it stands, cleaned; the header taken apart if its columns were glued."""
        if path.stat().st_size > MAX_BYTES:
            raise too_big(_("hơn %d MB") % (MAX_BYTES // 1_000_000))
        text = decoded(path.read_bytes())
        if text is None:
            raise corrupt(_("Tệp văn bản thuần (.txt)"))
        if not text.strip():
            raise empty_file()
        text = bearable(text)
        rows = text.replace("\r\n", "\n").split("\n")
        decoder = LegacyDecoder(map(Run, rows))
        if not decoder.idle:
            rows = [decoder.decode([Run(row)])[0] for row in rows]
            text = "\n".join(rows)
        wrapped = max(len(row) for row in rows) <= _WRAPPED
        pages = [
            DraftPage(number, _lines(page, wrapped))
            for number, page in enumerate(text.rstrip("\f").split("\f"), start=1)
        ]
        pages[0].lines = header_unglued(pages[0].lines)
        return assemble(self.format, pages, warnings=decoder.warnings())


def _lines(page: str, wrapped: bool) -> list[DraftLine]:
    lines: list[DraftLine] = []
    gap = True
    for row in page.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        words = words_of(spaced_out_joined(row))
        if words:
            lines.append(DraftLine(words, new_paragraph=gap))
        gap = not words
    for before, line in pairwise(lines):
        line.new_paragraph = line.new_paragraph or _begins(before.text, line.text, wrapped)
    return lines


def _begins(before: str, line: str, wrapped: bool) -> bool:
    """True if `line` begins a paragraph though no empty line stands before it."""
    if not wrapped:
        return True  # whoever does not wrap lines writes one a paragraph
    ended = _ENDS.search(before) is not None
    return starts_with_label(line) and (ended or len(before) < _LONG)
