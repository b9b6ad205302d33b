"""Units that issue documents: resolved from names as written, with labels and superiors.

Ids are described in kb.vietnamese.unit_ids. What the text does not say stays open: "Công an tỉnh"
alone is "cat-chua-ro", a district name that occurs in several provinces keeps its candidates.
Texts are NFC; offsets count characters of the text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from kb.model import Span
from kb.vietnamese import unit_ids
from kb.vietnamese.normalise import fold, nfc
from kb.vietnamese.places import key, province_names, provinces, slug
from kb.vietnamese.unit_ids import (
    UNKNOWN,
    PlaceUnit,
    filed_under,
    is_listed,
    label,
    path,
    province_of,
)
from kb.vietnamese.unit_lineage import scope, successor
from kb.vietnamese.unit_reading import Named, Reader
from kb.vietnamese.unit_table import Entry, table
from kb.vietnamese.unit_typed import KnownUnits, TypedPlace, TypedReader

__all__ = [
    "UnitMatch", "by_code", "filed_under", "find_all", "find_provinces", "find_typed", "is_listed",
    "label", "named", "path", "province_of", "resolve", "scope", "successor",
]  # fmt: skip

_NEW_CODES = date(2018, 8, 6)  # Nghị định 01/2018/NĐ-CP: the bureaus got today's codes


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit named in a text.

    id          see kb.vietnamese.unit_ids
    name        its own full name: "Công an huyện Nghi Xuân"; accents as written where no table has it
    start, end  where it is named
    province    slug of its province; None for central bodies and where it is open
    certain     False where the province or the place is open or was only supplied by the caller
    candidates  the provinces in question where a district name occurs in several
    """

    id: str
    name: str
    start: int
    end: int
    province: str | None = None
    certain: bool = True
    candidates: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name with the province it lies in: "Công an huyện Nghi Xuân, tỉnh Hà Tĩnh"."""
        return label(self.id, self.name)


def resolve(text: str, *, province: str | None = None, on: date | None = None) -> UnitMatch | None:
    """The unit a name means, the most specific one where it names several; None where none is known.

    `province` (a slug) fills in what the text leaves open, `on` is the day of the document:
    "Cục XDPT" is V28 before 06/8/2018. A province alone is its place: "Hà Tĩnh" -> "tinh-ha-tinh".
    """
    text = nfc(text)
    found = find_all(text, province=province, on=on)
    if found:
        return max(found, key=lambda match: (len(path(match.id)), -match.start))
    return _place(text)


def find_all(text: str, *, province: str | None = None, on: date | None = None) -> list[UnitMatch]:
    """Every unit named in an NFC text, in order. `province` and `on` as for `resolve`.

    An office beside the police it belongs to is one match: "PV05, Công an tỉnh Hà Tĩnh".
    """
    matches = (_match(named, province, on) for named in Reader(text, province, on).read())
    return list(_joined(matches, text))


def find_typed(
    text: str, known: KnownUnits = lambda starts: {}
) -> tuple[list[UnitMatch], list[TypedPlace]]:
    """The units a query names, and what it names without saying the unit: places, bodies in general.

    Both in order, not overlapping. `known` tells which communes exist, see kb.vietnamese.unit_typed.
    """
    reader = TypedReader(text, known)
    matches = list(_joined((_match(named, None, None) for named in reader.read()), text))
    taken = [Span(match.start, match.end) for match in matches]
    taken += [place.span for place in reader.general]
    return matches, [*reader.general, *reader.read_alone(taken)]


def by_code(code: str, *, province: str | None = None, on: date | None = None) -> UnitMatch | None:
    """The issuer a symbol names: "BCA", "PV05", "QH15", "CAT" (with its province).

    None for UBND, HĐND, BCĐ: the code does not tell their level.
    """
    bare = re.sub(r"(?<=QH)\d+$", "", code)
    if entry := table().by_code.get(bare):
        return _entry_match(entry, 0, len(code), province, on)
    for body in table().bodies:
        kind = body.codes.get(code)
        if kind == "tinh" or (kind == "thanh-pho" and province and provinces()[province].city):
            parts = PlaceUnit(body, "tinh", "", province or UNKNOWN)
            return _match(Named(parts, 0, len(code), certain=False), province, on)
    return None


def find_provinces(text: str, *, on: date | None = None) -> list[tuple[str, Span]]:
    """Provinces an NFC text names as places ("tỉnh Hà Tĩnh", "huyện Nghi Xuân"): slug and where.

    A district counts for its province where only one has a district of that name.
    """
    places = Reader(text, on=on).read_places()
    return [(province, Span(start, end)) for province, start, end in places]


_PROVINCE_AT_END = re.compile(r"\b(?:tinh|thanh pho|tp\.?)\s+([\w\s.-]+)$")


def named(name: str, *, parent: str | None = None) -> UnitMatch:
    """A unit that no table has, from its name as it should be shown; below `parent` if that is known.

    A province at the end of the name becomes the parent: "Sở Nội vụ tỉnh Hà Tĩnh". Departments of a
    province (sở) belong to the province, whether or not the committee is named above them.
    """
    own = name
    if place := _PROVINCE_AT_END.search(fold(name)):
        province = province_names().get(key(place[1]))
        if province is not None:
            parent, own = unit_ids.province_id(province), name[: place.start()].strip(" ,-")
    if parent and parent.startswith("ubnd-tinh-") and (province := province_of(parent)):
        parent = unit_ids.province_id(province)
    if parent is None:
        return UnitMatch(slug(own), own, 0, len(name), None, certain=False)
    shown = unit_ids.sub_unit_label(own, parent)
    return UnitMatch(f"{parent}.{slug(own)}", shown, 0, len(name), province_of(parent))


def _match(name: Named, province: str | None, on: date | None) -> UnitMatch:
    if isinstance(name.unit, Entry):
        return _entry_match(name.unit, name.start, name.end, province, on)
    parts = name.unit
    return UnitMatch(
        unit_ids.place_unit_id(parts.body, parts.kind, parts.name, parts.province),
        unit_ids.place_unit_name(parts, name.name),
        name.start,
        name.end,
        None if parts.province == UNKNOWN else parts.province,
        name.certain,
        name.candidates,
    )


def _entry_match(
    entry: Entry, start: int, end: int, province: str | None, on: date | None
) -> UnitMatch:
    if on is not None and on < _NEW_CODES and not entry.former:
        entry = next((e for e in table().entries.values() if e.successor == entry.id), entry)
    if not entry.office:
        return UnitMatch(entry.id, entry.name, start, end)
    unit_id = unit_ids.office_id(entry, province)
    return UnitMatch(unit_id, label(unit_id), start, end, province, certain=False)


# ---------------------------------------------------------------- names side by side

_OF = re.compile(r"[\s,()–-]*(?:(?:thuộc|của)\s+)?", re.I)


def _joined(matches: Iterable[UnitMatch], text: str) -> Iterator[UnitMatch]:
    """Neighbours of which one belongs to the other become one match, the lower one."""
    waiting: UnitMatch | None = None
    for match in matches:
        if waiting is not None:
            together = (
                _together(waiting, match) if _OF.fullmatch(text, waiting.end, match.start) else None
            )
            if together is not None:
                waiting = replace(together, start=waiting.start, end=match.end)
                continue
            yield waiting
        waiting = match
    if waiting is not None:
        yield waiting


def _together(first: UnitMatch, second: UnitMatch) -> UnitMatch | None:
    for office, police in ((first, second), (second, first)):
        entry = table().entries.get(office.id)
        if entry is not None and entry.office and police.province and police.id.startswith("cat-"):
            unit_id = unit_ids.office_id(entry, police.province)
            return replace(police, id=unit_id, name=label(unit_id))
        if police.id in path(office.id):
            return replace(office, certain=office.certain or police.certain)
    return None


def _place(text: str) -> UnitMatch | None:
    """A province named without any body, and nothing else."""
    name = re.sub(r"^(?:tinh|thanh pho|tp)\b\.?\s*", "", fold(text).strip())
    province = province_names().get(key(name))
    if province is None:
        return None
    unit_id = unit_ids.province_id(province)
    return UnitMatch(unit_id, label(unit_id), 0, len(text), province)
