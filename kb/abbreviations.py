"""What abbreviations mean to a principal: the table and the documents the principal may see.

Loaded once for each state of the catalog and set of labels; a search asks only for the state.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from threading import Lock

from sqlalchemy.engine import Connection

from kb.access import Principal
from kb.catalog import abbreviations as mined
from kb.catalog import reading
from kb.model import Span
from kb.vietnamese.abbreviation_lookup import Counted, Lookup, Meaning
from kb.vietnamese.abbreviations import sense

_KEPT = 8  # sets of labels at a time
_CONTEXT = 120  # characters around the evidence that may belong to its sentence
_SENTENCE_END = re.compile(r"[.!?;](?=\s)|\n")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Example:
    """A document that explains an abbreviation: the sentence, and where the pair stands in the text."""

    document_id: str
    sentence: str
    span: Span


@dataclass(frozen=True, slots=True)
class ExplainedMeaning:
    """A meaning, with a document that gives it where the principal may see one."""

    meaning: Meaning
    example: Example | None


class Abbreviations:
    """The look-ups of one catalog, kept until it changes. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: int | None = None
        self._lookups: dict[frozenset[str], Lookup] = {}

    def lookup(self, connection: Connection, principal: Principal) -> Lookup:
        """What the principal may know now."""
        state = mined.state(connection)
        with self._lock:
            known = self._lookups.get(principal.labels) if state == self._state else None
        if known is not None:
            return known
        fresh = Lookup(_counted(connection, principal))
        with self._lock:
            if state != self._state or len(self._lookups) >= _KEPT:
                self._state, self._lookups = state, {}
            self._lookups[principal.labels] = fresh
        return fresh

    def explain(
        self, connection: Connection, text: str, principal: Principal
    ) -> list[ExplainedMeaning]:
        """The meanings of an abbreviation and the abbreviations of a phrase, best first."""
        lookup = self.lookup(connection, principal)
        found = dict.fromkeys((*lookup.meanings(text.strip()), *lookup.abbreviations_of(text)))
        return [ExplainedMeaning(item, _example(connection, item, principal)) for item in found]


def _counted(connection: Connection, principal: Principal) -> list[Counted]:
    counts: Counter[tuple[str, str]] = Counter()
    for group in mined.groups(connection):
        if principal.may_see(group.label):
            counts[group.abbreviation, group.expansion] += group.documents
    return [Counted(short, long, count) for (short, long), count in sorted(counts.items())]


def _example(connection: Connection, meaning: Meaning, principal: Principal) -> Example | None:
    if not meaning.documents:
        return None
    words = sense(meaning.expansion)
    found = mined.evidence(connection, meaning.abbreviation, principal.labels)
    for item in found:
        if sense(item.expansion) == words:
            stored = reading.load(connection, [item.document_id])
            if stored:
                sentence = _sentence(stored[0].document.text, item.span)
                return Example(item.document_id, sentence, item.span)
    return None


def _sentence(text: str, span: Span) -> str:
    """The sentence around the evidence on one line, cut where it is long."""
    before = text[max(0, span.start - _CONTEXT) : span.start]
    cut = max((match.end() for match in _SENTENCE_END.finditer(before)), default=None)
    if cut is None:
        cut = before.find(" ") + 1 if span.start > _CONTEXT else 0
    behind = text[span.end : span.end + _CONTEXT]
    end = _SENTENCE_END.search(behind)
    last = end.end() if end else max(behind.rfind(" "), 0) if len(behind) == _CONTEXT else len(behind)
    return _BLANKS.sub(" ", before[cut:] + text[span.start : span.end] + behind[:last]).strip()
