"""Ids of units: ASCII, stable, and telling by themselves which unit stands above which.

bca                      a central body of the table
bca-v05                  a bureau of the ministry
pv05                     an office of the provincial police, the province open
cat-ha-tinh              the police of a province (cat also for cities under the centre)
cat-ha-tinh-pv05         its office
cah-nghi-xuan-ha-tinh    a body of a place: start, name, province ("chua-ro" where that is unknown)
tinh-ha-tinh             a province as a place: above all its units
dia-ban-nghi-xuan-ha-tinh  a district or commune as a place: above its bodies, whatever its kind
nhom-ubnd, nhom-cax      a body in general: above that of every place, or of every place of a kind
cat-ha-tinh.doi-abc      a unit without an entry of its own, below another
truong-dai-hoc-abc       a unit without an entry, on its own
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kb.vietnamese.places import COMMUNE_KINDS, DISTRICT_KINDS, KINDS, districts_named, provinces
from kb.vietnamese.unit_table import Body, Entry, table

UNKNOWN = "chua-ro"  # in place of a province
LAST_DISTRICT_POLICE = date(2025, 2, 28)
LAST_DISTRICTS = date(2025, 6, 30)  # and of their committees, councils and party committees
_PROVINCE = "tinh-"
_LOCALITY = "dia-ban-"
_GROUP = "nhom-"
_OFFICE = re.compile(r"-(p[a-z]\d\d)$")
_POLICE = "cat"


@dataclass(frozen=True, slots=True)
class PlaceUnit:
    """The parts of the id of a body of a place. `province` is a slug or UNKNOWN."""

    body: Body
    kind: str  # of the place
    name: str  # slug; "" at the province level
    province: str
    office: Entry | None = None


def province_id(province: str) -> str:
    """The id of a province as a place."""
    return _PROVINCE + province


def place_unit_id(body: Body, kind: str, name: str, province: str | None) -> str:
    """The id of a body of a place; `name` is a slug, empty at the province level."""
    parts = (body.prefixes[kind], name, province or UNKNOWN)
    return "-".join(part for part in parts if part)


def office_id(office: Entry, province: str | None) -> str:
    """The id of a police office of a province; of the office in general where that is unknown."""
    return f"{_POLICE}-{province}-{office.id}" if province else office.id


def locality_id(name: str, province: str | None) -> str:
    """The id of a district or commune as a place; `name` and `province` are slugs."""
    return f"{_LOCALITY}{name}-{province or UNKNOWN}"


def group_id(body: Body, kind: str | None = None) -> str | None:
    """The id of a body in general, of every place or only of those of a kind; None where there is
    none: the police of a commune and of a province have no name in common in ids."""
    start = body.prefixes.get(kind) if kind else body.prefix
    return f"{_GROUP}{start}" if start else None


def filed_under(unit_id: str) -> tuple[str, ...]:
    """Every id a document of this unit is filed under in the index, the unit first: its `path`, its
    place, and the bodies in general that it is one of."""
    above = list(path(unit_id))
    parts = parse(unit_id.partition(".")[0])
    if parts is not None:
        if parts.name:
            above.append(locality_id(parts.name, parts.province))
        if parts.office is None:
            groups = (group_id(parts.body), group_id(parts.body, parts.kind))
            above += [group for group in groups if group is not None]
    return tuple(dict.fromkeys(above))


def is_known(unit_id: str) -> bool:
    """Do the tables know the unit, or its body and its kind of place?"""
    base = unit_id.partition(".")[0]
    return base in table().entries or bool(province_of_place(base)) or parse(base) is not None


def is_tabled(unit_id: str) -> bool:
    """Is it a body of the tables, or one of a province? A district's may have had another name."""
    parts = parse(unit_id)
    known = unit_id in table().entries or bool(province_of_place(unit_id))
    return known or (parts is not None and parts.kind == "tinh")


def is_listed(unit_id: str) -> bool:
    """Should lists of units show it? Localities and bodies in general are only looked for."""
    return not unit_id.startswith((_LOCALITY, _GROUP))


def label(unit_id: str, name: str | None = None) -> str:
    """The unit's full name in Vietnamese with its place, for every id this package makes.

    Units without an entry in the tables (communes, for one) come out without accents unless the
    caller has their own `name` as a document wrote it (Metadata.issuer).
    """
    base, _, below = unit_id.partition(".")
    if below:
        return name or sub_unit_label(_words(below).capitalize(), base)
    if entry := table().entries.get(base):
        return entry.label
    if place_of_province := province_of_place(base):
        full = provinces()[place_of_province].full_name
        return full[0].upper() + full[1:]
    if place := locality(base):
        return _locality_label(*place, name)
    if base.startswith(_GROUP) and (group := _group_label(base.removeprefix(_GROUP))):
        return group
    parts = parse(base)
    if parts is None:
        return name or _words(base).capitalize()
    province = provinces().get(parts.province)
    own = name or place_unit_name(parts)
    return f"{own}, {province.full_name}" if parts.name and province is not None else own


def sub_unit_label(name: str, parent: str) -> str:
    """A unit named together with the one above it: "Sở Nội vụ tỉnh Hà Tĩnh", "Đội 3, Công an ..."."""
    above = label(parent)
    if parent.startswith(_PROVINCE):
        return f"{name} {above[0].lower()}{above[1:]}"
    return f"{name}, {above}"


