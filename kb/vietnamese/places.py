"""Provinces and districts: names, kinds, which district lies where.

Facts come from data/provinces.json (the 63 provinces before 01/7/2025 and the 34 since; a name
that ended has `until` and `successor`) and data/districts.json (the 696 districts of January 2025,
by province and kind). District names that occur in several provinces stay ambiguous here.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from kb.vietnamese.normalise import fold, match_form

DATA = Path(__file__).parent / "data"

# Kinds of places, as part of ids; "tinh" stands for the province level, cities included.
KINDS = {
    "tinh": "tỉnh",
    "thanh-pho": "thành phố",
    "quan": "quận",
    "huyen": "huyện",
    "thi-xa": "thị xã",
    "xa": "xã",
    "phuong": "phường",
    "thi-tran": "thị trấn",
    "dac-khu": "đặc khu",
}
DISTRICT_KINDS = frozenset(("thanh-pho", "quan", "huyen", "thi-xa"))
COMMUNE_KINDS = frozenset(("xa", "phuong", "thi-tran", "dac-khu"))

_WORD = re.compile(r"[^\W_]+")
_MAX_WORDS = 5  # of a place name


@dataclass(frozen=True, slots=True)
class Province:
    """A province or a city under the centre. The name ended on `until` where that is given."""

    slug: str
    name: str
    city: bool
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    successor: str | None = None
    city_since: date | None = None

    @property
    def full_name(self) -> str:
        """As in the names of its bodies: tỉnh Hà Tĩnh, thành phố Hà Nội."""
        return f"{'thành phố' if self.city else 'tỉnh'} {self.name}"

    def is_city(self, on: date | None) -> bool:
        """Whether it was a city under the centre that day (None: at any time)."""
        if self.city_since is not None:
            return on is None or on >= self.city_since
        return self.city and (self.since is None or on is None or on >= self.since)


@dataclass(frozen=True, slots=True)
class District:
    """A district before 01/7/2025. `kind` as of January 2025: many were huyện before."""

    name: str
    kind: str
    province: str  # slug


def key(name: str) -> str:
    """The form names are compared by: folded words joined by blanks."""
    return " ".join(_WORD.findall(fold(name)))


def slug(name: str) -> str:
    """ASCII letters and digits joined by "-", for ids."""
    return key(name).replace(" ", "-")


@lru_cache(maxsize=1)
def provinces() -> dict[str, Province]:
    """All provinces, of today and of before, by slug."""
    rows = json.loads((DATA / "provinces.json").read_text(encoding="utf-8"))
    return {
        row["slug"]: Province(
            row["slug"],
            row["name"],
            row["kind"] == "thanh-pho",
            tuple(row.get("aliases", ())),
            _day(row.get("since")),
            _day(row.get("until")),
            row.get("successor"),
            _day(row.get("city_since")),
        )
        for row in rows
    }


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


@lru_cache(maxsize=1)
def province_names() -> dict[str, str]:
    """Slugs by `key` of every name and alias."""
    return {
        key(name): province.slug
        for province in provinces().values()
        for name in (*province.aliases, province.name)
    }


@lru_cache(maxsize=1)
def district_names() -> dict[str, tuple[District, ...]]:
    """Districts by `key` of their bare name: several where the name occurs in several provinces."""
    found: dict[str, list[District]] = {}
    by_province = json.loads((DATA / "districts.json").read_text(encoding="utf-8"))
    for province, by_kind in by_province.items():
        for kind, names in by_kind.items():
            for name in names:
                found.setdefault(key(name), []).append(District(name, kind, province))
    return {name: tuple(districts) for name, districts in found.items()}


def districts_named(name: str, kind: str | None = None) -> tuple[District, ...]:
    """The districts of this name; only those of `kind` where there are any (kinds change)."""
    found = district_names().get(key(name), ())
    of_kind = tuple(district for district in found if district.kind == kind)
    return of_kind or found


@lru_cache(maxsize=1)
def spellings() -> dict[str, frozenset[tuple[str, ...]]]:
    """By `key` the ways every name and alias of a province or district is written: words in the form
    they are matched by, with accents."""
    found: dict[str, set[tuple[str, ...]]] = {}
    of_provinces = (name for p in provinces().values() for name in (p.name, *p.aliases))
    of_districts = (each.name for same in district_names().values() for each in same)
    for name in (*of_provinces, *of_districts):
        found.setdefault(key(name), set()).add(tuple(match_form(word) for word in _WORD.findall(name)))
    return {name: frozenset(written) for name, written in found.items()}


@lru_cache(maxsize=1)
def like_words() -> tuple[frozenset[str], frozenset[str]]:
    """Keys of names that read as ordinary words: with their accents, and only without
    (data/place_words.toml)."""
    table = tomllib.loads((DATA / "place_words.toml").read_text(encoding="utf-8"))
    return frozenset(map(key, table["written"])), frozenset(map(key, table["folded"]))


def longest_name(words: Sequence[str], start: int, names: Container[str]) -> tuple[str, int] | None:
    """The longest of `names` (keys) in folded `words` from `start` on: the key and the next index."""
    for end in range(min(start + _MAX_WORDS, len(words)), start, -1):
        if (name := " ".join(words[start:end])) in names:
            return name, end
    return None


def province_of_host(host: str) -> str | None:
    """The province whose portal this is: congan.hatinh.gov.vn, conganbacninh.gov.vn, hatinh.gov.vn."""
    labels = host.lower().removeprefix("www.").split(".")
    for label in labels[:-1]:
        bare = re.sub(r"^(?:congan|ca)(?:tinh|tp|thanhpho)?", "", label.replace("-", ""))
        for candidate in (label.replace("-", ""), bare):
            if candidate in _hosts():
                return _hosts()[candidate]
    return None


@lru_cache(maxsize=1)
def _hosts() -> dict[str, str]:
    names = {province.replace("-", ""): province for province in provinces()}
    names["tphcm"] = names["hochiminhcity"] = names["hcm"] = "ho-chi-minh"
    return names
