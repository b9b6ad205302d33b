"""Web pages in legacy Vietnamese fonts: decoded in the tree, before anything is read from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from indexer.extract.legacy import LegacyDecoder, Run

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_FAMILY = re.compile(r"font(?:-family)?\s*:[^;]*?([\"']?)(\.?[A-Za-z][\w .-]*)\1\s*(?:[,;]|$)", re.I)
_SELECTOR = re.compile(r"(?:[a-z][a-z0-9]*)?\.([\w-]+)|([a-z][a-z0-9]*)", re.I)
_NO_TEXT = frozenset({"script", "style"})
# Inside a paragraph; every other element ends one.
_INLINE = frozenset({
    "a", "abbr", "b", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
})  # fmt: skip


class _Place(NamedTuple):
    """Where a text stands in the tree."""

    element: Any
    is_tail: bool
    run: Run


def decode_tree(tree: Any) -> list[str]:
    """Turn legacy text in `tree` to Unicode, in place; the warnings that tell of it.

    Fonts are those of <font face>, style attributes and the page's own style sheet. What a font draws
    in capitals becomes capitals: a page has no other text.
    """
    paragraphs = list(_paragraphs(tree, _style_sheet(tree)))
    decoder = LegacyDecoder(place.run for places in paragraphs for place in places)
    if decoder.idle:
        return []
    for places in paragraphs:
        runs = [place.run for place in places]
        for place, text in zip(places, decoder.printed(runs, decoder.decode(runs)), strict=True):
            if place.is_tail:
                place.element.tail = text
            else:
                place.element.text = text
    return decoder.warnings()


def _paragraphs(tree: Any, fonts: dict[str, str]) -> Iterator[list[_Place]]:
    """The texts of the tree, those of one paragraph together."""
    places: list[_Place] = []
    in_force: list[str | None] = [None]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if element.tag not in _INLINE and places:
            yield places
            places = []
        if event == "start":
            in_force.append(_font_of(element, fonts) or in_force[-1])
            if element.text and element.tag not in _NO_TEXT:
                places.append(_Place(element, False, Run(element.text, in_force[-1])))
        else:
            in_force.pop()
            if element.tail and element is not tree:
                places.append(_Place(element, True, Run(element.tail, in_force[-1])))
    if places:
        yield places


def _font_of(element: Any, fonts: dict[str, str]) -> str | None:
    style = _FAMILY.search(element.get("style") or "")
    if style:
        return style[2].strip()
    face = element.get("face") if element.tag == "font" else None
    if face:
        return str(face).split(",")[0].strip(" '\"") or None
    for name in (element.get("class") or "").split():
        if f".{name}" in fonts:
            return fonts[f".{name}"]
    return fonts.get(element.tag)


def _style_sheet(tree: Any) -> dict[str, str]:
    """Font by `.class` and by tag, from the <style> elements."""
    fonts: dict[str, str] = {}
    for sheet in tree.iter("style"):
        for selectors, body in _RULE.findall(sheet.text or ""):
            family = _FAMILY.search(body)
            if family is None:
                continue
            for selector in selectors.split(","):
                match = _SELECTOR.fullmatch(selector.strip())
                if match:
                    key = f".{match[1]}" if match[1] else match[2].lower()
                    fonts.setdefault(key, family[2].strip())
    return fonts
