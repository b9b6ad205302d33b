"""Units through time: one unit under its several names and codes, what it was made of, what it became.

Facts: `successor` and `until` in data/provinces.json, the former codes and `taken_over` in
data/units.toml. A unit that was only renamed (V28, now V05) is the same unit under either name. One
that was merged into another (Bình Dương into Thành phố Hồ Chí Minh) is found when the other
is asked for; the other way round only on request, it would flood the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from kb.vietnamese import unit_ids
from kb.vietnamese.places import (
    COMMUNE_KINDS,
    DISTRICT_KINDS,
    Province,
    districts_named,
    provinces,
)
from kb.vietnamese.unit_ids import UNKNOWN, PlaceUnit
from kb.vietnamese.unit_table import Entry, table


@dataclass(frozen=True, slots=True)
class TakeOver:
    """A unit that does another's work since a day, for one topic; it has a life of its own."""

    unit: str
    since: date
    topic: str


@lru_cache(maxsize=4096)
def scope(unit_id: str) -> tuple[str, ...]:
    """The ids that stand for a unit in a search, itself first: its other names and codes, and what
    was merged into it. What lies below any of them is filed under it anyway (`filed_under`)."""
    if "." in unit_id:
        return (unit_id,)
    if unit_id in table().entries:
        return tuple(dict.fromkeys((unit_id, *_same_entries(unit_id))))
    found: Iterable[str] = ()
    if province := unit_ids.province_of_place(unit_id):
        found = map(unit_ids.province_id, _land(province))
    elif locality := unit_ids.locality(unit_id):
        found = _localities(*locality)
    elif body := unit_ids.group_body(unit_id):
        found = (entry for entry in table().entries if entry.startswith(f"{body}-"))
    elif parts := unit_ids.parse(unit_id):
        found = _bodies(parts)
    return tuple(dict.fromkeys((unit_id, *found)))


def successor(unit_id: str) -> str | None:
    """What took over a unit that ended: bca-v28 -> bca-v05, cat-binh-duong -> cat-ho-chi-minh."""
    entry = table().entries.get(unit_id)
    if entry is not None:
        return entry.successor
    if province := unit_ids.province_of_place(unit_id):
        heir = provinces()[province].successor
        return unit_ids.province_id(heir) if heir else None
    parts = unit_ids.parse(unit_id)
    if parts is None or parts.kind != "tinh":
        return None
    if parts.office is not None and parts.office.successor is not None:
        return unit_ids.office_id(table().entries[parts.office.successor], parts.province)
    heir = provinces()[parts.province].successor if parts.province != UNKNOWN else None
    return _at_province(parts, heir, parts.office) if heir else None


def heirs(unit_id: str) -> tuple[str, ...]:
    """A unit and whatever took over from it, one after the other: bca-x17, bca-v28, bca-v05."""
    found = [unit_id]
    while (heir := successor(found[-1])) is not None and heir not in found:
        found.append(heir)
    return tuple(found)


def take_over(unit_id: str) -> TakeOver | None:
    """Who does the work of this unit, or of the one it became, without being its successor."""
    parts = unit_ids.parse(unit_id)
    entry = parts.office if parts else table().entries.get(unit_id)
    while entry is not None and entry.successor is not None:
        entry = table().entries[entry.successor]
    if entry is None or entry.taken_over is None:
        return None
    office, since, topic = entry.taken_over
    province = None if parts is None or parts.province == UNKNOWN else parts.province
    return TakeOver(unit_ids.office_id(table().by_code[office], province), since, topic)


def ended(unit_id: str) -> date | None:
    """The last day of a unit that no longer exists, where our tables know it."""
    if province := unit_ids.province_of_place(unit_id):
        return provinces()[province].until
    parts = unit_ids.parse(unit_id)
    if parts is None:
        return None
    if parts.kind == "tinh" and parts.province != UNKNOWN:
        return provinces()[parts.province].until
    if parts.kind in DISTRICT_KINDS:
        police = unit_ids.is_police(parts)
        return unit_ids.LAST_DISTRICT_POLICE if police else unit_ids.LAST_DISTRICTS
    return None


# ---------------------------------------------------------------- provinces


def _land(province: str) -> tuple[str, ...]:
    """The province, what it was called before or is called now, and what was merged into it."""
    if province == UNKNOWN:
        return (UNKNOWN,)
    own, heir = provinces()[province], provinces()[province].successor
    names = [province]
    if heir is not None and _renamed(own, provinces()[heir]):
        names.append(heir)
    for former in provinces().values():
        if former.successor == province:
            names += _before(former.slug)
    return tuple(dict.fromkeys(names))


def _before(province: str) -> list[str]:
    merged = [former.slug for former in provinces().values() if former.successor == province]
    return [province, *(name for former in merged for name in _before(former))]


def _renamed(former: Province, heir: Province) -> bool:
    """Did the heir begin the day after, on the same land? Thừa Thiên Huế, now Huế."""
    return former.until is not None and heir.since == former.until + timedelta(days=1)


def _at_province(parts: PlaceUnit, province: str, office: Entry | None) -> str:
    if office is not None:
        return unit_ids.office_id(office, province)
    return unit_ids.place_unit_id(parts.body, "tinh", "", province)


# ---------------------------------------------------------------- bodies of places


def _bodies(parts: PlaceUnit) -> list[str]:
    if parts.kind == "tinh":
        offices: list[Entry | None] = [parts.office]
        if parts.office is not None:
            offices = [table().entries[same] for same in _same_entries(parts.office.id)]
        return [
            _at_province(parts, province, office)
            for province in _land(parts.province)
            for office in offices
        ]
    kinds: Iterable[str] = (parts.kind,)
    if parts.kind in DISTRICT_KINDS and not _twins(parts):
        kinds = sorted(DISTRICT_KINDS & parts.body.prefixes.keys())
    return [
        unit_ids.place_unit_id(parts.body, kind, parts.name, province)
        for province in _provinces_of(parts.name, parts.kind, parts.province)
        for kind in kinds
    ]


def _twins(parts: PlaceUnit) -> bool:
    """Are a huyện and a thị xã of this name neighbours, so that the kind tells them apart?"""
    kinds = {each.kind for each in districts_named(parts.name) if each.province == parts.province}
    return len(kinds) > 1


def _provinces_of(name: str, kind: str, province: str) -> tuple[str, ...]:
    """The provinces a place lay or lies in; all that have a district of the name where it is open."""
    if province == UNKNOWN:
        known = [each.province for each in districts_named(name)] if kind in DISTRICT_KINDS else []
        return tuple(dict.fromkeys((UNKNOWN, *known)))
    if kind not in COMMUNE_KINDS:
        return (province,)  # the districts ended with the provinces
    heir = provinces()[province].successor
    return (province, heir) if heir else _land(province)


def _localities(name: str, province: str) -> list[str]:
    own = _provinces_of(name, "huyen" if province == UNKNOWN else "xa", province)
    return [unit_ids.locality_id(name, each) for each in own]


# ---------------------------------------------------------------- codes


def _same_entries(unit_id: str) -> tuple[str, ...]:
    """The entries that are one unit under successive codes: X17, V28 and V05."""
    return _renamings().get(unit_id, (unit_id,))


@lru_cache(maxsize=1)
def _renamings() -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for entry in table().entries.values():
        last = entry
        while last.successor is not None and last.successor in table().entries:
            last = table().entries[last.successor]
        if last is not entry:
            groups.setdefault(last.id, [last.id]).append(entry.id)
    return {unit: tuple(group) for group in groups.values() for unit in group}