def place_unit_name(parts: PlaceUnit, name: str | None = None) -> str:
    """The own name of a body of a place, without the province it lies in: "Công an huyện Nghi Xuân".

    `name` is the place's name with accents, where the caller knows it.
    """
    province = provinces().get(parts.province)
    if parts.office is not None and province is not None:
        return f"{parts.office.name}, {parts.body.province_label(province)}"
    if parts.kind == "tinh":
        if province is None:
            return f"{parts.body.label('tinh', '').strip()} (chưa rõ tỉnh)"
        return parts.body.province_label(province)
    return parts.body.label(parts.kind, name or _place_name(parts))


def _place_name(parts: PlaceUnit) -> str:
    return _district_name(parts.name, parts.province) or _words(parts.name).title()


def _district_name(name: str, province: str) -> str | None:
    """The name with its accents where a district has, or had, it."""
    for district in districts_named(_words(name)):
        if province in (district.province, provinces()[district.province].successor, UNKNOWN):
            return district.name
    return None


def _locality_label(name: str, province: str, written: str | None) -> str:
    own = written or _district_name(name, province) or _words(name).title()
    return f"{own}, {provinces()[province].full_name}" if province != UNKNOWN else own


def _group_label(start: str) -> str | None:
    for body in table().bodies:
        if body.prefix == start:
            return body.labels["xa"].format(place="các cấp", name="các cấp")
    if start not in table().by_prefix:
        return None
    body, kind = table().by_prefix[start]
    return body.labels[kind].format(place=KINDS[kind], name="").strip()


def locality(unit_id: str) -> tuple[str, str] | None:
    """Name and province (slugs) of a district or commune as a place."""
    if not unit_id.startswith(_LOCALITY):
        return None
    rest = unit_id.removeprefix(_LOCALITY)
    province = _province_at_end(rest)
    name = rest.removesuffix(province).rstrip("-")
    return (name, province) if name and province else None


def province_of_place(unit_id: str) -> str | None:
    """The province (a slug) whose id as a place this is."""
    slug = unit_id.removeprefix(_PROVINCE)
    return slug if unit_id.startswith(_PROVINCE) and slug in provinces() else None


def group_body(unit_id: str) -> str | None:
    """The start of the ids of the body in general this id stands for: "ubnd" of nhom-ubnd."""
    return unit_id.removeprefix(_GROUP) if unit_id.startswith(_GROUP) else None


def is_police(parts: PlaceUnit) -> bool:
    """Is it the police of a place?"""
    return parts.body.prefixes.get("tinh") == _POLICE


def _province_at_end(slug: str) -> str:
    return max(
        (p for p in (*provinces(), UNKNOWN) if f"-{slug}".endswith(f"-{p}")), key=len, default=""
    )


def parse(unit_id: str) -> PlaceUnit | None:
    """The parts of an id that names a body of a place."""
    office = None
    if (match := _OFFICE.search(unit_id)) and unit_id.startswith(_POLICE):
        office = table().entries.get(match[1])
        unit_id = unit_id[: match.start()]
    prefix = max((p for p in table().by_prefix if unit_id.startswith(p + "-")), key=len, default=None)
    if prefix is None:
        return None
    body, kind = table().by_prefix[prefix]
    rest = unit_id[len(prefix) + 1 :]
    province = _province_at_end(rest)
    name = rest.removesuffix(province).rstrip("-")
    if not province or bool(name) != (kind in DISTRICT_KINDS | COMMUNE_KINDS):
        return None
    return PlaceUnit(body, kind, name, province, office)


def path(unit_id: str) -> tuple[str, ...]:
    """The unit and everything above it: its police headquarters, its province, its ministry.

    A police office also lies below the office of its kind in general ("pv05"), so that one filter
    finds all of them. A province's police do not lie below the ministry: that would make the
    ministry's filter match every document.
    """
    base, _, below = unit_id.partition(".")
    if below:
        return (unit_id, *path(base))
    if entry := table().entries.get(base):
        return (base, entry.parent) if entry.parent else (base,)
    parts = parse(base)
    if parts is None or parts.province == UNKNOWN:
        return (base,)
    above = [province_id(parts.province)]
    if headquarters := _headquarters(parts):
        above.insert(0, headquarters)
    if parts.office is not None:
        above.append(parts.office.id)
    return (base, *(unit for unit in above if unit != base))


def _headquarters(parts: PlaceUnit) -> str | None:
    """The same body at the province; the provincial police for its offices."""
    prefix = parts.body.prefixes.get("tinh")
    if prefix is None or not parts.body.reports_up or (parts.kind == "tinh" and parts.office is None):
        return None
    return f"{prefix}-{parts.province}"


def province_of(unit_id: str) -> str | None:
    """The slug of the province a unit belongs to."""
    base = unit_id.partition(".")[0]
    if place := province_of_place(base):
        return place
    if found := locality(base):
        return found[1] if found[1] != UNKNOWN else None
    parts = parse(base)
    return parts.province if parts is not None and parts.province != UNKNOWN else None


def _words(slug: str) -> str:
    return slug.replace("-", " ")
