"""Units and places among the plain words, with what else a name may mean and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from kb.i18n import _
from kb.model import Span
from kb.query.understanding import clauses
from kb.query.understanding.recognised import Recognised
from kb.query.understanding.runs import Run
from kb.results import Understood
from kb.vietnamese import units
from kb.vietnamese.normalise import match_form
from kb.vietnamese.places import COMMUNE_KINDS, DISTRICT_KINDS, districts_named, provinces
from kb.vietnamese.unit_ids import (
    UNKNOWN,
    PlaceUnit,
    is_police,
    locality,
    office_id,
    parse,
    place_unit_id,
    province_of_place,
)
from kb.vietnamese.unit_lineage import ended
from kb.vietnamese.unit_table import table
from kb.vietnamese.unit_typed import MAX_ALTERNATIVES, KnownUnits, TypedPlace

MOST = 4  # units shown for one name


def units_named(
    run: Run, taken: Sequence[Span], known: KnownUnits, today: date
) -> Iterator[Recognised]:
    """The units and places of a run outside of `taken` (spans of the query), in order.

    A name with several meanings gives one of each, with the same span.
    """
    text = run.without(taken, "0")  # a word of its own, so that no name goes on across it
    matches, places = units.find_typed(text, known)
    found = list(places)
    for match in matches:
        if _as_written(text[match.start : match.end], match.id):
            span = Span(match.start, match.end)
            found.append(TypedPlace(_meanings(match, known), span, match.name))
    for place in _with_place(sorted(found, key=lambda each: each.span.start), text):
        span = run.span(place.span.start, place.span.end)
        written = text[place.span.start : place.span.end]
        for unit_id in place.ids[:MOST]:
            yield _recognised(unit_id, written, span, _name(unit_id, place, known), today)


# ---------------------------------------------------------------- what a name may mean


def _meanings(match: units.UnitMatch, known: KnownUnits) -> tuple[str, ...]:
    """The unit; of a district in several provinces each; a commune and the former district that
    bears its name."""
    parts = parse(match.id)
    if parts is None or not parts.name or parts.office is not None:
        return (match.id,)
    inside = match.candidates if 0 < len(match.candidates) <= MAX_ALTERNATIVES else ()
    if inside:
        return tuple(place_unit_id(parts.body, parts.kind, parts.name, each) for each in inside)
    if parts.province == UNKNOWN:
        return (match.id,)
    others: list[str] = []
    if parts.kind in COMMUNE_KINDS:
        others = [
            place_unit_id(parts.body, district.kind, parts.name, district.province)
            for district in districts_named(parts.name.replace("-", " "))
            if parts.province in (district.province, provinces()[district.province].successor)
            and district.kind in parts.body.prefixes
        ]
    elif parts.kind in DISTRICT_KINDS and not match.certain:  # "Công an Quế Võ": of which level?
        named = _communes(parts)
        exist = known(named)
        others = [unit_id for unit_id in named if unit_id in exist]
    return (match.id, *others)


def _communes(parts: PlaceUnit) -> tuple[str, ...]:
    heir = provinces()[parts.province].successor or parts.province
    return tuple(
        place_unit_id(parts.body, kind, parts.name, heir)
        for kind in sorted(COMMUNE_KINDS & parts.body.prefixes.keys())
    )


def _with_place(found: Sequence[TypedPlace], text: str) -> list[TypedPlace]:
    """An office beside a province is the office there: "PV05 Hà Tĩnh"."""
    joined: list[TypedPlace] = []
    for place in found:
        if joined and not text[joined[-1].span.end : place.span.start].strip():
            before, office = joined[-1], table().entries.get(joined[-1].ids[0])
            province = province_of_place(place.ids[0])
            if len(before.ids) == 1 and office is not None and office.office and province:
                whole = Span(before.span.start, place.span.end)
                joined[-1] = TypedPlace((office_id(office, province),), whole)
                continue
        joined.append(place)
    return joined


def _name(unit_id: str, place: TypedPlace, known: KnownUnits) -> str | None:
    """How a unit is called that no table has: as its documents say, else as it was typed."""
    parts = parse(unit_id)
    if parts is not None and parts.kind in COMMUNE_KINDS:
        return known((unit_id,)).get(unit_id) or (place.name if unit_id == place.ids[0] else None)
    return place.name if locality(unit_id) else None


def _as_written(written: str, unit_id: str) -> bool:
    """False where it was typed with other accents than the unit's: "công án", "phong trao" is fine."""
    parts = parse(unit_id)
    bodies = [parts.body] if parts else []
    entry = table().entries.get(unit_id) or (parts.office if parts else None)
    if any(body.begins for body in bodies):
        return True  # its name goes on with any words
    names = [units.label(unit_id), "tỉnh thành phố huyện quận thị xã phường trấn đặc khu của thuộc"]
    names += entry.names if entry else ()
    for body in bodies:
        names += [*body.written, *body.written_kind, *body.codes]
    if (slug := units.province_of(unit_id)) and (province := provinces().get(slug)):
        names += [province.name, *province.aliases]
    allowed = {match_form(word) for name in names for word in name.replace(",", " ").split()}
    form = match_form(written)
    if parts is not None and parts.kind in COMMUNE_KINDS:
        return True  # no table has their names
    return all(word.isascii() or word in allowed for word in form.replace(",", " ").split())


