"""Lines of text from a tree of HTML, or of the XML that trafilatura returns.

Walks without recursion, because pages nest as deep as they like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from lxml import etree

from indexer.extract.assemble import DraftLine, words_of
from indexer.extract.labels import starts_with_label
from indexer.extract.repairs import spaced_out_joined
from indexer.extract.tables import Cell, table_lines

SKIPPED = frozenset({
    "audio", "button", "canvas", "dialog", "embed", "graphic", "iframe", "input", "map", "math",
    "nav", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "video",
    "xml",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
    "cell", "head", "item", "list", "quote", "row",  # as trafilatura names them
})  # fmt: skip
_BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th", "head"})
_ROWS, _CELLS, _BREAKS, _ITEMS = ("tr", "row"), ("td", "th", "cell"), ("br", "lb"), ("li", "item")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CENTERED = re.compile(r"text-align\s*:\s*center", re.I)
_ALIGNED = re.compile(r"text-align\s*:\s*(?:left|right|justify|start)", re.I)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LAYOUT_CELL = 12  # lines; tables with longer cells lay out the page, they hold no data


@dataclass(slots=True)
class _Table:
    rows: list[list[Cell]] = field(default_factory=list)
    lays_out: bool = False  # a table inside, or a whole page in one cell


@dataclass(slots=True)
class _State:
    """Where the walk is: open tables and lists, and the text since the last line end."""

    sinks: list[list[DraftLine]] = field(default_factory=lambda: [[]])
    tables: list[_Table] = field(default_factory=list)
    lists: list[int | None] = field(default_factory=list)  # next number, None for bullets
    bold: int = 0
    centered: list[bool] = field(default_factory=lambda: [False])
    preformatted: int = 0
    parts: list[tuple[str, bool]] = field(default_factory=list)
    label: str = ""
    paragraph: bool = True

    def flush(self, *, paragraph: bool) -> None:
        """End the line; the next one begins a paragraph if `paragraph`."""
        text = "".join(part for part, _bold in self.parts)
        for row in text.split("\n"):
            words = words_of(spaced_out_joined(row))
            if not words:
                continue
            if self.label and not starts_with_label(row.strip()):
                words = [*words_of(self.label), *words]
            self.label = ""
            bold = sum(len(part.strip()) for part, is_bold in self.parts if is_bold)
            is_bold = bold > sum(len(part.strip()) for part, _b in self.parts) / 2
            self.sinks[-1].append(
                DraftLine(words, None, is_bold, self.centered[-1], None, self.paragraph)
            )
            self.paragraph = False
        self.parts.clear()
        self.paragraph = self.paragraph or paragraph

    def add(self, text: str | None) -> None:
        """Text in the flow; line ends in the source are blanks except in <pre>."""
        if not text:
            return
        shown = text if self.preformatted else _SPACE.sub(" ", text)
        self.parts.append((shown, self.bold > 0))


def block_lines(root: Any) -> list[DraftLine]:
    """The lines under `root`: one a paragraph, heading, list item, <br> or table row."""
    state = _State()
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped: Any = None
    for event, element in walk:
        if event == "start":
            if _is_skipped(element) and element is not root:
                skipped = element
                walk.skip_subtree()
            else:
                _enter(element, state)
        else:
            if element is skipped:
                skipped = None
            else:
                _leave(element, state)
            if element is not root:
                state.add(element.tail)
    state.flush(paragraph=True)
    lines = state.sinks[0]
    for before, line in pairwise(lines):
        if before.centered and line.centered and before.column is None:
            line.new_paragraph = False  # a title over several paragraphs is one block
    return lines


def letters_in(lines: list[DraftLine]) -> int:
    """How many characters other than blanks."""
    return sum(len(word.text) for line in lines for word in line.words)


def letters_under(element: Any) -> int:
    """How many characters other than blanks stand in an element, shown or not."""
    return sum(len(part) for text in element.itertext() for part in text.split())


def _is_skipped(element: Any) -> bool:
    """True for what a browser does not show as text."""
    hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
    return element.tag in SKIPPED or bool(hidden)


def _enter(element: Any, state: _State) -> None:
    tag = element.tag
    if tag in _BREAKS:
        state.flush(paragraph=False)
    elif tag in _BLOCKS:
        state.flush(paragraph=True)
    if tag == "table":
        if state.tables:
            state.tables[-1].lays_out = True
        state.tables.append(_Table())
    elif tag in _ROWS and state.tables:
        state.tables[-1].rows.append([])
    elif tag in _CELLS and state.tables:
        state.sinks.append([])
        state.paragraph = True
    elif tag in ("ol", "ul", "list"):
        numbered = tag == "ol" or element.get("rend") == "ol"
        state.lists.append(1 if numbered else None)
    elif tag in _ITEMS and state.lists:
        number = state.lists[-1]
        state.label = "-" if number is None else f"{number}."
        state.lists[-1] = None if number is None else number + 1
    state.bold += _is_bold(element)
    state.preformatted += tag == "pre"
    state.centered.append(_is_centered(element, state.centered[-1]))
    state.add(element.text)


def _leave(element: Any, state: _State) -> None:
    tag = element.tag
    if tag in _BLOCKS:
        state.flush(paragraph=True)
    state.bold -= _is_bold(element)
    state.preformatted -= tag == "pre"
    state.centered.pop()
    if tag in _ITEMS:
        state.label = ""
    if tag in ("ol", "ul", "list") and state.lists:
        state.lists.pop()
    elif tag in _CELLS and state.tables and len(state.sinks) > 1:
        cell = state.sinks.pop()
        state.tables[-1].lays_out |= len(cell) > _LAYOUT_CELL
        if not state.tables[-1].rows:
            state.tables[-1].rows.append([])
        state.tables[-1].rows[-1].append(cell)
        state.paragraph = True
    elif tag == "table" and state.tables:
        table = state.tables.pop()
        if table.lays_out:
            found = [line for cells in table.rows for cell in cells for line in cell]
        else:
            found = [line for _row, line in table_lines(table.rows, borderless=False)]
        state.sinks[-1] += found
        state.paragraph = True


def _is_bold(element: Any) -> bool:
    return element.tag in _BOLD or bool(_BOLD_STYLE.search(element.get("style") or ""))


def _is_centered(element: Any, inherited: bool) -> bool:
    style = element.get("style") or ""
    # align="center" of a table is about its place on the page, not about the text in it.
    align = (element.get("align") or "").lower() if element.tag != "table" else "left"
    if element.tag == "center" or align == "center" or _CENTERED.search(style):
        return True
    return inherited and not (align or _ALIGNED.search(style) or element.tag in _CELLS)
