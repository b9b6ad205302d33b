"""From documents with scores to one page of hits in the port's order, and to facet counts."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping
from itertools import chain
from operator import itemgetter

from kb.engines.port import EngineHit, Order
from kb.engines.semantics import SCORE_BITS, comparable
from kb.engines.whoosh_snapshot import Snapshot
from kb.engines.whoosh_sum import Scores

DATE_FIELD = "date"  # what newest and oldest sort by
SLACK = 2.0 ** (1 - SCORE_BITS)  # how much rounding can change a score, relatively (and more)
UNDATED = 1 << 40  # after every yyyymmdd

_first = itemgetter(0)


def by_score(snapshot: Snapshot, scores: Scores, offset: int, limit: int) -> list[EngineHit]:
    """The hits of the page, best first, equal scores by id."""
    end = min(offset + limit, len(scores))
    if end <= offset:
        return []
    worst = heapq.nlargest(end, scores.values())[-1]
    worst -= abs(worst) * SLACK
    # Rounding takes time: only what can be on the page is rounded, and equal scores once.
    candidates = [(score, document) for document, score in scores.items() if score >= worst]
    rounded = {score: -comparable(score) for score in set(map(_first, candidates))}
    candidates = [(rounded[score], document) for score, document in candidates]
    return [EngineHit(i, -key) for key, i in _page(snapshot, candidates, offset, end)]


def by_date(
    snapshot: Snapshot, documents: Collection[int], order: Order, offset: int, limit: int
) -> list[EngineHit]:
    """The hits of the page by date, within a day by id, documents without a date last."""
    end = min(offset + limit, len(documents))
    if end <= offset:
        return []
    days = snapshot.numbers(DATE_FIELD)
    sign = -1 if order == "newest" else 1
    keys: list[tuple[float, int]] = [
        (UNDATED if (day := days[d]) is None else sign * day, d) for d in documents
    ]
    return [EngineHit(i, 0.0) for _key, i in _page(snapshot, keys, offset, end)]


def count_facets(
    snapshot: Snapshot, documents: Collection[int], wanted: Mapping[str, int]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """How many of the documents have each value of the wanted fields, most first, then by value."""
    facets = {}
    for field, limit in wanted.items():
        values = snapshot.values(field)
        counts = Counter(chain.from_iterable(map(values.__getitem__, documents)))
        ranked = heapq.nsmallest(limit, counts.items(), key=lambda pair: (-pair[1], pair[0]))
        facets[field] = tuple(ranked)
    return facets


def _page(
    snapshot: Snapshot, keyed: list[tuple[float, int]], offset: int, end: int
) -> list[tuple[float, str]]:
    """The entries from offset to end in the order of (key, id). Reading ids takes time: only those of
    the groups of equal keys that the page touches are read."""
    keyed.sort(key=_first)
    start = bisect_left(keyed, keyed[offset][0], key=_first)
    last = keyed[end - 1][0]
    groups = sorted((key, snapshot.id_at(d)) for key, d in keyed[start:] if key <= last)
    return groups[offset - start : end - start]
