"""States of validity among the plain words: "còn hiệu lực", "đã hết hiệu lực"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kb.model import Span
from kb.query.understanding import clauses
from kb.query.understanding.phrases import Phrases
from kb.query.understanding.recognised import Recognised, overlaps
from kb.query.understanding.runs import Run
from kb.relations import labels, validity
from kb.results import Understood

_WORDS = {
    validity.IN_FORCE: ("còn hiệu lực", "đang có hiệu lực", "hiện hành", "đang còn hiệu lực"),
    validity.EXPIRED: ("hết hiệu lực", "đã hết hiệu lực", "không còn hiệu lực", "bị bãi bỏ"),
    validity.NOT_YET: ("chưa có hiệu lực",),
    validity.PARTLY: ("hết hiệu lực một phần",),
}


def states_named(run: Run, taken: Sequence[Span]) -> Iterator[Recognised]:
    """The states a run names outside of `taken`, each once."""
    told = set()
    for state, first, after in _names().find(run.tokens):
        span = run.span(run.tokens[first].start, run.tokens[after - 1].end)
        if state in told or overlaps(span, taken):
            continue
        told.add(state)
        ranks, stands_for = clauses.state(state)
        written = run.text[span.start - run.start : span.end - run.start]
        understood = Understood(
            "validity",
            written,
            state,
            label=labels.state(state),
            span=span,
            filters=(("validity", state),),
            soft=True,
        )
        yield Recognised(understood, ranks, stands_for)


@lru_cache(maxsize=1)
def _names() -> Phrases:
    return Phrases((name, state) for state, names in _WORDS.items() for name in names)
