"""PowerPoint 97-2003 slides (.ppt), read from the binary itself ([MS-PPT])."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from struct import error as struct_error
from struct import unpack_from
from typing import NamedTuple

from olefile import OleFileIO

from indexer.extract.assemble import assemble
from indexer.extract.base import Extracted
from indexer.extract.encodings import narrow
from indexer.extract.failures import corrupt, encrypted, too_big
from indexer.extract.flow import Block, Paragraph, Span, pages_of, runs_of
from indexer.extract.legacy import LegacyDecoder
from indexer.extract.ole import stream
from indexer.extract.ppt_styles import CharacterRun, character_runs
from kb.i18n import _

MAX_BYTES = 200_000_000
MAX_DEPTH = 50
_CONTAINER = 0xF
# Kinds of records (2.13.24 RecordType).
_DOCUMENT, _SLIDE_LIST, _SLIDE_PERSIST = 0x03E8, 0x0FF0, 0x03F3
_FONTS, _FONT = 0x07D5, 0x0FB7
_TEXT_BOX, _CHARACTERS, _BYTES, _STYLES = 0xF00D, 0x0FA0, 0x0FA8, 0x0FA1
_USER_EDIT, _PERSIST_DIRECTORY, _ENCRYPTED = 0x0FF5, 0x1772, 0x2F14
_SLIDES, _NOTES = 0, 2  # which slides a list is of
_NUMBER = "*"  # stands for the number of the slide
_LINE = str.maketrans({"\x0b": "\n"})


class _Record(NamedTuple):
    kind: int
    instance: int
    is_container: bool
    start: int
    end: int


class PptExtractor:
    """Reads .ppt: the slides of the last edit, then their notes."""

    format = "ppt"

    def extract(self, path: Path) -> Extracted:
        """The text with lines; no positions. A slide is a page."""
        if path.stat().st_size > MAX_BYTES:
            raise too_big(_("hơn %d MB") % (MAX_BYTES // 1_000_000))
        what = _("Bài trình chiếu PowerPoint (.ppt)")
        try:
            with OleFileIO(BytesIO(path.read_bytes())) as ole:
                content = stream(ole, "PowerPoint Document")
                current = stream(ole, "Current User")
            if unpack_from("<I", current, 12)[0] == 0xF3D1C4DF:
                raise encrypted(what)
            blocks = list(_Reader(content).blocks(unpack_from("<I", current, 16)[0]))
        except (OSError, struct_error, IndexError, ValueError) as error:
            raise corrupt(what) from error
        decoder = LegacyDecoder(runs_of(blocks))
        pages = pages_of(blocks, decoder)
        return assemble(self.format, pages, warnings=decoder.warnings())


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._fonts: list[str] = []

    def blocks(self, last_edit: int) -> Iterator[Block]:
        """The paragraphs of all slides."""
        offsets, document_id = self._persistent(last_edit)
        document = self._record(offsets[document_id])
        inside = list(self._records(document.start, document.end))
        for found in self._all(inside, _FONTS):
            self._fonts = [
                self._content[font.start : font.start + 64]
                .decode("utf-16-le", "replace")
                .partition("\0")[0]
                for font in self._records(found.start, found.end)
                if font.kind == _FONT
            ]
        for which in (_SLIDES, _NOTES):
            for listed in inside:
                if listed.kind == _SLIDE_LIST and listed.instance == which:
                    for slide in self._slides(listed, offsets):
                        if slide or which == _SLIDES:  # a slide of pictures is a page all the same
                            yield Paragraph([], new_page=True)
                        yield from slide

    def _slides(self, listed: _Record, offsets: dict[int, int]) -> Iterator[list[Block]]:
        """The list holds the titles and outlines of each slide, the slide its other texts."""
        blocks: list[Block] | None = None
        number = 0
        texts: list[_Record] = []
        for record in (*self._records(listed.start, listed.end), None):
            if record is not None and record.kind != _SLIDE_PERSIST:
                texts.append(record)
                continue
            if blocks is not None:
                blocks += self._paragraphs(texts)
                if number in offsets:
                    for box in self._all([self._record(offsets[number])], _TEXT_BOX):
                        blocks += self._paragraphs(list(self._records(box.start, box.end)))
                yield blocks
            if record is not None:
                number, blocks = unpack_from("<I", self._content, record.start)[0], []
                texts = []

    def _paragraphs(self, records: list[_Record]) -> Iterator[Block]:
        """The texts among the records of a box, each with the styles that follow it."""
        for at, record in enumerate(records):
            body = self._content[record.start : record.end]
            if record.kind == _CHARACTERS:
                text = body[: len(body) // 2 * 2].decode("utf-16-le", "replace")
            elif record.kind == _BYTES:
                text = narrow(body)
            else:
                continue
            if text == _NUMBER:
                continue
            styles = records[at + 1] if at + 1 < len(records) else record
            runs: list[CharacterRun] = []
            if styles.kind == _STYLES:
                runs = character_runs(self._content[styles.start : styles.end], len(text))
            yield from _split(text, runs, self._fonts)

    # ------------------------------------------------------------ records

    def _persistent(self, last_edit: int) -> tuple[dict[int, int], int]:
        """Where each persistent object was saved last, and the number of the document (2.1.2)."""
        offsets: dict[int, int] = {}
        document = 0
        seen: set[int] = set()
        at = last_edit
        while at and at not in seen:
            seen.add(at)
            edit = self._record(at)
            if edit.kind != _USER_EDIT:
                raise ValueError("no edit where one should be")
            before, directory, number = unpack_from("<III", self._content, edit.start + 8)
            document = document or number
            for number, offset in self._directory(directory):
                offsets.setdefault(number, offset)
            at = before
        return offsets, document

    def _directory(self, at: int) -> Iterator[tuple[int, int]]:
        record = self._record(at)
        at = record.start
        while at + 4 <= record.end:
            header = unpack_from("<I", self._content, at)[0]
            first, count = header & 0xFFFFF, header >> 20
            at += 4
            for number in range(count):
                if at + 4 > record.end:
                    return
                yield first + number, unpack_from("<I", self._content, at)[0]
                at += 4

    def _record(self, at: int) -> _Record:
        version, kind, length = unpack_from("<HHI", self._content, at)
        end = min(at + 8 + length, len(self._content))
        return _Record(kind, version >> 4, version & 0xF == _CONTAINER, at + 8, end)

    def _records(self, start: int, end: int) -> Iterator[_Record]:
        while start + 8 <= end:
            record = self._record(start)
            yield record
            start = record.end

    def _all(self, records: list[_Record], kind: int, depth: int = 0) -> Iterator[_Record]:
        for record in records:
            if record.kind == kind:
                yield record
            elif record.is_container and depth < MAX_DEPTH:
                inside = list(self._records(record.start, record.end))
                yield from self._all(inside, kind, depth + 1)


def _split(text: str, runs: list[CharacterRun], fonts: list[str]) -> Iterator[Block]:
    """The paragraphs of a text, with its runs."""
    spans: list[Span] = []
    at = 0
    for run in [*runs, CharacterRun(len(text), None, False)]:
        font = fonts[run.font] if run.font is not None and run.font < len(fonts) else None
        parts = text[at : at + run.length].split("\r")
        at += run.length
        for number, part in enumerate(parts):
            if number:
                yield Paragraph(spans)
                spans = []
            if part:
                spans.append(Span(part.translate(_LINE), font, run.bold))
    if spans:
        yield Paragraph(spans)
