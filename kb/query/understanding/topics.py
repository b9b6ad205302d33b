"""Topics among the plain words: only where the words clearly name one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kb.model import Span
from kb.query.understanding import clauses
from kb.query.understanding.phrases import Phrases
from kb.query.understanding.recognised import Recognised, overlaps
from kb.query.understanding.runs import Run
from kb.results import Understood
from kb.vietnamese import topics
from kb.vietnamese.abbreviations import write_out

MOST = 2  # topics of a query; a long question touches many words of the table


def topics_named(run: Run, taken: Sequence[Span]) -> Iterator[Recognised]:
    """The topics a run names outside of `taken`, those with the longest names, in order."""
    words = run.written_out
    found: dict[str, Span] = {}
    for topic, first, after in _names(topics.state()).find(words):
        span = run.span(words[first].start, words[after - 1].end)
        if topic not in found and not overlaps(span, taken):
            found[topic] = span
    below = {topics.parent(topic) for topic in found}  # "công tác dân vận" in "dân vận khéo"
    told = [topic for topic in found if topic not in below]
    longest = sorted(told, key=lambda topic: found[topic].start - found[topic].end)[:MOST]
    for topic in sorted(longest, key=lambda topic: found[topic].start):
        span = found[topic]
        written = run.text[span.start - run.start : span.end - run.start]
        ranks, stands_for = clauses.topic(topic)
        yield Recognised(
            Understood(
                "topic",
                written,
                topic,
                label=topics.label(topic),
                span=span,
                filters=(("topic", topic),),
                soft=True,
            ),
            ranks,
            stands_for,
        )


@lru_cache(maxsize=2)
def _names(_now: topics.State) -> Phrases:
    named = [(phrase, topic.id) for topic in topics.all() for phrase in (*topic.asked, *topic.strong)]
    # Symbols are cues too, but a query that names one is read as such.
    return Phrases(
        (write_out(phrase), topic) for phrase, topic in named if not any(c.isdigit() for c in phrase)
    )
