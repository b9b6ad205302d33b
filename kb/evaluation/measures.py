"""Measures of one ranking against the judgements of its query, as trec_eval defines them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


def ndcg(ranking: Sequence[str], relevant: Mapping[str, int], depth: int) -> float:
    """Normalised discounted cumulative gain, linear gains."""
    gain = sum(
        relevant.get(name, 0) / math.log2(rank + 1) for rank, name in enumerate(ranking[:depth], 1)
    )
    best = sorted(relevant.values(), reverse=True)[:depth]
    ideal = sum(value / math.log2(rank + 1) for rank, value in enumerate(best, 1))
    return gain / ideal if ideal else 0.0


def recall(ranking: Sequence[str], relevant: Mapping[str, int], depth: int) -> float:
    """Share of the relevant documents among the first `depth`."""
    wanted = {name for name, value in relevant.items() if value > 0}
    return len(wanted.intersection(ranking[:depth])) / len(wanted) if wanted else 0.0


def reciprocal_rank(ranking: Sequence[str], relevant: Mapping[str, int], depth: int) -> float:
    """One over the rank of the first relevant document, 0 below `depth`."""
    for rank, name in enumerate(ranking[:depth], 1):
        if relevant.get(name, 0) > 0:
            return 1.0 / rank
    return 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` (not empty) that at least `share` (0..1) of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
