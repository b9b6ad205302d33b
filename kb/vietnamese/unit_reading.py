"""Names of units in a text: words of the tables, then the place that follows.

Reading is by words, folded, with abbreviations written out: "CAT", "Công an tỉnh" and
"CÔNG AN TỈNH" are the same three words. Kinds of places may be abbreviated too ("TP.", "TX.").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kb.vietnamese import abbreviations
from kb.vietnamese.normalise import fold, match_form
from kb.vietnamese.places import (
    COMMUNE_KINDS,
    DISTRICT_KINDS,
    KINDS,
    district_names,
    districts_named,
    longest_name,
    province_names,
    provinces,
    slug,
)
from kb.vietnamese.unit_ids import UNKNOWN, PlaceUnit
from kb.vietnamese.unit_table import Body, BodyName, Entry, names

# No police of districts from this day on; a bare name then means the commune that bears it.
_NO_DISTRICT_POLICE = date(2025, 3, 1)

_WORD = re.compile(r"[^\W_]+")
_SHORT_KINDS = {("tp",): "thanh-pho", ("t", "p"): "thanh-pho", ("tx",): "thi-xa"}
# Kinds of places by their words with accents and, as in a query, without.
_KIND_WORDS = {
    **{tuple(words.split()): kind for kind, words in KINDS.items()},
    **{tuple(fold(words).split()): kind for kind, words in KINDS.items()},
    **_SHORT_KINDS,
}
_INSIDE_NAME = frozenset((" ", "-", " - ", "'", "’", "\n"))
_MAX_NAME_WORDS = 4  # of a commune
_MAX_REST = 30  # words of a name that goes on


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and the characters it was read from (an abbreviation gives several words)."""

    form: str
    exact: str  # lower case, with the accents as written
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """A name read: an entry of the table or a body of a place, and what the text leaves open."""

    unit: Entry | PlaceUnit
    start: int
    end: int
    name: str | None = None  # of the place, with accents
    certain: bool = True
    candidates: tuple[str, ...] = ()