# ---------------------------------------------------------------- what is told


def _recognised(unit_id: str, written: str, span: Span, name: str | None, today: date) -> Recognised:
    is_place = locality(unit_id) or province_of_place(unit_id)
    ranks, stands_for = clauses.place(unit_id, written) if is_place else clauses.unit(unit_id)
    names = _written(unit_id, name)
    whole = partial(clauses.unit_only, unit_id, (*names, written), today) if names else None
    successor = _living(unit_id)
    told = Understood(
        "unit",
        written,
        unit_id,
        label=units.label(unit_id, name),
        span=span,
        filters=(("unit", unit_id),),
        note=_note(unit_id),
        successor=successor,
        soft=True,
    )
    has = clauses.of_place(unit_id, written) if is_place else None
    return Recognised(told, ranks, stands_for, has, whole=whole)


def _written(unit_id: str, name: str | None) -> list[str]:
    """How texts call a unit of our tables; nothing for a mere place or a body in general."""
    entry, parts = table().entries.get(unit_id), parse(unit_id)
    if entry is not None:
        return [*entry.names, *entry.codes]
    if parts is None or parts.office is not None:
        return []
    label = units.label(unit_id, name).partition(",")[0]  # "Công an huyện Nghi Xuân, tỉnh Hà Tĩnh"
    if parts.name or parts.province == UNKNOWN:
        return [label]
    province = provinces()[parts.province]
    return [
        label,
        *(
            f"{body} {name}"
            for body in parts.body.written[:1]
            for name in (province.name, *province.aliases)
        ),
    ]


def _living(unit_id: str) -> str | None:
    """What the unit became in the end; None where it lives on or is searched for under all names."""
    heir, last = units.successor(unit_id), None
    while heir is not None:
        heir, last = units.successor(heir), heir
    return None if last is None or last in units.scope(unit_id) else last


def _note(unit_id: str) -> str:
    """What else is searched for with the unit, and when it ended."""
    parts = parse(unit_id)
    others = [each for each in units.scope(unit_id)[1:] if UNKNOWN not in each]
    notes = []
    if others and (parts is None or parts.kind == "tinh"):
        labels = ", ".join(dict.fromkeys(units.label(each) for each in others[:3]))
        more = "…" if len(others) > 3 else ""
        notes.append(_("gồm cả {units}").format(units=labels + more))
    if last := ended(unit_id):
        day = last.strftime("%d/%m/%Y")
        notes.append(_("đến hết ngày {day}").format(day=day))
        if parts is not None and parts.kind in DISTRICT_KINDS and is_police(parts):
            notes.append(_("nhiệm vụ chuyển về Công an cấp tỉnh và cấp xã"))
    return "; ".join(notes)
