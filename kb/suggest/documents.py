"""Documents to open at once: by symbol ("12/KH", "12 kh") and by the words of their title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from kb.catalog.reading import Listed
from kb.engines.port import AnyOf, Bool, DisMax, Engine, Order, Phrase, Prefix, Query, Term
from kb.suggest.scope import Scope
from kb.suggest.typed import Typed, conflicts, run
from kb.vietnamese.analyser import Token, tokens
from kb.vietnamese.normalise import fold, plain_dashes
from kb.vietnamese.symbols import query_keys

Rows = Callable[[Sequence[str]], list[Listed]]  # what lists show of documents, by id, in order

FETCHED = 16  # documents looked at
FEWEST_LETTERS = 3  # of a title
ENDING_LETTERS = 2  # of a last word that is looked for as a beginning
OTHER_ACCENTS = 0.05  # of a title's match: the same letters with other accents

_BEGUN = re.compile(
    r"(?:^|\s)(?:so\s*:?\s*)?0*(?P<number>\d{1,5}[a-z]?)"
    r"(?:[\s/-]+(?P<year>(?:19|20)\d\d)(?!\d))?"
    # Behind blanks one letter is no code yet: "6 t" becomes "6 tháng".
    r"(?:[/-]+(?P<letters>[a-z][a-z0-9/\s-]*)|\s+(?P<loose>[a-z]{2}[a-z0-9/\s-]*)|[/-]*)$"
)
_NOT_LETTERS = re.compile(r"[^a-z0-9]")


class DocumentFinder:
    """Looks documents up for one principal; `rows` reads them for that principal."""

    def __init__(self, engine: Engine, scope: Scope, rows: Rows) -> None:
        self._engine = engine
        self._scope = scope
        self._rows = rows

    # ------------------------------------------------------------ symbols

    def by_symbol(self, typed: Typed, limit: int) -> list[Listed]:
        """Documents whose symbol is the text typed, then those whose symbol begins so; newest first."""
        found: dict[str, Listed] = {}
        for query in _symbol_queries(typed):
            if len(found) < limit:
                rows = self._rows(self._ids(query, newest=True))
                found.update((row.id, row) for row in rows if row.symbol and row.id not in found)
        return list(found.values())[:limit]

    # ------------------------------------------------------------ titles

    def by_title(self, typed: Typed, limit: int) -> list[Listed]:
        """Documents whose title holds all words typed, those first whose title begins with them."""
        if typed.letters < FEWEST_LETTERS or not typed.words:
            return []
        last = typed.last
        # One letter begins half the words of a language: looked for among the titles found.
        open_end = last if last is not None and len(last.fold) >= ENDING_LETTERS else None
        must = [_word(word) for word in typed.whole]
        if open_end is not None:
            must.append(_beginning(open_end))
        if not must:
            return []
        whole = tuple(word.fold for word in typed.whole)
        should = (Phrase("title_fold", whole, 2.0),) if len(whole) > 1 else ()
        # A lone beginning says nothing of which document: thousands would tie.
        ids = self._ids(Bool(must=tuple(must), should=should), newest=not typed.whole)
        rows = self._rows(ids)
        fitting = [(rank, row) for row in rows if (rank := _rank(typed, row.title)) is not None]
        fitting.sort(key=lambda pair: pair[0])
        return [row for _rank, row in fitting[:limit]]

    def _ids(self, query: Query, *, newest: bool = False) -> list[str]:
        query = self._scope.within(query)
        order: Order = "newest" if newest else "relevance"
        result = self._engine.search(query, limit=FETCHED, order=order)
        return [hit.id for hit in result.hits]


def _symbol_queries(typed: Typed) -> Iterable[Query]:
    """What to try one after another."""
    text = typed.text.strip()
    if not any(word.fold[0].isdecimal() for word in typed.words):
        return
    exact = query_keys(text)
    if exact:
        yield AnyOf("symbol", exact)
    begun = _BEGUN.search(fold(plain_dashes(text)))
    if begun is None:
        return
    number, year = begun["number"], begun["year"]
    letters = _NOT_LETTERS.sub("", begun["letters"] or begun["loose"] or "")
    if letters:
        years = (year,) if year else ("~", None)
        starts = (f"{number}/{y}/{letters}" if y else f"{number}/{letters}" for y in years)
        yield Bool(should=tuple(Prefix("symbol", start) for start in starts))
    elif begun.start() == 0:
        # Every symbol is filed under its number too; with a year, under number and year.
        yield Prefix("symbol", f"{number}/{year}/") if year else AnyOf("symbol", (number,))


def _word(word: Token) -> Query:
    if not word.accented:
        return Term("title_fold", word.fold)
    return DisMax((Term("title_syllable", word.form), Term("title_fold", word.fold, OTHER_ACCENTS)))


def _beginning(word: Token) -> Query:
    if not word.accented:
        return Prefix("title_fold", word.fold)
    return DisMax((Prefix("title_syllable", word.form), Prefix("title_fold", word.fold, OTHER_ACCENTS)))


def _rank(typed: Typed, title: str) -> tuple[int, int] | None:
    """The smaller the better; None where the last word typed begins none of the title.

    Accents other than typed count first, then where the words stand.
    """
    words = tokens(title)
    at = run(words, typed)
    if at is not None:
        forms = [word.form for word in words[at : at + len(typed.words)]]
        return conflicts(typed.words, forms, open_end=typed.open), 0 if at == 0 else 1
    if typed.last is not None and not any(w.fold.startswith(typed.last.fold) for w in words):
        return None
    present = {word.form for word in words}
    return sum(word.accented and word.form not in present for word in typed.whole), 2
