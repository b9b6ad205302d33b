"""The index's own words: how a plain syllable, or two neighbours, are written in the documents.

Counts are of documents the principal may see, so what is restored or suggested from them shows
nothing else. They come from the `accents` field of the index. Look-ups are kept until it changes.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache, partial
from threading import Lock

from kb.engines.port import Bool, Engine, Query, Term
from kb.vietnamese.analyser import accent_key
from kb.vietnamese.normalise import fold_form

Pair = tuple[str, str]

MOST_FORMS = 200  # ways to accent one key that are read; real ones are well below a hundred
KEPT_LOOKUPS = 50_000  # of each sort; a look-up takes a few hundred bytes
KEPT_VOCABULARIES = 8  # different access clauses


class Vocabulary:
    """The words of the documents that match one clause, in one commit of an index.

    Safe to use from several threads, as its engine is.
    """

    def __init__(self, engine: Engine, within: Query) -> None:
        # A look-up takes the engine some ten to a hundred microseconds, from here less than one.
        self._forms = lru_cache(KEPT_LOOKUPS)(partial(_forms, engine, within))
        self._pairs = lru_cache(KEPT_LOOKUPS)(partial(_pairs, engine, within))
        self._documents = lru_cache(KEPT_LOOKUPS)(partial(_documents, engine, within))
        self._symbols = lru_cache(KEPT_LOOKUPS)(partial(_symbols, engine, within))
        self._size = lru_cache(1)(partial(_size, engine, within))

    @property
    def size(self) -> int:
        """How many documents there are."""
        return self._size()

    def forms(self, fold: str) -> Mapping[str, int]:
        """Form -> documents with it, for every way the folded syllable is written: "cong" ->
        {"công": 826, "cộng": 224 ...}. Passages typed without accents do not count."""
        return self._forms(fold)

    def pairs(self, left: str, right: str) -> Mapping[Pair, int]:
        """The same for two neighbours: "to", "quoc" -> {("tổ", "quốc"): 34}."""
        return self._pairs(left, right)

    def documents(self, form: str) -> int:
        """How many documents hold the token in their text: as written where it has accents, else
        however it is accented."""
        return self._documents(form)

    def symbols(self, beginning: str) -> Mapping[str, int]:
        """Search keys of symbols that begin so (see kb.vietnamese.symbols), with how many documents
        have each."""
        return self._symbols(beginning)


class Vocabularies:
    """Keeps the vocabularies of the last index and commit asked for, one for an access clause."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._commit: tuple[Engine, Hashable] | None = None
        self._kept: dict[Query, Vocabulary] = {}

    def of(self, engine: Engine, within: Query) -> Vocabulary:
        """The vocabulary of the documents of `engine` that match `within`, as of its commit."""
        commit = (engine, engine.commit)
        with self._lock:
            if self._commit != commit:
                self._commit, self._kept = commit, {}
            found = self._kept.pop(within, None) or Vocabulary(engine, within)
            self._kept[within] = found  # the last used stands last
            if len(self._kept) > KEPT_VOCABULARIES:
                del self._kept[next(iter(self._kept))]
            return found


def _forms(engine: Engine, within: Query, fold: str) -> dict[str, int]:
    return _behind(engine, within, accent_key(fold))


def _pairs(engine: Engine, within: Query, left: str, right: str) -> dict[Pair, int]:
    found = _behind(engine, within, accent_key(left, right))
    return {
        (first, second): n for pair, n in found.items() for first, _, second in [pair.partition("_")]
    }


def _behind(engine: Engine, within: Query, key: str) -> dict[str, int]:
    found = engine.terms("accents", key, MOST_FORMS, within=within)
    return {token[len(key) :]: count for token, count in found}


def _documents(engine: Engine, within: Query, form: str) -> int:
    field = "body_fold" if fold_form(form) == form else "body_syllable"
    return engine.search(Bool(filter=(Term(field, form), within)), limit=0).total


def _symbols(engine: Engine, within: Query, beginning: str) -> dict[str, int]:
    return dict(engine.terms("symbol", beginning, MOST_FORMS, within=within))


def _size(engine: Engine, within: Query) -> int:
    return engine.search(within, limit=0).total
