"""What a principal can see of one commit of the index: the clause for it, and the names behind it.

Counting all documents by topic, unit and kind takes as long as many keystrokes may, so a scope is
kept as long as the commit is the last one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from threading import Lock

from kb.access import Principal
from kb.engines.port import Bool, Engine, Query
from kb.facets import under_all_names
from kb.finding import access_clause
from kb.results import SuggestionKind
from kb.vietnamese import kinds, topics, units
from kb.vietnamese.abbreviation_lookup import shipped
from kb.vietnamese.abbreviations import write_out
from kb.vietnamese.analyser import Token, tokens

KEPT = 16  # scopes: sets of labels in use at a time
LONGEST_SHORTENED = 6  # words at the start of a name that an abbreviation may stand for
MOST_NAMES = 5_000  # of a field
FIELDS: tuple[SuggestionKind, ...] = ("topic", "unit", "kind")

Words = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A topic, unit or kind that documents have, and the words it is known by."""

    field: SuggestionKind
    ids: tuple[str, ...]  # to filter by; the first is its own
    label: str
    count: int  # documents
    spellings: tuple[Words, ...]
    letters: str  # all words of the spellings, folded, each behind a blank


@dataclass(frozen=True, slots=True)
class Scope:
    """`access` None: the principal sees every document of this commit."""

    state: Hashable  # of the engine
    access: Query | None
    names: tuple[Name, ...]

    def is_of(self, engine: Engine) -> bool:
        """False where the engine sees another commit by now."""
        return _state(engine) == self.state

    def within(self, query: Query) -> Query:
        """`query`, of the documents that may be seen."""
        return query if self.access is None else Bool(must=(query,), filter=(self.access,))


class Scopes:
    """The scopes of the last commit, by labels. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[tuple[Hashable, frozenset[str]], Scope] = {}

    def get(
        self,
        engine: Engine,
        principal: Principal,
        labels: Callable[[], dict[str, str]],
    ) -> Scope:
        """The principal's scope of what `engine` sees now; `labels` gives the names of units by id."""
        state = _state(engine)
        key = (state, principal.labels)
        with self._lock:
            scope = self._kept.get(key)
        if scope is None:
            scope = _scope(engine, state, principal, labels())
            if not scope.is_of(engine):
                return scope  # counted in part in a newer commit: whoever asked asks again
            with self._lock:
                current = {k: v for k, v in self._kept.items() if k[0] == key[0]}
                self._kept = {**dict(list(current.items())[-KEPT + 1 :]), key: scope}
        return scope


def _state(engine: Engine) -> Hashable:
    return engine, engine.commit


def _scope(engine: Engine, state: Hashable, principal: Principal, labels: dict[str, str]) -> Scope:
    access = access_clause(principal)
    result = engine.search(access, limit=0, facets=dict.fromkeys(FIELDS, MOST_NAMES))
    names = tuple(
        _name(field, value, count, labels)
        for field in FIELDS
        for value, count in _counts(field, dict(result.facets[field])).items()
    )
    return Scope(state, None if result.total == engine.count() else access, names)


def _counts(field: SuggestionKind, counts: dict[str, int]) -> dict[str, int]:
    """Documents by value; those of a unit also under its other names, as a filter finds them."""
    return under_all_names(counts) if field == "unit" else counts


def _name(field: SuggestionKind, id: str, count: int, labels: dict[str, str]) -> Name:
    if field == "unit":
        label = units.label(id, labels.get(id))
    else:
        label = kinds.label(id) if field == "kind" else topics.label(id)
    spellings = tuple(dict.fromkeys(_spellings(field, id, label)))
    letters = "".join(f" {word.fold}" for words in spellings for word in words)
    ids = units.scope(id) if field == "unit" else (id,)
    return Name(field, ids, label, count, spellings, letters)


def _spellings(field: SuggestionKind, id: str, label: str) -> Iterator[Words]:
    yield tuple(tokens(label))
    yield tuple(tokens(write_out(label)))
    words = label.split()
    for size in range(2, min(len(words), LONGEST_SHORTENED) + 1):  # UBND tỉnh Hà Tĩnh
        for meaning in shipped().abbreviations_of(" ".join(words[:size])):
            yield tuple(tokens(" ".join((meaning.abbreviation, *words[size:]))))
    for same in units.scope(id)[1:] if field == "unit" else ():  # V28 finds what is V05 today
        yield tuple(tokens(units.label(same)))
    if field == "kind" and label != id:
        kind = kinds.get(id)
        for name in (*kind.aliases, *kind.codes):
            yield tuple(tokens(name))
