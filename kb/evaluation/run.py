"""The queries of a set, run and judged: retrieval quality and speed through the real library."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kb.access import PUBLIC
from kb.evaluation.beir import BeirSet
from kb.evaluation.indexed import Indexed, Progress
from kb.evaluation.measures import ndcg, percentile, recall, reciprocal_rank
from kb.results import SearchRequest
from kb.vietnamese.normalise import fold

DEPTH = 100  # how deep rankings are judged
WARM_UP = 20  # queries before the clock counts: files are opened, the segmenter is loaded


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Means over all judged queries; times in milliseconds of a whole search with ten results,
    facets and passages; documents per second from text to searchable, None where not measured."""

    ndcg_10: float
    recall_10: float
    recall_100: float
    mrr_10: float
    p50_ms: float
    p95_ms: float
    docs_per_s: float | None
    queries: int
    documents: int
    engine: str
    rankings: Mapping[str, Sequence[str]]  # of each query: names in the corpus, best first
    per_query: Mapping[str, float]  # nDCG@10 of each, for comparing two runs

    def to_json(self) -> dict[str, Any]:
        """Plain data with the documented keys (docs/json.md)."""
        return {
            "ndcg@10": round(self.ndcg_10, 4),
            "recall@10": round(self.recall_10, 4),
            "recall@100": round(self.recall_100, 4),
            "mrr@10": round(self.mrr_10, 4),
            "p50_ms": round(self.p50_ms, 2),
            "p95_ms": round(self.p95_ms, 2),
            "docs_per_s": None if self.docs_per_s is None else round(self.docs_per_s, 1),
            "queries": self.queries,
            "documents": self.documents,
            "engine": self.engine,
        }


def evaluate(
    data: BeirSet, found: Indexed, *, unaccented: bool = False, progress: Progress | None = None
) -> Evaluation:
    """Run the queries of `data` on its indexed documents, as written or stripped of their accents."""
    library = found.library
    texts = typed(data.queries, unaccented=unaccented)
    for text in islice(texts.values(), WARM_UP):
        library.search(SearchRequest(query=text), PUBLIC)
    rankings: dict[str, Sequence[str]] = {}
    times = []
    for done, (name, text) in enumerate(texts.items(), 1):
        started = time.perf_counter()
        library.search(SearchRequest(query=text), PUBLIC)
        times.append((time.perf_counter() - started) * 1000)
        rankings[name] = [found.names[i] for i in library.ranking(text, PUBLIC, DEPTH)]
        if progress is not None:
            progress("search", done, len(texts))
    return judge(
        data,
        rankings,
        times,
        engine=library.settings.engine,
        documents=len(found.names),
        docs_per_s=found.docs_per_s,
    )


def typed(queries: Mapping[str, str], *, unaccented: bool) -> dict[str, str]:
    """The queries as they are typed in one of the two modes."""
    return {name: fold(text) if unaccented else text for name, text in queries.items()}


def judge(
    data: BeirSet,
    rankings: Mapping[str, Sequence[str]],
    times: Sequence[float],
    *,
    engine: str,
    documents: int,
    docs_per_s: float | None,
) -> Evaluation:
    """The measures of rankings of all queries of `data`, whatever made them."""
    judged = {name: (rankings[name], data.qrels[name]) for name in data.queries}
    scores = {name: ndcg(*pair, 10) for name, pair in judged.items()}
    return Evaluation(
        ndcg_10=statistics.fmean(scores.values()),
        recall_10=statistics.fmean(recall(*pair, 10) for pair in judged.values()),
        recall_100=statistics.fmean(recall(*pair, DEPTH) for pair in judged.values()),
        mrr_10=statistics.fmean(reciprocal_rank(*pair, 10) for pair in judged.values()),
        p50_ms=statistics.median(times),
        p95_ms=percentile(times, 0.95),
        docs_per_s=docs_per_s,
        queries=len(judged),
        documents=documents,
        engine=engine,
        rankings=rankings,
        per_query=scores,
    )
