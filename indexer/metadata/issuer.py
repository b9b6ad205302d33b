"""Who issued the document (cơ quan ban hành): the names in the head, resolved to a unit.

Nghị định 30/2020/NĐ-CP, Phụ lục I: the superior body stands above the issuing one. Names are split
over lines, and a body below another often leaves the place out ("UBND TỈNH HÀ TĨNH / BAN CHỈ ĐẠO
138"). Party papers bear the committee's head and are signed for the body that decides ("T/M BAN
BÍ THƯ").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from indexer.metadata.casing import normal_case
from indexer.metadata.head import Form
from indexer.metadata.issued import adoption
from indexer.metadata.lines import TextLine
from indexer.metadata.zones import Zones
from kb.model import Span, Value
from kb.vietnamese import places, units
from kb.vietnamese.abbreviations import write_out
from kb.vietnamese.normalise import fold, has_accents, match_form
from kb.vietnamese.symbols import Symbol
from kb.vietnamese.units import UnitMatch

# A line that begins so names a new body; any other line goes on with the name above it.
_BEGINNINGS = (
    "bộ|cục|tổng cục|chi cục|vụ|công an|ủy ban|ubnd|hội đồng|hđnd|ban|phòng|sở|văn phòng|viện"
    "|chính phủ|quốc hội|thủ tướng|chủ tịch|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|đảng bộ"
    "|chi bộ|đoàn|tỉnh đoàn|hội|liên đoàn|trường|học viện|trung tâm|đội|trạm|đồn|kiểm toán|tòa án"
    "|thanh tra|ngân hàng|tập đoàn|tổng công ty|công ty|bệnh viện|tiểu ban|đại học|bcđ|cat|cah|cax"
)
_BEGINS = re.compile(rf"(?:{_BEGINNINGS})\b")
_BEGINS_FOLDED = re.compile(rf"(?:{fold(_BEGINNINGS)})\b")
# ... unless the line before it cannot be a whole name.
_UNFINISHED = re.compile(r"(?:\b(?:và|về|của|phòng chống|xd)|,|-)$", re.I)
# The leadership of a committee decides in the committee's name.
_LEADERSHIP = re.compile(r"(?:BAN THƯỜNG VỤ|BAN CHẤP HÀNH|THƯỜNG TRỰC)$", re.I)
_JOINT = frozenset(("TTLT", "NQLT"))  # codes of what several bodies issue together
_TITLES = re.compile(
    r"^(?:CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|CỤC TRƯỞNG|TRƯỞNG)\s+(?=(?:ỦY BAN|UBND|BỘ|CÔNG AN|CỤC)\b)"
)
_PLACE = re.compile(rf"\b(?:{'|'.join(places.KINDS.values())}) .+$")
_DECIDING = frozenset(("bbt", "bct-tw", "tw"))  # bodies that sign under the Central Committee's head
_FOR = re.compile(r"(?:T/M|TM\.?)\s*")  # thay mặt: signed for a body that decides together


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuer as Metadata keeps it; `province` helps reading the rest."""

    name: Value[str] | None = None
    unit: Value[str] | None = None
    as_written: str | None = None
    province: str | None = None
    superior: Value[str] | None = None  # the body above it in the head


def read_issuer(
    zones: Zones,
    text: str,
    symbol: Symbol | None,
    issued: date | None,
    properties: dict[str, tuple[str, Span]],
) -> Issuer:
    """The issuer by the head, else by property table, symbol, or the sentence of a law's adoption."""
    province = _province_of_date_line(zones)
    bodies = _bodies(zones.head.issuers)
    if zones.head.form is Form.PARTY and (decided := _decided_by(zones, bodies, province, issued)):
        return decided
    if bodies and symbol is not None and symbol.kind_code in _JOINT:
        return _joint(bodies, issued)
    if bodies:
        return replace(_from_head(bodies, province, issued), superior=_superior(bodies, issued))
    if "issuer" in properties:
        written, span = properties["issuer"]
        match = units.resolve(written, province=province, on=issued) or units.named(written)
        return _issuer(match, match.name, 0.85, span, "property-table", written)
    if symbol is not None and symbol.issuer:
        found = units.by_code(symbol.issuer, province=province, on=issued)
        if found is not None:
            return _issuer(found, found.name, 0.7 if found.certain else 0.5, None, "symbol", None)
    if adopted := adoption(zones, text):
        for unit in units.find_all(text[adopted.start : adopted.end])[:1]:
            span = Span(adopted.start + unit.start, adopted.start + unit.end)
            return _issuer(unit, unit.name, 0.8, span, "adopted", text[span.start : span.end])
    return Issuer(province=province)


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of one body in the head."""

    text: str
    span: Span


def _bodies(lines: tuple[TextLine, ...]) -> list[_Name]:
    """The bodies named in the head, each from the lines it is printed on."""
    found: list[_Name] = []
    for line in lines:
        if found and (not _begins_name(line.text) or _UNFINISHED.search(found[-1].text)):
            text = f"{found[-1].text} {line.text}"
            found[-1] = _Name(text, Span(found[-1].span.start, line.end))
        else:
            found.append(_Name(line.text, Span(line.start, line.end)))
    return found


def _begins_name(text: str) -> bool:
    if has_accents(text):
        return _BEGINS.match(match_form(text)) is not None
    return _BEGINS_FOLDED.match(fold(text)) is not None


def _from_head(bodies: list[_Name], province: str | None, on: date | None) -> Issuer:
    own = bodies[-1]
    above = units.resolve(bodies[-2].text, province=province, on=on) if len(bodies) > 1 else None
    if above is not None:  # a ministry's office in Hà Nội is none of the city's
        province = above.province or (province if not above.id.startswith("bca") else None)
    written = _TITLES.sub("", own.text)
    match = _resolved(written, above, province, on)
    if match is None:
        name = _with_place(_in_words(written), above)
        match = units.named(name, parent=above.id if above else None)
        return _issuer(match, match.name, 0.6, own.span, "head-unknown-unit", own.text)
    before = written[: match.start].strip(" ,-–")
    if before and _LEADERSHIP.search(before):
        name = f"{normal_case(before)} {match.name}"
        return _issuer(match, name, 0.85, own.span, "head", own.text)
    if before:  # "ĐỘI XDPT CÔNG AN HUYỆN NGHI XUÂN"
        below = units.named(_in_words(before), parent=match.id)
        return _issuer(below, below.name, 0.75, own.span, "head-sub-unit", own.text)
    sure = match.certain or (above is not None and above.certain)
    name = _own_name(match, written, above)
    return _issuer(match, name, 0.95 if sure else 0.75, own.span, "head", own.text)


def _superior(bodies: list[_Name], on: date | None) -> Value[str] | None:
    """The body that stands above the issuer in the head."""
    if len(bodies) < 2:
        return None
    above = bodies[-2]
    match = units.resolve(above.text, on=on)
    name = match.name if match is not None else normal_case(above.text)
    return Value(name, 0.9 if match else 0.7, above.span, "head")


def _joint(bodies: list[_Name], on: date | None) -> Issuer:
    """Several bodies that issue together (thông tư liên tịch): all names, the first one's unit."""
    written = " - ".join(body.text for body in bodies)
    span = Span(bodies[0].span.start, bodies[-1].span.end)
    found = units.find_all(written, on=on)
    if not found:
        match = units.named(_in_words(written))
        return _issuer(match, match.name, 0.5, span, "head-joint", written)
    name = " - ".join(dict.fromkeys(match.name for match in found))
    return _issuer(found[0], name, 0.85, span, "head-joint", written)


