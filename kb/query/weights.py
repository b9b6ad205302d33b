"""What each part of a match is worth. Chosen by measurement: docs/ranking.md, benchmarks/ablation.py.

All of them multiply BM25 of one index field; their sum is a document's score.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Streams:
    """The worth of the token streams in one zone of a document."""

    word: float
    syllable: float
    pair: float


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights of the words of a query. Those of names in it: kb.query.understanding.clauses."""

    body: Streams = Streams(word=1.4, syllable=0.5, pair=0.5)
    title: Streams = Streams(word=0.3, syllable=0.15, pair=0.15)
    lead: Streams = Streams(word=0.4, syllable=0.4, pair=0.15)
    # A syllable typed without accents, with any accents in the text: in a query that has some; in
    # one without, beside the accents it probably means; and where those are not known.
    fold_typed: float = 0.05
    fold_restored: float = 0.3
    fold_only: float = 1.0
    interrogative: float = 0.2  # factor for "bao nhiêu", "là gì": few answers repeat them
    phrase: float = 2.0
    phrase_folded: float = 0.2  # factor for a phrase with other accents or none


DEFAULT = Weights()
