"""What paragraph and run properties say about a Word paragraph, through its chain of styles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_OFF = ("0", "false", "none", "off", "nil")
_LONGEST_CHAIN = 12  # styles based on each other in a circle must end somewhere


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """The layout of one paragraph. `list_id` is None outside of numbered lists."""

    bold: bool
    centered: bool
    list_id: str | None
    level: int | None  # None if only the list can tell, by the style
    style: str | None
    page_break_before: bool


class Styles:
    """The styles of one document."""

    def __init__(self, root: Any | None) -> None:
        """`root` is the w:styles element, None if the document has none."""
        found = root.iterchildren(qn("w:style")) if root is not None else ()
        self._styles = {style.get(qn("w:styleId")): style for style in found}
        self._fonts: dict[str | None, str | None] = {}
        defaults = (
            root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
            if root is not None
            else None
        )
        self._standard_font = _font(defaults)
        self._default = next(
            (name for name, s in self._styles.items() if _is_default_paragraph_style(s)), None
        )

    def of_paragraph(self, paragraph: Any) -> ParagraphFormat:
        """The layout of a w:p element: its own properties first, then its style and those below."""
        own = paragraph.find(qn("w:pPr"))
        style = value(own, "w:pStyle") or self._default
        chain = [own, *(s.find(qn("w:pPr")) for s in self._chain(style))]
        numbering = next((n for p in chain if (n := _child(p, "w:numPr")) is not None), None)
        list_id, level = value(numbering, "w:numId"), value(numbering, "w:ilvl")
        return ParagraphFormat(
            bold=bool(next((b for s in self._chain(style) if (b := _bold(s)) is not None), False)),
            centered=next((jc for p in chain if (jc := value(p, "w:jc"))), "") == "center",
            list_id=None if list_id in (None, "0") else list_id,
            level=int(level) if level is not None and level.isdigit() else None,
            style=style,
            page_break_before=_child(own, "w:pageBreakBefore") is not None,
        )

    def run_is_bold(self, run: Any, paragraph_bold: bool) -> bool:
        """True if the w:r element is printed bold in a paragraph whose style says `paragraph_bold`."""
        own = _bold(run)
        if own is None:
            style = value(run.find(qn("w:rPr")), "w:rStyle")
            own = next((b for s in self._chain(style) if (b := _bold(s)) is not None), None)
        return paragraph_bold if own is None else own

    def run_font(self, run: Any, paragraph_style: str | None) -> str | None:
        """The name of the font the w:r element is set in, None if the document's theme decides."""
        own = run.find(qn("w:rPr"))
        font = _font(own) or self._font_of_style(value(own, "w:rStyle"))
        return font or self._font_of_style(paragraph_style) or self._standard_font

    def run_is_capitals(self, run: Any, paragraph_style: str | None) -> bool:
        """True if the w:r element is shown in capitals, whatever was typed."""
        own = run.find(qn("w:rPr"))
        holders = [own]
        for style in (value(own, "w:rStyle"), paragraph_style):
            holders += [s.find(qn("w:rPr")) for s in self._chain(style)]
        caps = next((c for h in holders if (c := _child(h, "w:caps")) is not None), None)
        return caps is not None and caps.get(qn("w:val")) not in _OFF

    def _font_of_style(self, style: str | None) -> str | None:
        if style not in self._fonts:
            chain = (s.find(qn("w:rPr")) for s in self._chain(style))
            self._fonts[style] = next((f for p in chain if (f := _font(p))), None)
        return self._fonts[style]

    def table_has_borders(self, table: Any) -> bool:
        """True if lines are drawn between the cells of the w:tbl element."""
        properties = table.find(qn("w:tblPr"))
        style = value(properties, "w:tblStyle")
        holders = [properties, *(s.find(qn("w:tblPr")) for s in self._chain(style))]
        borders = next((b for h in holders if (b := _child(h, "w:tblBorders")) is not None), None)
        inside = [value(borders, name) for name in ("w:insideV", "w:left", "w:top")]
        return any(line is not None and line not in _OFF for line in inside)

    def _chain(self, style: str | None) -> list[Any]:
        chain: list[Any] = []
        while style in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[style])
            style = value(chain[-1], "w:basedOn")
        return chain


def value(parent: Any | None, name: str) -> str | None:
    """The w:val of the child `name`, None if there is no such child."""
    child = _child(parent, name)
    return None if child is None else child.get(qn("w:val"))


def _child(parent: Any | None, name: str) -> Any | None:
    return None if parent is None else parent.find(qn(name))


def _font(properties: Any | None) -> str | None:
    """The font of letters beyond ASCII, else of all."""
    fonts = _child(properties, "w:rFonts")
    if fonts is None:
        return None
    name: str | None = fonts.get(qn("w:hAnsi")) or fonts.get(qn("w:ascii"))
    return name


def _bold(element: Any) -> bool | None:
    bold = _child(element.find(qn("w:rPr")), "w:b")
    return None if bold is None else bold.get(qn("w:val")) not in _OFF


def _is_default_paragraph_style(style: Any) -> bool:
    return bool(style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) == "1")
