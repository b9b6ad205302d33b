"""Official documents that a web site reprints: every line, also the header table, and no menus."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from indexer.extract.assemble import DraftLine
from indexer.extract.header_columns import header_unglued
from indexer.extract.html_blocks import block_lines, letters_in, letters_under
from indexer.extract.landmarks import plain

_MAIN_SHARE = 0.5  # of the visible letters: what holds more is the container of the document
_NATION = "cong hoa xa hoi"  # the first half of Quốc hiệu; it may go on in a line of its own
_PROPERTIES = re.compile(
    "số (?:ký )?hiệu|ngày (?:ban hành|hiệu lực|có hiệu lực|đăng công báo)|loại văn bản|người ký"
    "|trích yếu|cơ quan (?:ban hành|ra văn bản)|tình trạng",
    re.I,
)


def quoc_hieu_element(tree: Any) -> Any | None:
    """The element in whose text Quốc hiệu stands as a heading, in capitals; a mention is none."""
    for element in tree.iter(etree.Element):
        for text in (element.text, element.tail):
            heading = text.strip() if text else ""
            if (
                heading[:1] == "C"
                and heading[:12].isupper()
                and plain(heading[:60]).startswith(_NATION)
            ):
                return element
    return None


def document_lines(tree: Any, header: Any, whole: list[DraftLine]) -> list[DraftLine]:
    """The lines of the element that holds the reprinted document, then the site's property table."""
    body = tree.find("body")
    enough = _MAIN_SHARE * letters_in(whole)
    container = next((a for a in header.iterancestors() if letters_under(a) >= enough), body)
    if body is None or container is None or container in (body, tree):
        return header_unglued(whole)
    lines = block_lines(container)
    inside = {line.text for line in lines}
    properties = [
        line
        for table in body.iter("table", "dl")
        if container not in (table, *table.iterancestors())
        for line in block_lines(table)
    ]
    named = [line for line in properties if _PROPERTIES.match(line.text) and line.text not in inside]
    return [*header_unglued(lines), *(named if len(named) > 1 else ())]
