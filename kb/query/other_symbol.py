"""Did you mean another symbol: 09-CT/TW for 09/CT-TTg."""

from __future__ import annotations

from difflib import SequenceMatcher

from kb.query.ast import Parsed
from kb.query.vocabulary import Vocabulary
from kb.vietnamese.normalise import fold
from kb.vietnamese.symbols import Symbol, find_typed

ALIKE = 0.5  # of the letters behind the kind, of a symbol that is offered for one that no document has


def other_symbol(parsed: Parsed, vocabulary: Vocabulary) -> str | None:
    """The query with another symbol of the same number and kind, where it is nothing but a symbol.

    For one that no document has, the one most like it; for one that some have, the only one of the
    other family (the Party's for the State's), as these are taken for each other. None where no
    document has such a symbol.
    """
    text = parsed.text.strip()
    typed = find_typed(text)
    if len(typed) != 1 or (typed[0].span.start, typed[0].span.end) != (0, len(text)):
        return None
    symbol = typed[0].symbol
    others = [tail for tail in _tails(symbol, vocabulary) if tail != symbol.key[len(symbol.number) :]]
    if not any(key in vocabulary.symbols(key) for key in typed[0].keys):
        rated = [(_likeness(symbol, tail), tail) for tail in others]
        best = max(rated, default=(0.0, ""))
        return symbol.number + best[1] if best[0] >= ALIKE else None
    party = symbol.family == "party"
    confused = [tail for tail in others if tail.startswith("-") != party]
    return symbol.number + confused[0] if len(confused) == 1 else None


def _tails(symbol: Symbol, vocabulary: Vocabulary) -> list[str]:
    """What follows the number in the symbols of documents with that number and kind."""
    number = fold(symbol.number).lstrip("0")
    if not number or not symbol.kind_code:
        return []
    starts = [f"/{symbol.kind_code}-", f"-{symbol.kind_code}/"]
    if symbol.year:
        starts.append(f"/{symbol.year}/{symbol.kind_code}-")
    return [key[len(number) :] for start in starts for key in vocabulary.symbols(number + start)]


def _likeness(symbol: Symbol, tail: str) -> float:
    """How much of what follows the kind is the same, 0 to 1."""
    own = symbol.key[len(symbol.number) :]
    first, second = (fold(each.partition(symbol.kind_code or "")[2]) for each in (own, tail))
    return SequenceMatcher(None, first, second).ratio()
