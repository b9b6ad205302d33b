"""Abbreviations of the table and of the documents, and terms that documents define, as one glossary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kb.catalog.definitions import Defined
from kb.vietnamese.abbreviation_lookup import Lookup, Meaning
from kb.vietnamese.normalise import fold


@dataclass(frozen=True, slots=True)
class Entry:
    """A head word with everything it is said to mean, the most usual first; nothing is left out
    because something else is more usual."""

    term: str
    meanings: tuple[Meaning, ...] = ()  # of an abbreviation
    definitions: tuple[Defined, ...] = ()  # the newest first

    @property
    def letter(self) -> str:
        """The letter it stands under: A to Z, Đ; "#" for the rest."""
        first = self.term[:1].upper()
        letter = first if first == "Đ" else fold(first).upper()[:1]
        return letter if letter.isalpha() else "#"

    def to_json(self) -> dict[str, Any]:
        """Plain data with the documented keys (docs/json.md)."""
        return {
            "term": self.term,
            "meanings": [
                {"expansion": each.expansion, "documents": each.documents, "shipped": each.in_table}
                for each in self.meanings
            ],
            "definitions": [
                {
                    "text": each.text,
                    "id": each.id,
                    "title": each.title,
                    "symbol": each.symbol,
                    "issued_on": each.issued_on.isoformat() if each.issued_on else None,
                    "validity": each.validity,
                    "span": [each.span.start, each.span.end],
                }
                for each in self.definitions
            ],
        }


def entries(lookup: Lookup, defined: Iterable[Defined]) -> list[Entry]:
    """The whole glossary in the order of the alphabet."""
    meanings: dict[str, list[Meaning]] = {}
    for meaning in lookup.everything():
        meanings.setdefault(meaning.abbreviation, []).append(meaning)
    terms: dict[str, list[Defined]] = {}
    for each in defined:
        terms.setdefault(each.term[:1].upper() + each.term[1:], []).append(each)
    heads = dict.fromkeys((*meanings, *terms))
    made = [
        Entry(head, tuple(meanings.get(head, ())), _distinct(terms.get(head, ()))) for head in heads
    ]
    return sorted(made, key=lambda entry: (_order(entry.letter), fold(entry.term), entry.term))


def found(all_entries: Sequence[Entry], text: str) -> list[Entry]:
    """Entries whose head word or long form holds `text`, accents aside where it has none; those that
    are or begin with it first."""
    wanted = " ".join(text.lower().split())
    if not wanted:
        return list(all_entries)
    accented = fold(wanted) != wanted

    def shape(words: str) -> str:
        return words.lower() if accented else fold(words)

    ranked = []
    for entry in all_entries:
        head = shape(entry.term)
        long = [shape(meaning.expansion) for meaning in entry.meanings]
        if head == wanted or wanted in long:
            rank = 0
        elif head.startswith(wanted) or any(each.startswith(wanted) for each in long):
            rank = 1
        elif wanted in head or any(wanted in each for each in long):
            rank = 2
        else:
            continue
        ranked.append((rank, entry))
    return [entry for _rank, entry in sorted(ranked, key=lambda pair: pair[0])]


def _distinct(defined: Iterable[Defined]) -> tuple[Defined, ...]:
    """The same words once, by the newest document that uses them."""
    kept: dict[str, Defined] = {}
    for each in defined:
        kept.setdefault(fold(each.text), each)
    return tuple(kept.values())


def _order(letter: str) -> tuple[str, int]:
    return ("D", 1) if letter == "Đ" else (letter, 0)
