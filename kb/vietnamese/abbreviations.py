"""The abbreviations of these documents: what they stand for, and back.

The table is data/abbreviations.csv: abbreviation, expansion, category, other meanings ("; " between
them), a note on how to choose, and where the entry comes from (`seen` in published documents,
`nd30` the list of Nghị định 30/2020, `memory` unchecked). Case counts: TTr is not TT.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.vietnamese.normalise import fold

_TABLE = Path(__file__).parent / "data" / "abbreviations.csv"


@dataclass(frozen=True, slots=True)
class Expansion:
    """One meaning of an abbreviation. `note` tells when it is this one."""

    abbreviation: str
    text: str
    category: str
    note: str
    checked: bool  # False: from memory, not yet seen in a document


@dataclass(frozen=True, slots=True)
class _Table:
    expansions: dict[str, tuple[Expansion, ...]]  # by abbreviation as printed
    folded: dict[str, tuple[str, ...]]  # folded abbreviation -> abbreviations as printed
    phrases: dict[str, tuple[str, ...]]  # folded, plain phrase -> abbreviations


@lru_cache(maxsize=1)
def _table() -> _Table:
    expansions: dict[str, tuple[Expansion, ...]] = {}
    folded: dict[str, tuple[str, ...]] = {}
    phrases: dict[str, tuple[str, ...]] = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, checked = row["abbreviation"], row["source"] != "memory"
            meanings = [row["expansion"], *filter(None, row["other_meanings"].split("; "))]
            expansions[name] = tuple(
                Expansion(name, meaning, row["category"], row["note"], checked) for meaning in meanings
            )
            folded[fold(name)] = (*folded.get(fold(name), ()), name)
            phrase = _plain(row["expansion"])
            phrases[phrase] = (*phrases.get(phrase, ()), name)
    return _Table(expansions, folded, phrases)


def expand(abbreviation: str) -> tuple[Expansion, ...]:
    """What it can stand for, the most usual meaning first; empty where it is unknown.

    Exact writing first; where nothing is written so, any case and without accents.
    """
    table = _table()
    if exact := table.expansions.get(abbreviation.strip()):
        return exact
    names = table.folded.get(fold(abbreviation.strip()), ())
    return tuple(expansion for name in names for expansion in table.expansions[name])


def contract(phrase: str) -> tuple[str, ...]:
    """The abbreviations of a phrase (accents, case and commas free); empty where there is none."""
    return _table().phrases.get(_plain(phrase), ())


@lru_cache(maxsize=1)
def unambiguous() -> dict[str, str]:
    """Abbreviation -> expansion, for those with one meaning and at least three letters."""
    return {
        name: meanings[0].text
        for name, meanings in _table().expansions.items()
        if len(meanings) == 1 and len(name) > 2 and name.isalpha() and name[1].isupper()
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


def _plain(phrase: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(phrase)))