class Reader:
    """Reads the names in one NFC text. `province` and `on` are what is known beside the text."""

    def __init__(self, text: str, province: str | None = None, on: date | None = None) -> None:
        self.text = text
        self.province = province
        self.on = on
        self.loose = not any(character.isupper() for character in text)  # a query in small letters
        self.words = list(self._read_words())
        self.forms = [word.form for word in self.words]

    def _read_words(self) -> Iterator[Word]:
        for match in _WORD.finditer(self.text):
            long = abbreviations.long_form(match[0], any_case=self.loose)
            for word in _WORD.findall(long or match[0]):
                yield Word(fold(word), match_form(word), match.start(), match.end())

    def read(self) -> Iterator[Named]:
        """Every name of a unit, in order, the longest at each place."""
        position = 0
        while position < len(self.words):
            named, position = self._read_at(position)
            if named is not None:
                yield named

    def read_places(self) -> Iterator[tuple[str, int, int]]:
        """Provinces named with their kind, or by a district that only one has: (slug, start, end)."""
        for index in range(len(self.words)):
            kind, position = self._kind_at(index)
            if kind is None or not self._capital(position):
                continue
            province, end = None, position
            if hit := longest_name(self.forms, position, province_names()):
                named_province = province_names()[hit[0]]
                if kind == "tinh" or provinces()[named_province].is_city(self.on):
                    province, end = named_province, hit[1]
            if province is None and kind in DISTRICT_KINDS:
                hit = longest_name(self.forms, position, district_names())
                possible = {each.province for each in districts_named(hit[0], kind)} if hit else set()
                if hit is not None and len(possible) == 1:
                    province, end = possible.pop(), hit[1]
            if province is not None:
                yield province, self.words[index].start, self.words[end - 1].end

    def _read_at(self, start: int) -> tuple[Named | None, int]:
        """The name that begins at word `start`, if one does, and where to go on."""
        node, best, end = names(), None, start
        for index in range(start, len(self.words)):
            following = node.next.get(self.forms[index])
            if following is None:
                break
            node = following
            if node.unit is not None:
                best, end = node.unit, index + 1
        if best is None or not self._as_printed(start, end):
            return None, start + 1
        if isinstance(best, Entry):
            return Named(best, self.words[start].start, self.words[end - 1].end), end
        named, after = self._at_place(best, start, end)
        return (named, after) if named is not None else (None, end)

    def _as_printed(self, start: int, end: int) -> bool:
        """A name of one word (CA, PV05) counts in capitals, in a small-letter query at its start."""
        if end - start > 1:
            return True
        written = self.text[self.words[start].start : self.words[start].end]
        return written[:2].isupper() or (self.loose and (start == 0 or len(written) > 3))

    # ------------------------------------------------------------ places

    def _at_place(self, name: BodyName, start: int, end: int) -> tuple[Named | None, int]:
        """The body named by words start:end, at the place whose name follows."""
        body, kind = name.body, name.kind
        if name.goes_on:
            end = self._rest_of_name(end)
        again, after = self._kind_at(end)
        if again is not None and kind in (None, again):  # "Thành ủy thành phố ..." says it twice
            kind, end = again, after
        if kind is None:
            return self._without_kind(body, start, end)
        if kind in ("tinh", "thanh-pho"):
            found = self._of_province(body, kind, start, end)
            if found[0] is not None:
                return found
        if kind in DISTRICT_KINDS:
            return self._of_district(body, kind, start, end)
        if kind in COMMUNE_KINDS:
            return self._of_commune(body, kind, start, end)
        return None, end

    def _kind_at(self, index: int) -> tuple[str | None, int]:
        for length in (2, 1):
            words = tuple(word.exact for word in self.words[index : index + length])
            kind = _KIND_WORDS.get(words)
            if kind is not None and self.forms[index : index + 2] != ["xa", "hoi"]:
                return kind, index + len(words)
        return None, index

    def _rest_of_name(self, index: int) -> int:
        """The index of the first kind of place within the sentence, else `index`."""
        for position in range(index, min(index + _MAX_REST, len(self.words))):
            if re.search(
                r"[.;:]", self.text[self.words[position - 1].end : self.words[position].start]
            ):
                break
            if self._kind_at(position)[0] is not None:
                return position
        return index

    def _capital(self, index: int) -> bool:
        if index >= len(self.words):
            return False
        first = self.text[self.words[index].start]
        return self.loose or first.isupper() or first.isdigit()

    def _of_province(self, body: Body, kind: str, start: int, index: int) -> tuple[Named | None, int]:
        if "tinh" not in body.prefixes:
            return None, index
        hit = longest_name(self.forms, index, province_names()) if self._capital(index) else None
        if hit is not None:
            province = provinces()[province_names()[hit[0]]]
            if kind == "tinh" or province.is_city(self.on):
                return self._named(body, "tinh", "", province.slug, start, hit[1]), hit[1]
            return None, index
        in_city = self.province is not None and provinces()[self.province].is_city(self.on)
        if kind == "tinh" or in_city:
            return self._named(body, "tinh", "", self.province, start, index, certain=False), index
        return None, index

    def _of_district(self, body: Body, kind: str, start: int, index: int) -> tuple[Named | None, int]:
        hit = longest_name(self.forms, index, district_names()) if self._capital(index) else None
        if hit is None or kind not in body.prefixes:
            return None, index
        districts = districts_named(hit[0], kind)
        possible = tuple(dict.fromkeys(district.province for district in districts))
        province, end = self._province_after(hit[1])
        if province is None:
            context = self.province if self.province in possible else None
            province = possible[0] if len(possible) == 1 else context
        name = districts[0].name
        candidates = () if province else possible
        named = self._named(body, kind, name, province, start, end, candidates=candidates)
        return named, end

    def _of_commune(self, body: Body, kind: str, start: int, index: int) -> tuple[Named | None, int]:
        end = index
        while end < len(self.words) and end - index < _MAX_NAME_WORDS and self._capital(end):
            apart = self.text[self.words[end - 1].end : self.words[end].start]
            larger = self._kind_at(end)[0] is not None or self.forms[end] == "thuoc"
            if end > index and (larger or apart not in _INSIDE_NAME):
                break
            end += 1
        if end == index or kind not in body.prefixes:
            return None, index
        name = self.text[self.words[index].start : self.words[end - 1].end]
        if name.isupper() or name.islower():
            name = name.title()
        province, end = self._province_after(end)
        known = province or self.province
        return self._named(body, kind, name, known, start, end, certain=province is not None), end

    def _without_kind(self, body: Body, start: int, index: int) -> tuple[Named | None, int]:
        """ "Công an Hà Tĩnh": a province first, then a district, by its date the commune so named."""
        if not self._capital(index):
            return None, index
        hit = longest_name(self.forms, index, province_names())
        if hit is not None and "tinh" in body.prefixes:
            return self._named(body, "tinh", "", province_names()[hit[0]], start, hit[1]), hit[1]
        hit = longest_name(self.forms, index, district_names())
        if hit is None:
            return None, index
        district = districts_named(hit[0])[0]
        abolished = self.on is not None and self.on >= _NO_DISTRICT_POLICE
        kind = "xa" if abolished else district.kind
        if kind not in body.prefixes:
            return None, index
        provinces_ = {each.province for each in districts_named(hit[0])}
        province = provinces_.pop() if len(provinces_) == 1 else self.province
        return self._named(body, kind, district.name, province, start, hit[1], certain=False), hit[1]

    def _province_after(self, index: int) -> tuple[str | None, int]:
        """The province named behind a smaller place: "..., huyện Nghi Xuân, tỉnh Hà Tĩnh"."""
        _, position = self._kind_at(index)
        if not self._capital(position):
            return None, index
        gap = self.text[self.words[index - 1].end : self.words[index].start]
        if re.search(r"[.;:]|\n\s*\n", gap):
            return None, index
        if hit := longest_name(self.forms, position, province_names()):
            return province_names()[hit[0]], hit[1]
        hit = longest_name(self.forms, position, district_names())
        if hit is None:
            return None, index
        province, end = self._province_after(hit[1])
        possible = {district.province for district in districts_named(hit[0])}
        if province is None and (self.province in possible or len(possible) == 1):
            province = self.province if self.province in possible else possible.pop()
        return province, end

    def _named(
        self,
        body: Body,
        kind: str,
        name: str,
        province: str | None,
        start: int,
        end: int,
        *,
        certain: bool = True,
        candidates: tuple[str, ...] = (),
    ) -> Named:
        parts = PlaceUnit(body, kind, slug(name), province or UNKNOWN)
        first, last = self.words[start], self.words[end - 1]
        sure = certain and province is not None
        return Named(parts, first.start, last.end, name or None, sure, candidates)
