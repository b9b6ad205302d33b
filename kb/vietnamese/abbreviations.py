"""The shipped table of abbreviations, and texts with the unambiguous ones written out.

The table is data/abbreviations.csv: abbreviation, expansion, category, other meanings ("; " between
them), a note on how to choose, and where the entry comes from (`seen` in published documents,
`nd30` the list of Nghị định 30/2020, `memory` unchecked). data/abbreviation_cues.csv has the words
beside which an ambiguous abbreviation means one thing. What queries ask, the abbreviations mined
from the documents included, is kb.vietnamese.abbreviation_lookup.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.vietnamese.normalise import fold, match_form

_DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"[^\W_]+")
_CONNECTING = frozenset(("và", "các", "của", "về", "and", "of", "the"))


@dataclass(frozen=True, slots=True)
class Expansion:
    """One meaning of an abbreviation in the table, the most usual one first."""

    abbreviation: str
    text: str
    category: str
    checked: bool  # False: from memory, not yet seen in a document
    usual: bool  # the first meaning
    cues: tuple[str, ...]


@lru_cache(maxsize=1)
def table() -> tuple[Expansion, ...]:
    """Every meaning of every abbreviation, in the order of the table."""
    cues = {
        (row["abbreviation"], row["expansion"]): tuple(row["cues"].split("; "))
        for row in _rows("abbreviation_cues.csv")
    }
    return tuple(
        Expansion(
            abbreviation=row["abbreviation"],
            text=meaning,
            category=row["category"],
            checked=row["source"] != "memory",
            usual=number == 0,
            cues=cues.get((row["abbreviation"], meaning), ()),
        )
        for row in _rows("abbreviations.csv")
        for number, meaning in enumerate(
            [row["expansion"], *filter(None, row["other_meanings"].split("; "))]
        )
    )


@lru_cache(maxsize=50_000)
def key(abbreviation: str) -> str:
    """What writings of one abbreviation share: GD&ĐT, GDĐT and gd-dt are "gddt"."""
    return "".join(_WORD.findall(fold(abbreviation)))


@lru_cache(maxsize=50_000)
def is_listed(word: str) -> bool:
    """Whether the table has such an abbreviation, in any case, with or without accents."""
    return key(word) in _keys()


@lru_cache(maxsize=1)
def _keys() -> frozenset[str]:
    return frozenset(key(entry.abbreviation) for entry in table())


def sense(expansion: str) -> tuple[str, ...]:
    """What writings of one meaning share: its words without accents, "và" and other joints left out."""
    forms = map(match_form, _WORD.findall(expansion))
    return tuple(fold(form) for form in forms if form not in _CONNECTING)


@lru_cache(maxsize=1)
def unambiguous() -> dict[str, str]:
    """Abbreviation -> expansion, for those with one meaning and at least three letters."""
    several = {expansion.abbreviation for expansion in table() if not expansion.usual}
    return {
        name: expansion.text
        for expansion in table()
        if (name := expansion.abbreviation) not in several
        and len(name) > 2
        and name.isalpha()
        and name[1].isupper()
    }


def long_form(word: str, *, any_case: bool = False) -> str | None:
    """What one unambiguous abbreviation stands for; `any_case` as for `write_out`."""
    long = unambiguous().get(word)
    return _folded_names().get(fold(word)) if long is None and any_case and len(word) > 3 else long


def write_out(text: str, *, any_case: bool = False) -> str:
    """`text` with its unambiguous abbreviations written out: XDPT -> xây dựng phong trào.

    `any_case` also takes "antq" and "ubmttq", but then only from four letters on: shorter ones are
    words in lower case (cat, cap).
    """
    if any_case:
        return _folded_pattern().sub(lambda match: _folded_names()[fold(match[0])], text)
    return _pattern().sub(lambda match: unambiguous()[match[0]], text)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return _any_of(unambiguous())


@lru_cache(maxsize=1)
def _folded_names() -> dict[str, str]:
    return {fold(name): text for name, text in unambiguous().items() if len(name) > 3}


@lru_cache(maxsize=1)
def _folded_pattern() -> re.Pattern[str]:
    accented = {name for name in unambiguous() if len(name) > 3}
    return re.compile(_any_of({*accented, *_folded_names()}).pattern, re.IGNORECASE)


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
