"""Where a .docx keeps its numbering: numbering.xml (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from indexer.extract.numbering import Level, Numbering


def read_numbering(root: Any | None) -> Numbering:
    """The lists of the w:numbering element; none if the document has no such element."""
    levels: dict[str, dict[int, Level]] = {}
    lists: dict[str, str] = {}
    restarts: dict[str, dict[int, int]] = {}
    for abstract in root.iterchildren(qn("w:abstractNum")) if root is not None else ():
        levels[abstract.get(qn("w:abstractNumId"))] = {
            int(lvl.get(qn("w:ilvl"))): _level(lvl) for lvl in abstract.iterchildren(qn("w:lvl"))
        }
    for num in root.iterchildren(qn("w:num")) if root is not None else ():
        num_id = num.get(qn("w:numId"))
        lists[num_id] = _value(num, "w:abstractNumId") or ""
        restarts[num_id] = {
            int(override.get(qn("w:ilvl"))): int(_value(override, "w:startOverride") or 1)
            for override in num.iterchildren(qn("w:lvlOverride"))
            if override.find(qn("w:startOverride")) is not None
        }
    return Numbering(levels, lists, restarts)


def _level(lvl: Any) -> Level:
    return Level(
        int(_value(lvl, "w:start") or 1),
        _value(lvl, "w:numFmt") or "decimal",
        _value(lvl, "w:lvlText") or "",
        _value(lvl, "w:pStyle"),
    )


def _value(parent: Any, name: str) -> str | None:
    child = parent.find(qn(name))
    return None if child is None else child.get(qn("w:val"))
