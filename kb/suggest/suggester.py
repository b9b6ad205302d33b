"""Puts the suggestions of all sources together, in the order they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from kb.access import Principal
from kb.catalog import reading
from kb.catalog.reading import Listed
from kb.engines.port import Engine
from kb.query.fields import FIELD
from kb.query.vocabulary import Vocabulary
from kb.results import Suggestion
from kb.suggest import names
from kb.suggest.documents import DocumentFinder, Rows
from kb.suggest.names import Named
from kb.suggest.phrases import PhraseFinder
from kb.suggest.scope import Scope, Scopes
from kb.suggest.typed import Marks, Typed, marks, read
from kb.vietnamese import kinds
from kb.vietnamese.abbreviation_lookup import Lookup
from kb.vietnamese.normalise import fold

SYMBOLS, NAMES, TITLES = 3, 2, 2  # of each at most, or kept free for them, where others have more

_FIELD_BEGUN = re.compile(rf"(?:{FIELD.pattern})\s*$", re.IGNORECASE)
FIELD_NAMES = {"topic": "chủ đề", "unit": "đơn vị", "kind": "loại"}  # see kb.query.fields


@dataclass(frozen=True, slots=True)
class Sources:
    """What suggestions are made from: the index, the documents' words and abbreviations as one
    principal may see them, and the catalog."""

    engine: Engine
    vocabulary: Vocabulary
    abbreviations: Lookup
    connection: Connection


class Suggester:
    """Suggests, and keeps what one commit of the index lets a principal see."""

    def __init__(self) -> None:
        self._scopes = Scopes()

    def suggest(
        self, sources: Sources, text: str, principal: Principal, limit: int
    ) -> tuple[Suggestion, ...]:
        """See kb.library.Library.suggest."""

        def rows(ids: Sequence[str]) -> list[Listed]:
            return reading.listed(sources.connection, ids, principal.labels)

        def units() -> dict[str, str]:
            return reading.unit_labels(sources.connection, principal.labels)

        while True:
            scope = self._scopes.get(sources.engine, principal, units)
            found = _suggest(sources, scope, rows, text, limit)
            if scope.is_of(sources.engine):  # no new commit came between, of which it knows nothing
                return found


def _suggest(
    sources: Sources, scope: Scope, rows: Rows, text: str, limit: int
) -> tuple[Suggestion, ...]:
    """Up to `limit` suggestions: symbols, phrases, topics, units and kinds, then titles."""
    typed = read(text)
    if not typed.words or limit < 1:
        return ()
    engine = sources.engine
    documents = DocumentFinder(engine, scope, rows)
    symbols = [_symbol(row, typed) for row in documents.by_symbol(typed, min(SYMBOLS, limit))]
    named = [_named(each, typed) for each in names.find(engine, scope, typed, limit)]
    titles = [_title(row, typed) for row in documents.by_title(typed, limit + len(symbols))]
    free = limit - len(symbols) - min(NAMES, len(named)) - min(TITLES, len(titles))
    # "12 kh" is on its way to 12/KH, not to "khu dân cư".
    found = []
    if free > 0 and not symbols:
        found = PhraseFinder(engine, scope, sources.vocabulary, sources.abbreviations).find(
            typed, limit
        )
    phrases = [
        Suggestion("phrase", each.text, each.text, count=each.count, marks=marks(each.text, typed))
        for each in found
    ]
    best = (symbols, phrases[:free], named[:NAMES], titles)
    chosen = list(_different(each for group in best for each in group))[:limit]
    chosen = list(_different((*chosen, *phrases[free:], *named[NAMES:])))[:limit]
    order = {each: place for place, each in enumerate((*symbols, *phrases, *named, *titles))}
    return tuple(sorted(chosen, key=order.__getitem__))


def _different(suggestions: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Each document and each text once; a symbol once for each document, as numbers start anew."""
    seen: set[str] = set()
    for each in suggestions:
        keys = {each.id or "", fold(each.text) if each.kind != "symbol" else ""} - {""}
        if not keys & seen:
            seen |= keys
            yield each


def _symbol(row: Listed, typed: Typed) -> Suggestion:
    symbol = row.symbol or row.title
    return Suggestion("symbol", symbol, symbol, row.id, row.title, marks=_begun(symbol, typed))


def _title(row: Listed, typed: Typed) -> Suggestion:
    kind = kinds.label(row.kind) if row.kind else None
    dated = row.sort_date.strftime("%d/%m/%Y") if row.sort_date else None
    detail = " · ".join(part for part in (kind, row.symbol, dated) if part)
    return Suggestion(
        "title", row.title, row.title, row.id, detail or None, marks=marks(row.title, typed)
    )


def _named(found: Named, typed: Typed) -> Suggestion:
    name = found.name
    head = _plain_head(typed.head(found.taken))
    return Suggestion(
        name.field,
        f'{head} {FIELD_NAMES[name.field]}:"{name.label}"'.lstrip(),
        name.label,
        name.ids[0],
        count=found.count,
        marks=marks(name.label, typed),
        head=head,
    )


def _plain_head(text: str) -> str:
    """The text before a filter, without a quote or field that its value began: loại:"kế h."""
    if text.count('"') % 2:
        text = text[: text.rindex('"')]
    return _FIELD_BEGUN.sub("", text).rstrip("+-( ")


def _begun(symbol: str, typed: Typed) -> Marks:
    """As much of the symbol as the letters and digits typed at the end go."""
    wanted = "".join(word.fold for word in typed.words)
    for start in range(len(wanted)):
        rest, end = wanted[start:], 0
        for place, letter in enumerate(fold(symbol)):
            if rest and letter == rest[0]:
                rest, end = rest[1:], place + 1
            elif letter.isalnum() and not (letter == "0" and not end):
                break
        if not rest:
            return ((0, end),)
    return ()