def _in_words(capitals: str) -> str:
    """A name in normal case with its abbreviations written out."""
    return write_out(normal_case(capitals))


def _resolved(
    written: str, above: UnitMatch | None, province: str | None, on: date | None
) -> UnitMatch | None:
    """The unit of a name, with the place of the body above where it names none itself."""
    found = units.find_all(written, province=province, on=on)
    if found:
        return max(found, key=lambda match: len(units.path(match.id)))
    place = _place_name(above)
    if place is None:
        return None
    match = units.resolve(f"{written} {place}", province=province, on=on)
    return match if match is not None and match.start == 0 else None


def _own_name(match: UnitMatch, written: str, above: UnitMatch | None) -> str:
    """The unit's name; a steering board keeps the long name it bears in the head."""
    if not match.id.startswith("bcd138") or "138" in written:
        return match.name
    return _with_place(_in_words(written), above)


def _with_place(name: str, above: UnitMatch | None) -> str:
    """A board or department of a place, named with it: "Ban Chỉ đạo 799 thành phố Hải Phòng"."""
    place = _place_name(above)
    if place is None or fold(place) in fold(name):
        return name
    return f"{name} {place}"


def _place_name(above: UnitMatch | None) -> str | None:
    """The place of the body above with its kind: "huyện Bình Sơn"."""
    match = _PLACE.search(above.name) if above is not None else None
    return match[0] if match else None


def _decided_by(
    zones: Zones, bodies: list[_Name], province: str | None, on: date | None
) -> Issuer | None:
    """The body a party paper is signed for, where the signature names one that the head does not."""
    head = bodies[-1].text if bodies else ""
    committee = units.resolve(head, province=province, on=on) if head else None
    for line in zones.tail.authority:
        match = _FOR.match(line.text)
        if match is None:
            continue
        written = line.text[match.end() :]
        span = Span(line.start + match.end(), line.end)
        central = units.resolve(written, on=on)
        if central is not None and central.id in _DECIDING:
            return _issuer(central, central.name, 0.9, span, "signed-for", head or written)
        if committee is not None and _LEADERSHIP.search(written) and not _LEADERSHIP.search(head):
            is_province = committee.id.startswith("tu-")
            name = f"{normal_case(written)} {committee.name}" if is_province else committee.name
            return _issuer(committee, name, 0.85, span, "signed-for", head)
        return None
    return None


def _province_of_date_line(zones: Zones) -> str | None:
    """The province where the document was dated: the place itself, or the one its name is unique to."""
    place = re.search(r"([^,\d]+),\s*ngày", zones.head.date.text) if zones.head.date else None
    if place is None:
        return None
    name = places.key(re.sub(r"^(?:TP|Tp|TX|Thành phố|Thị xã)\b\.?\s*", "", place[1].strip()))
    province = places.province_names().get(name)
    if province is not None:
        return province
    possible = {district.province for district in places.districts_named(name)}
    return possible.pop() if len(possible) == 1 else None


def _issuer(
    match: UnitMatch, name: str, confidence: float, span: Span | None, rule: str, written: str | None
) -> Issuer:
    return Issuer(
        Value(name, confidence, span, rule),
        Value(match.id, confidence, span, rule),
        written,
        match.province,
    )
