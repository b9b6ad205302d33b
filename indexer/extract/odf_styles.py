"""Styles of an OpenDocument file: font, bold, capitals, alignment, through their chain of parents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from indexer.extract.flow import Span

_NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_LONGEST_CHAIN = 12  # styles with each other as parents must end somewhere


def qualified(name: str) -> str:
    """`text:p` as lxml writes it."""
    prefix, _colon, tag = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{tag}"


def local(element: Any) -> str:
    """The tag without its namespace; "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text is set."""

    font: str | None = None
    bold: bool = False
    capitals: bool = False

    def span(self, text: str) -> Span:
        """`text` set like this."""
        return Span(text, self.font, self.bold, self.capitals)


class OdfStyles:
    """The styles of styles.xml and content.xml; what stands in the latter goes first."""

    def __init__(self, roots: Sequence[Any]) -> None:
        self._roots = roots
        self._styles: dict[str | None, Any] = {}
        for root in roots:
            for style in root.iter(qualified("style:style")):
                self._styles[style.get(qualified("style:name"))] = style

    def look(self, style: str | None, around: Look) -> Look:
        """The look of text in a style (None: the document's own) inside text that looks as `around`."""
        chain = [self._default] if style is None else self._chain(style)
        for each in reversed(chain):
            properties = None if each is None else each.find(qualified("style:text-properties"))
            if properties is not None:
                around = self._changed(around, properties)
        return around

    def layout(self, style: str | None) -> tuple[bool, bool]:
        """Whether paragraphs of a style are centred, and whether they begin a page."""
        align = broken = None
        for each in self._chain(style):
            properties = each.find(qualified("style:paragraph-properties"))
            if properties is not None:
                align = align or properties.get(qualified("fo:text-align"))
                broken = broken or properties.get(qualified("fo:break-before"))
        return align == "center", broken == "page"

    def _changed(self, look: Look, properties: Any) -> Look:
        name = properties.get(qualified("style:font-name"))
        font = self._fonts.get(name, name) or properties.get(qualified("fo:font-family"))
        weight = properties.get(qualified("fo:font-weight"))
        transform = properties.get(qualified("fo:text-transform"))
        return replace(
            look,
            font=font.strip("'\"") if font else look.font,
            bold=weight == "bold" if weight else look.bold,
            capitals=transform == "uppercase" if transform else look.capitals,
        )

    @cached_property
    def _fonts(self) -> dict[str | None, str]:
        faces = (face for root in self._roots for face in root.iter(qualified("style:font-face")))
        return {
            face.get(qualified("style:name")): face.get(qualified("svg:font-family")) or ""
            for face in faces
        }

    @cached_property
    def _default(self) -> Any | None:
        for root in self._roots:
            for style in root.iter(qualified("style:default-style")):
                if style.get(qualified("style:family")) == "paragraph":
                    return style
        return None

    def _chain(self, style: str | None) -> list[Any]:
        chain: list[Any] = []
        while style in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[style])
            style = chain[-1].get(qualified("style:parent-style-name"))
        return chain
