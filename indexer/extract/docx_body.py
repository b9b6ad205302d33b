"""The text of a Word document in reading order: paragraphs, tables, text boxes, footnotes.

Tracked insertions are kept, deletions dropped. Tables without borders that hold a header or the
signatures are read column by column, all others row by row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from indexer.extract.assemble import DraftLine, DraftPage
from indexer.extract.docx_styles import ParagraphFormat, Styles
from indexer.extract.flow import Paragraph, Span, lines_of
from indexer.extract.legacy import LegacyDecoder, Run
from indexer.extract.numbering import Numbering
from indexer.extract.tables import table_lines

_MOST_COLUMN_ROWS = 6
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TRANSPARENT = frozenset({
    "ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml",
    "dir", "bdo",
})  # fmt: skip
# U+00AD is the letter ư in TCVN3 fonts; where it is a hyphen, cleaning drops it.
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}


@dataclass(slots=True)
class _Paragraph:
    """What is gathered while one w:p is walked."""

    parts: list[Span]
    boxes: list[Any]  # w:txbxContent
    breaks_before: int = 0  # page breaks before its first letter
    breaks_inside: int = 0

    def add_break(self) -> None:
        if any(part.text.strip() for part in self.parts):
            self.breaks_inside += 1
        else:
            self.breaks_before += 1


class BodyReader:
    """Reads one document; `rendered` says that Word left its own page breaks in it."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        footnotes: dict[str, Any],
        rendered: bool,
        decoder: LegacyDecoder,
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._footnotes = footnotes
        self._rendered = rendered
        self._decoder = decoder
        self._cited: list[str] = []  # footnotes, in the order of their marks
        self._page = 1

    def pages(self, body: Any) -> list[DraftPage]:
        """The pages of the w:body element; one page if no page break is known."""
        pages: dict[int, DraftPage] = {}
        for page, line in self._content(body):
            pages.setdefault(page, DraftPage(page)).lines.append(line)
        last = pages.setdefault(self._page, DraftPage(self._page))
        for note in self._cited:
            if note in self._footnotes:
                last.lines += self.lines(self._footnotes[note])
        return [pages.get(number, DraftPage(number)) for number in range(1, self._page + 1)]

    def lines(self, container: Any) -> list[DraftLine]:
        """The lines of a cell, text box, footnote or page header."""
        return [line for _page, line in self._content(container)]

    def _content(self, container: Any) -> Iterator[tuple[int, DraftLine]]:
        before: DraftLine | None = None
        for block in _blocks(container):
            found = self._table(block) if block.tag == qn("w:tbl") else self._paragraph(block)
            for page, line in found:
                if before and before.centered and line.centered and before.column == line.column:
                    line.new_paragraph = False  # a title over several paragraphs is one block
                before = line
                yield page, line

    # ------------------------------------------------------------ paragraphs

    def _paragraph(self, element: Any) -> Iterator[tuple[int, DraftLine]]:
        layout = self._styles.of_paragraph(element)
        self._page += layout.page_break_before and not self._rendered
        gathered = _Paragraph([], [])
        self._walk(element, layout, gathered)
        self._page += gathered.breaks_before
        label = ""
        if layout.list_id is not None:
            level = layout.level
            if level is None:
                level = self._numbering.level_of_style(layout.list_id, layout.style)
            label = self._numbering.label(layout.list_id, level)
        paragraph = Paragraph(gathered.parts, layout.centered, label=label)
        for line in lines_of([paragraph], self._decoder):
            yield self._page, line
        for box in gathered.boxes:
            yield from self._content(box)
        self._page += gathered.breaks_inside

    def _walk(self, element: Any, layout: ParagraphFormat, into: _Paragraph) -> None:
        for child in element:
            name = _name(child)
            if name == "r":
                self._run(child, layout, into)
            elif name in _TRANSPARENT:
                self._walk(child, layout, into)
            elif name in ("oMath", "oMathPara"):
                into.parts += [Span(part.text or "") for part in child.iter(_MATH_TEXT)]
            elif name == "AlternateContent":
                into.boxes += _boxes(child)

    def _run(self, run: Any, layout: ParagraphFormat, into: _Paragraph) -> None:
        properties = run.find(qn("w:rPr"))
        if properties is not None and properties.find(qn("w:vanish")) is not None:
            return
        bold = self._styles.run_is_bold(run, layout.bold)
        font = self._styles.run_font(run, layout.style)
        in_capitals = self._styles.run_is_capitals(run, layout.style)
        for child in run:
            name = _name(child)
            if name in ("t", *_CHARACTERS):
                text = _CHARACTERS.get(name) or child.text or ""
                into.parts.append(Span(text, font, bold, in_capitals))
            elif name == "br":
                if child.get(qn("w:type")) != "page":
                    into.parts.append(Span("\n", font, bold))
                elif not self._rendered:
                    into.add_break()
            elif name == "lastRenderedPageBreak":
                into.add_break()
            elif name == "footnoteReference":
                self._cited.append(child.get(qn("w:id")) or "")
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                into.boxes += _boxes(child)

    # ------------------------------------------------------------ tables

    def _table(self, table: Any) -> Iterator[tuple[int, DraftLine]]:
        pages: list[int] = []
        rows = []
        for row in _named(table, "tr"):
            pages.append(self._page)
            rows.append([self.lines(cell) for cell in _named(row, "tc")])
        plain = len(rows) <= _MOST_COLUMN_ROWS and not self._styles.table_has_borders(table)
        for number, line in table_lines(rows, borderless=plain):
            yield pages[number], line


def runs_under(element: Any, styles: Styles) -> Iterator[Run]:
    """The text and font of every run under `element` that is not all ASCII, for LegacyDecoder."""
    for paragraph in element.iter(qn("w:p")):
        style = styles.of_paragraph(paragraph).style
        for run in paragraph.iter(qn("w:r")):
            text = "".join(
                "\xad" if child.tag == qn("w:softHyphen") else child.text or ""
                for child in run
                if child.tag in (qn("w:t"), qn("w:softHyphen"))
            )
            if not text.isascii():
                yield Run(text, styles.run_font(run, style))


def _blocks(container: Any) -> Iterator[Any]:
    """The w:p and w:tbl elements of `container`, also inside content controls."""
    for child in container:
        name = _name(child)
        if name in ("p", "tbl"):
            yield child
        elif name in _TRANSPARENT:
            yield from _blocks(child)


def _named(container: Any, wanted: str) -> Iterator[Any]:
    for child in container:
        name = _name(child)
        if name == wanted:
            yield child
        elif name in _TRANSPARENT:
            yield from _named(child, wanted)


def _boxes(element: Any) -> list[Any]:
    """The text boxes in a drawing. Word stores them twice, modern and old: take the first."""
    choice = next(element.iter(_CHOICE), None)
    start = element if choice is None else choice
    found: list[Any] = []
    for box in start.iter(qn("w:txbxContent")):
        if not any(outer in found for outer in box.iterancestors(qn("w:txbxContent"))):
            found.append(box)  # boxes inside boxes come with the outer one
    return found


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
