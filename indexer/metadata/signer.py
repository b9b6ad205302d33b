"""Who signed, by what right and for whom (Nghị định 30/2020/NĐ-CP, Điều 13; Hướng dẫn 36-HD/VPTW)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.metadata.casing import normal_case
from indexer.metadata.lines import Role, TextLine
from indexer.metadata.zones import Zones
from kb.model import Span, Value

RANK = re.compile(
    r"(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|[úu][ỷyý]|úy)|(?:PGS|GS|TS|ThS)\.)\s*", re.I
)
# TM. thay mặt, KT. ký thay, TL. thừa lệnh, TUQ. thừa ủy quyền, Q. quyền; the Party's T/M, K/T, T/L.
_RIGHT = re.compile(r"(?P<right>TM|KT|TL|TUQ|Q|T/M|K/T|T/L)[.\s]\s*(?P<whom>.*)", re.S)
_RIGHTS = {"T/M": "TM", "K/T": "KT", "T/L": "TL"}


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signature says.

    `capacity` is the first of TM, KT, TL, TUQ, Q; `title` the signer's own, the last above the name;
    `on_behalf` the body or officer signed for.
    """

    signer: Value[str] | None = None
    title: Value[str] | None = None
    capacity: Value[str] | None = None
    on_behalf: Value[str] | None = None
    rank: Value[str] | None = None


def read_signature(zones: Zones, properties: dict[str, tuple[str, Span]]) -> Signature:
    """The signature at the end of the document, else the signer of a property table."""
    line = zones.tail.signer
    if line is None:
        if "signer" not in properties:
            return Signature()
        written, span = properties["signer"]
        return Signature(_name(written, span.start, "property-table"))
    titles = [each for each in zones.tail.authority if not each.fits(Role.END)]
    capacity, on_behalf = _right(titles)
    return Signature(
        signer=_name(line.text, line.start, "signature"),
        title=_title(titles),
        capacity=capacity,
        on_behalf=on_behalf,
        rank=_rank(line),
    )


def _title(titles: Sequence[TextLine]) -> Value[str] | None:
    """The last line of titles, unless it only says for whom is signed."""
    for line in reversed(titles):
        if line.fits(Role.POSITION):
            return _shown(line.text, line.start)
        if right := _RIGHT.fullmatch(line.text):
            if right["right"] in ("Q",):
                return _shown(right["whom"], line.start + right.start("whom"))
            return None
    return None


def _right(titles: Sequence[TextLine]) -> tuple[Value[str] | None, Value[str] | None]:
    for line in titles:
        if right := _RIGHT.fullmatch(line.text):
            code = _RIGHTS.get(right["right"], right["right"])
            span = Span(line.start, line.start + right.end("right"))
            whom = right["whom"].strip()
            on_behalf = _shown(whom, line.start + right.start("whom")) if whom and code != "Q" else None
            return Value(code, 0.95, span, "signature"), on_behalf
    return None, None


def _shown(words: str, start: int) -> Value[str]:
    return Value(normal_case(words), 0.9, Span(start, start + len(words)), "signature")


def _rank(line: TextLine) -> Value[str] | None:
    rank = RANK.match(line.text)
    if rank is None or rank[0].endswith("."):
        return None
    words = rank[0].strip()
    return Value(words.capitalize(), 0.9, Span(line.start, line.start + len(words)), "signature")


def _name(written: str, start: int, rule: str) -> Value[str]:
    """The person's name without rank or degree."""
    position = 0
    while rank := RANK.match(written, position):
        position = rank.end()
    name = written[position:]
    shown = name.title() if name.isupper() else name
    return Value(shown, 0.9, Span(start + position, start + len(written)), rule)
