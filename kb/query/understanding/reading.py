"""A query's plain words read for everything they can name, the surest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from kb.engines.port import Bool, Boost
from kb.model import Span
from kb.query.ast import Parsed
from kb.query.understanding.clauses import IN_QUESTION, recency
from kb.query.understanding.kinds import kinds_named
from kb.query.understanding.periods import periods_named
from kb.query.understanding.persons import persons_named
from kb.query.understanding.recognised import Recognised, overlaps
from kb.query.understanding.runs import Run, runs
from kb.query.understanding.symbols import symbols_named
from kb.query.understanding.topics import topics_named
from kb.query.understanding.units import units_named
from kb.vietnamese.questions import is_question
from kb.vietnamese.unit_typed import KnownUnits


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
    found = [each for run in runs(parsed) for each in _read(run, known, day)]
    found.sort(key=lambda each: each.span.start)
    seen: dict[tuple[str, int], Recognised] = {}
    for each in found:
        seen.setdefault((each.told.key, each.span.start), each)
    told = tuple(seen.values())
    ignored = frozenset(ignore)
    return (
        tuple(each for each in told if each.told.key not in ignored),
        tuple(each for each in told if each.told.key in ignored),
    )


def _read(run: Run, known: KnownUnits, today: date) -> Iterator[Recognised]:
    symbols = list(symbols_named(run))
    periods = list(periods_named(run, _spans(symbols), today))
    persons = list(persons_named(run, _spans(symbols, periods)))
    units = list(units_named(run, _spans(symbols, periods, persons), known))
    kinds = list(kinds_named(run, _spans(symbols, periods, persons, units)))
    topics = list(topics_named(run, _spans(symbols, persons, units)))  # "tổng kết năm 2019" is both
    subject = [*kinds, *topics]
    if not (symbols or periods) and _dominate(subject, run):
        # Whoever asks for a kind or a topic as such means what holds now.
        ranks = tuple(query for query in (subject[0].ranks, recency(today)) if query is not None)
        subject[0] = replace(subject[0], ranks=Bool(should=ranks, minimum=1))
    found = (*symbols, *periods, *persons, *units, *subject)
    yield from map(_less, found) if is_question(run.tokens) else found


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
