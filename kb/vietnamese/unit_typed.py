"""Units and places in a query: as in a text, but in small letters and without the forms of office.

A province or district may stand alone ("kế hoạch Hà Tĩnh"); a body may be named without any place
("UBND", "CAX"). Names of communes are in no table: in capitals they are taken as written, in small
letters only where the caller knows a unit of that name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.model import Span
from kb.vietnamese import unit_ids
from kb.vietnamese.places import (
    COMMUNE_KINDS,
    DISTRICT_KINDS,
    district_names,
    districts_named,
    like_words,
    longest_name,
    province_names,
    provinces,
    slug,
    spellings,
)
from kb.vietnamese.unit_ids import UNKNOWN
from kb.vietnamese.unit_reading import Named, Reader
from kb.vietnamese.unit_table import Body, BodyName, table

# Given starts of unit ids ("cax-cuong-gian-"), the units known to exist whose id starts so: id -> name.
KnownUnits = Callable[[Sequence[str]], Mapping[str, str]]

MAX_ALTERNATIVES = 3  # districts of one name told apart; more stay one open place
_MAX_NAME_WORDS = 4  # of a commune


@dataclass(frozen=True, slots=True)
class TypedPlace:
    """Something named without saying its unit: ids that it may mean (kb.vietnamese.unit_ids)."""

    ids: tuple[str, ...]
    span: Span
    name: str | None = None  # of a commune, which no table has


class TypedReader(Reader):
    """Reads the units in one NFC query. After `read`, `general` holds the bodies named without a
    place."""

    def __init__(self, text: str, known: KnownUnits) -> None:
        super().__init__(text)
        self.loose = True
        self.known = known
        self.general: list[TypedPlace] = []
        self._shouted = text.isupper()
        self._called: str | None = None  # the commune read last

    # ------------------------------------------------------------ units

    def _as_printed(self, start: int, end: int) -> bool:
        word = self.words[start]
        written = self.text[word.start : word.end]
        return super()._as_printed(start, end) or any(c.isdigit() for c in written)

    def _at_place(self, name: BodyName, start: int, end: int) -> tuple[Named | None, int]:
        named, after = super()._at_place(name, start, end)
        if named is not None and not self._open(named):
            return named, after
        kind, behind = name.kind, end
        again, position = self._kind_at(end)
        if again is not None and kind in (None, again):
            kind, behind = again, position
        code = self.text[self.words[start].start : self.words[end - 1].end]
        if name.body.anywhere or (code in name.body.codes and not self._shouted):
            group = unit_ids.group_id(name.body, kind)
            if group is not None:
                span = Span(self.words[start].start, self.words[behind - 1].end)
                self.general.append(TypedPlace((group,), span))
        return None, end

    def _open(self, named: Named) -> bool:
        """Is it only "the police of the province", of whichever?"""
        unit = named.unit
        return isinstance(unit, unit_ids.PlaceUnit) and unit.kind == "tinh" and unit.province == UNKNOWN

    def _of_commune(self, body: Body, kind: str, start: int, index: int) -> tuple[Named | None, int]:
        if kind not in body.prefixes:
            return None, index
        prefix = body.prefixes[kind]
        name, end, found = self._commune(index, (prefix,))
        if name is None:
            return None, index
        province, after = self._province_after(end)
        possible = tuple(found) or self._once_districts(name)
        if province is None and len(possible) == 1:
            province = possible[0]
        candidates = () if province else possible
        return self._named(body, kind, name, province, start, after, candidates=candidates), after

    def _commune(self, index: int, prefixes: Sequence[str]) -> tuple[str | None, int, list[str]]:
        """The commune named from word `index` on: its name, where it ends, and the provinces in which
        the caller knows a unit of it."""
        if hit := self._district_at(index):
            return districts_named(hit[0])[0].name, hit[1], []
        last = index
        while last < min(index + _MAX_NAME_WORDS, len(self.words)):
            if last > index and self._kind_at(last)[0] is not None:
                break
            last += 1
        names = {end: self._slug(index, end) for end in range(last, index, -1)}
        starts = {f"{prefix}-{name}-": end for end, name in names.items() for prefix in prefixes}
        known = self.known(tuple(starts)) if starts else {}
        for end, name in names.items():
            found = [
                unit.removeprefix(f"{prefix}-{name}-")
                for prefix in prefixes
                for unit in known
                if unit.startswith(f"{prefix}-{name}-")
            ]
            here = [
                province for province in dict.fromkeys(found) if province in (*provinces(), UNKNOWN)
            ]
            if here:
                return self._written(index, end), end, [each for each in here if each != UNKNOWN]
        end = index
        while end < last and self._initial(end) and not self._shouted:
            end += 1
        return (self._written(index, end), end, []) if end > index else (None, index, [])

    def _once_districts(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.province for each in districts_named(name)))

    # ------------------------------------------------------------ places alone

    def read_alone(self, taken: Sequence[Span]) -> Iterator[TypedPlace]:
        """Places outside of `taken`, in order: provinces, districts, and communes called so."""
        index = 0
        while index < len(self.words):
            word = self.words[index]
            if any(span.start < word.end and word.start < span.end for span in taken):
                index += 1
                continue
            ids, end = self._alone(index)
            if ids:
                span = Span(word.start, self.words[end - 1].end)
                yield TypedPlace(ids, span, self._called)
            index = max(end, index + 1)

    def _alone(self, index: int) -> tuple[tuple[str, ...], int]:
        self._called = None
        kind, position = self._kind_at(index)
        if kind is None:
            return self._bare(index)
        if kind in ("tinh", "thanh-pho") and (hit := self._province_at(position)):
            province = provinces()[province_names()[hit[0]]]
            if kind == "tinh" or province.is_city(None):
                return (unit_ids.province_id(province.slug),), hit[1]
        if kind in DISTRICT_KINDS and (hit := self._district_at(position)):
            return self._localities(hit[0], kind, hit[1])
        if kind in COMMUNE_KINDS:
            prefixes = [body.prefixes[kind] for body in table().bodies if kind in body.prefixes]
            name, end, found = self._commune(position, prefixes)
            if name is not None:
                here, after = self._province_after(end)
                inside = (here,) if here else tuple(found) or self._once_districts(name)
                self._called = name
                return _locality_ids(name, inside), after
        return (), index + 1

    def _bare(self, index: int) -> tuple[tuple[str, ...], int]:
        if self.forms[index] not in _first_words():
            return (), index + 1
        hit = self._province_at(index)
        if hit is not None:
            if self._is_word(hit[0], index, hit[1]):
                return (), hit[1]
            return (unit_ids.province_id(province_names()[hit[0]]),), hit[1]
        hit = self._district_at(index)
        if hit is None or hit[0].isdecimal() or self._is_word(hit[0], index, hit[1]):
            return (), index + 1
        return self._localities(hit[0], None, hit[1])

    def _localities(self, name: str, kind: str | None, end: int) -> tuple[tuple[str, ...], int]:
        province, after = self._province_after(end)
        if province is not None:
            return _locality_ids(name, (province,)), after
        districts = districts_named(name, kind)
        return _locality_ids(name, tuple(dict.fromkeys(each.province for each in districts))), end

    def _is_word(self, name: str, start: int, end: int) -> bool:
        """Does the name, as typed, read as ordinary words?"""
        initials = sum(map(self._initial, range(start, end)))
        if not self._shouted and initials == end - start:
            return False
        if not self._shouted and initials and start:
            return True  # "Việt Nam định cư"
        written, folded = like_words()
        accented = any(word.exact != word.form for word in self.words[start:end])
        return name in written or (not accented and name in folded)

    # ------------------------------------------------------------ words

    def _province_at(self, index: int) -> tuple[str, int] | None:
        return self._agreeing(longest_name(self.forms, index, province_names()), index)

    def _district_at(self, index: int) -> tuple[str, int] | None:
        return self._agreeing(longest_name(self.forms, index, district_names()), index)

    def _agreeing(self, hit: tuple[str, int] | None, index: int) -> tuple[str, int] | None:
        """The name found, unless it was typed with other accents: "đa năng" is not Đà Nẵng."""
        if hit is None:
            return None
        typed = self.words[index : hit[1]]
        for written in spellings()[hit[0]]:
            pairs = zip(typed, written, strict=False)
            if all(word.exact in (word.form, known) for word, known in pairs):
                return hit
        return None

    def _initial(self, index: int) -> bool:
        return index < len(self.words) and self.text[self.words[index].start].isupper()

    def _slug(self, start: int, end: int) -> str:
        return "-".join(self.forms[start:end])

    def _written(self, start: int, end: int) -> str:
        name = self.text[self.words[start].start : self.words[end - 1].end]
        return name if name[:1].isupper() and not name.isupper() else name.title()


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    return frozenset(name.split()[0] for name in (*province_names(), *district_names()))


def _locality_ids(name: str, inside: Sequence[str]) -> tuple[str, ...]:
    open_or_many = not inside or len(inside) > MAX_ALTERNATIVES
    return tuple(
        unit_ids.locality_id(slug(name), province) for province in ((None,) if open_or_many else inside)
    )
