"""A query's plain words read for everything they can name, the surest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from kb.engines.port import Bool, Boost, Query
from kb.model import Span
from kb.query.ast import Parsed
from kb.query.understanding.clauses import IN_QUESTION, guidance, recency, together
from kb.query.understanding.kinds import kinds_named
from kb.query.understanding.periods import periods_named
from kb.query.understanding.persons import persons_named
from kb.query.understanding.recognised import Recognised, overlaps
from kb.query.understanding.runs import Run, runs
from kb.query.understanding.states import states_named
from kb.query.understanding.symbols import symbols_named
from kb.query.understanding.topics import topics_named
from kb.query.understanding.units import units_named
from kb.vietnamese.questions import is_question
from kb.vietnamese.unit_typed import KnownUnits

# What is said on purpose; a topic is guessed from common words.
_SURE = frozenset(("symbol", "kind", "unit", "person", "period", "date", "validity"))


def understand(
    parsed: Parsed,
    *,
    known: KnownUnits = lambda starts: {},
    today: date | None = None,
    ignore: Collection[str] = (),
) -> tuple[tuple[Recognised, ...], tuple[Recognised, ...]]:
    """What the plain words of a query name, in the order they stand there, and what of it to ignore.

    `known` tells which units exist (see kb.vietnamese.unit_typed), `today` what "năm ngoái" means.
    `ignore` holds keys (`Understood.key`) of what is to be taken as plain words only. Of parts
    that overlap the earlier reading counts: symbols, periods, persons, units; a kind and a topic may
    share their words ("quy chế phối hợp"). Never raises.
    """
    day = today or date.today()
    used: list[Recognised] = []
    ignored: list[Recognised] = []
    for run in runs(parsed):
        seen: dict[tuple[str, int], Recognised] = {}
        for each in sorted(_read(run, known, day), key=lambda each: each.span.start):
            seen.setdefault((each.told.key, each.span.start), each)
        ignored += (each for each in seen.values() if each.told.key in ignore)
        used += _in_one([each for each in seen.values() if each.told.key not in ignore], run)
    return tuple(used), tuple(ignored)


def _read(run: Run, known: KnownUnits, today: date) -> Iterator[Recognised]:
    symbols = list(symbols_named(run, today))
    periods = list(periods_named(run, _spans(symbols), today))
    persons = list(persons_named(run, _spans(symbols, periods)))
    units = list(units_named(run, _spans(symbols, periods, persons), known, today))
    kinds = list(kinds_named(run, _spans(symbols, periods, persons, units)))
    states = list(states_named(run, _spans(symbols, persons, units)))
    topics = list(topics_named(run, _spans(symbols, persons, units)))  # "tổng kết năm 2019" is both
    subject = [*kinds, *topics]
    if not (symbols or periods) and _dominate(subject, run):
        # Whoever asks for a kind or a topic as such means what holds now.
        priors = (recency(today),) if kinds else (recency(today), guidance())
        ranks = tuple(query for query in (subject[0].ranks, *priors) if query is not None)
        subject[0] = replace(subject[0], ranks=Bool(should=ranks, minimum=1))
    found = (*symbols, *periods, *persons, *units, *states, *subject)
    yield from map(_less, found) if is_question(run.tokens) else found


def _in_one(found: Sequence[Recognised], run: Run) -> Iterator[Recognised]:
    """`found`, and documents that have all of it above those that have some."""
    conditions: dict[Span, list[Query]] = {}
    for each in found:
        if each.told.kind in _SURE and each.stands_for is not None:
            conditions.setdefault(each.span, []).append(each.has or each.stands_for)
    if len(conditions) < 2 or is_question(run.tokens):
        yield from found
        return
    any_meaning = [Bool(should=tuple(each), minimum=1) for each in conditions.values()]
    first = found[0]
    ranks = (*((first.ranks,) if first.ranks else ()), together(any_meaning))
    yield replace(first, ranks=Bool(should=ranks, minimum=1))
    yield from found[1:]


def _less(found: Recognised) -> Recognised:
    """As part of a question."""
    return replace(found, ranks=Boost(found.ranks, IN_QUESTION)) if found.ranks else found


def _dominate(found: Sequence[Recognised], run: Run) -> bool:
    """Do these name at least half of the words?"""
    spans = _spans(found)
    named = [token for token in run.tokens if overlaps(run.span(token.start, token.end), spans)]
    return bool(spans) and 2 * len(named) >= len(run.tokens)


def _spans(*found: Sequence[Recognised]) -> list[Span]:
    return [each.span for some in found for each in some]
