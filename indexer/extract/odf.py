"""OpenDocument text, spreadsheets and slides (.odt, .ods, .odp), read from their XML.

After OpenDocument 1.3. Tracked deletions and comments are left out; footnotes follow the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from indexer.extract.archive import check_archive
from indexer.extract.assemble import assemble
from indexer.extract.base import Extracted
from indexer.extract.failures import corrupt, encrypted
from indexer.extract.flow import Block, Paragraph, Span, Table, lines_of, pages_of, runs_of
from indexer.extract.legacy import LegacyDecoder
from indexer.extract.odf_styles import Look, OdfStyles, local, qualified
from indexer.extract.spreadsheet import Row, extracted_sheets
from kb.errors import ExtractionFailed
from kb.i18n import _

_SKIPPED = frozenset({
    "tracked-changes", "annotation", "sequence-decls", "variable-decls", "user-field-decls", "forms",
    "bibliography-mark", "page-number", "shapes", "desc", "title", "event-listeners", "scripts",
})  # fmt: skip
_BLANKS = {"tab": "\t", "line-break": "\n"}
_MOST_REPEATS = 100  # blanks of one text:s


class OdfExtractor:
    """Reads one of the three kinds; a sheet or a slide is a page."""

    def __init__(self, format_name: str) -> None:
        self.format = format_name

    def extract(self, path: Path) -> Extracted:
        """The text with lines; no positions."""
        what = _("Tệp OpenDocument")
        check_archive(path, what)
        try:
            with ZipFile(path) as archive:
                names = set(archive.namelist())
                content = _parsed(archive.read("content.xml"))
                sheet = _parsed(archive.read("styles.xml")) if "styles.xml" in names else None
                title = _title(archive.read("meta.xml")) if "meta.xml" in names else None
                manifest = (
                    archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
                )
            if b"encryption-data" in manifest:
                raise encrypted(what)
            body = content.find(f".//{qualified('office:body')}")
            reader = _Reader(OdfStyles([root for root in (sheet, content) if root is not None]))
            if self.format == "ods":
                return extracted_sheets(self.format, reader.sheets(body), title)
            blocks = list(reader.slides(body) if self.format == "odp" else reader.blocks(body))
            decoder = LegacyDecoder(runs_of([*blocks, *reader.notes]))
            pages = pages_of(blocks, decoder)
            pages[-1].lines += lines_of(reader.notes, decoder)
            return assemble(self.format, pages, title=title, warnings=decoder.warnings())
        except (ExtractionFailed, MemoryError, OSError):
            raise
        except Exception as error:  # zipfile, zlib and lxml have no common error
            raise corrupt(what) from error


def _parsed(xml: bytes) -> Any:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _title(xml: bytes) -> str | None:
    title = _parsed(xml).find(f".//{qualified('dc:title')}")
    return None if title is None else title.text


class _Reader:
    def __init__(self, styles: OdfStyles) -> None:
        self._styles = styles
        self.notes: list[Block] = []

    def sheets(self, body: Any) -> Iterator[tuple[str, Iterator[Row]]]:
        """Name and rows of each sheet."""
        for table in body.iter(qualified("table:table")):
            yield table.get(qualified("table:name")) or "", self._sheet_rows(table)

    def slides(self, body: Any) -> Iterator[Block]:
        """The paragraphs of the slides, each slide on a page of its own."""
        for page in body.iter(qualified("draw:page")):
            first = True
            for block in self.blocks(page):
                if first and isinstance(block, Paragraph):
                    block.new_page, first = True, False
                yield block

    def blocks(self, container: Any) -> Iterator[Block]:
        """Paragraphs and tables in `container`, whatever sections, lists and frames they stand in."""
        for child in container:
            name = local(child)
            if name in ("p", "h"):
                yield from self._paragraph(child)
            elif name == "table":
                yield self._table(child)
            elif name and name not in _SKIPPED:
                yield from self.blocks(child)

    def _sheet_rows(self, table: Any) -> Iterator[Row]:
        for row in table.iter(qualified("table:table-row")):
            cells = []
            for cell in row.iterchildren(qualified("table:table-cell")):
                spans: list[Span] = []
                for paragraph in cell.iter(qualified("text:p")):
                    style = cell.get(qualified("table:style-name"))
                    look = self._styles.look(style, self._styles.look(None, Look()))
                    spans += [Span(" ")] if spans else []
                    self._walk(paragraph, look, spans, [])
                if any(span.text.strip() for span in spans):
                    cells.append(spans)
            yield cells

    def _paragraph(self, element: Any) -> Iterator[Block]:
        style = element.get(qualified("text:style-name"))
        spans: list[Span] = []
        frames: list[Any] = []
        self._walk(element, self._styles.look(style, self._styles.look(None, Look())), spans, frames)
        centered, new_page = self._styles.layout(style)
        yield Paragraph(spans, centered, new_page)
        for frame in frames:
            yield from self.blocks(frame)

    def _walk(self, element: Any, look: Look, spans: list[Span], frames: list[Any]) -> None:
        if element.text:
            spans.append(look.span(element.text))
        for child in element:
            name = local(child)
            if name == "s":
                count = child.get(qualified("text:c")) or "1"
                spans.append(Span(" " * min(int(count) if count.isdigit() else 1, _MOST_REPEATS)))
            elif name in _BLANKS:
                spans.append(Span(_BLANKS[name]))
            elif name == "note":
                body = child.find(qualified("text:note-body"))
                self.notes += self.blocks(body) if body is not None else ()
            elif name in ("frame", "custom-shape", "g"):
                frames.append(child)
            elif name and name not in _SKIPPED:
                style = child.get(qualified("text:style-name"))
                self._walk(child, self._styles.look(style, look) if style else look, spans, frames)
            if child.tail:
                spans.append(look.span(child.tail))

    def _table(self, element: Any) -> Table:
        rows = []
        for row in element.iter(qualified("table:table-row")):
            owner = next(row.iterancestors(qualified("table:table")))
            if owner is element:  # those of a table inside a cell come with the cell
                cells = row.iterchildren(qualified("table:table-cell"))
                rows.append([list(self.blocks(cell)) for cell in cells])
        return Table(rows)
