"""A query's plain words read for everything they can name, the surest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from kb.model import Span
from kb.query.ast import Parsed
from kb.query.understanding.kinds import kinds_named
from kb.query.understanding.periods import periods_named
from kb.query.understanding.persons import persons_named
from kb.query.understanding.recognised import Recognised
from kb.query.understanding.runs import Run, runs
from kb.query.understanding.symbols import symbols_named
from kb.query.understanding.topics import topics_named
from kb.query.understanding.units import units_named
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
    yield from (*symbols, *periods, *persons, *units)
    yield from kinds_named(run, _spans(symbols, periods, persons, units))
    yield from topics_named(run, _spans(symbols, persons, units))  # "tổng kết năm 2019" is both


def _spans(*found: Sequence[Recognised]) -> list[Span]:
    return [each.span for some in found for each in some]
