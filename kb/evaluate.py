"""Retrieval quality and speed on a BEIR folder, through the real library.

A BEIR folder holds `corpus.jsonl[.gz]` ({"_id", "title", "text"}), `queries.jsonl[.gz]`
({"_id", "text"}) and `qrels.tsv` or `qrels/test.tsv` (query-id, corpus-id, score, with a header).
The documents go into a temporary library of their own; nothing of the user's is touched.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import math
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from kb.access import PUBLIC
from kb.catalog import documents as stored
from kb.errors import BadInput
from kb.i18n import _
from kb.library import Library
from kb.model import Document, Metadata, Page, Source, Span, Value
from kb.results import SearchRequest
from kb.settings import Settings
from kb.vietnamese.normalise import clean, fold

Qrels = Mapping[str, Mapping[str, int]]  # query id -> document id -> relevance
Progress = Callable[[str, int, int], None]  # (what is being done, done, total)

DEPTH = 100  # how deep rankings are judged
STORE_BATCH = 500  # documents a catalog transaction
TITLE_LINES, TITLE_LENGTH = 2, 200


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Means over all judged queries; times in milliseconds of a whole search with ten results,
    facets and passages; documents per second from text to searchable."""

    ndcg_10: float
    recall_10: float
    recall_100: float
    mrr_10: float
    p50_ms: float
    p95_ms: float
    docs_per_s: float
    queries: int
    documents: int
    engine: str
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
            "docs_per_s": round(self.docs_per_s, 1),
            "queries": self.queries,
            "documents": self.documents,
            "engine": self.engine,
        }


def evaluate(
    folder: Path,
    settings: Settings,
    *,
    queries: Path | None = None,
    qrels: Path | None = None,
    unaccented: bool = False,
    progress: Progress | None = None,
) -> Evaluation:
    """Index the folder's corpus, run its queries, judge them. Raises BadInput for a bad folder."""
    questions = read_queries(queries or _existing(folder, "queries.jsonl", "queries.jsonl.gz"))
    judged = read_qrels(qrels or _existing(folder, "qrels.tsv", "qrels/test.tsv"))
    wanted = {name: text for name, text in questions.items() if judged.get(name)}
    if not wanted:
        raise BadInput(_("Không câu hỏi nào trong {folder} có đánh giá.").format(folder=folder))
    with tempfile.TemporaryDirectory(prefix="tracuu-evaluate-") as home:
        own = replace(settings, home=Path(home), database_url="")
        with Library.writing(own) as library:
            started = time.perf_counter()
            names = fill(library, folder, progress)
            docs_per_s = len(names) / (time.perf_counter() - started)
            runs, times = _run(library, wanted, names, unaccented, progress)
    scores = {name: ndcg(runs[name], judged[name], 10) for name in wanted}
    ordered = sorted(times)
    return Evaluation(
        ndcg_10=statistics.fmean(scores.values()),
        recall_10=statistics.fmean(recall(runs[q], judged[q], 10) for q in wanted),
        recall_100=statistics.fmean(recall(runs[q], judged[q], DEPTH) for q in wanted),
        mrr_10=statistics.fmean(reciprocal_rank(runs[q], judged[q], 10) for q in wanted),
        p50_ms=statistics.median(ordered),
        p95_ms=ordered[min(len(ordered) - 1, math.ceil(0.95 * len(ordered)) - 1)],
        docs_per_s=docs_per_s,
        queries=len(wanted),
        documents=len(names),
        engine=settings.engine,
        per_query=scores,
    )


# ---------------------------------------------------------------- measures


def ndcg(ranking: Sequence[str], relevant: Mapping[str, int], depth: int) -> float:
    """Normalised discounted cumulative gain, linear gains (as trec_eval)."""
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


# ---------------------------------------------------------------- running


def _run(
    library: Library,
    questions: Mapping[str, str],
    names: Mapping[str, str],
    unaccented: bool,
    progress: Progress | None,
) -> tuple[dict[str, list[str]], list[float]]:
    runs, times = {}, []
    library.search(SearchRequest(query="văn bản"), PUBLIC)  # open files, load the segmenter
    for done, (name, question) in enumerate(questions.items(), 1):
        text = fold(question) if unaccented else question
        results = library.search(SearchRequest(query=text), PUBLIC)
        times.append(results.took_ms)
        runs[name] = [names[i] for i in library.ranking(text, PUBLIC, DEPTH)]
        if progress is not None:
            progress("search", done, len(questions))
    return runs, times


def fill(library: Library, folder: Path, progress: Progress | None = None) -> dict[str, str]:
    """Store and index the folder's corpus in a library open for writing; catalog id -> name in the
    corpus. Raises BadInput for a bad folder."""
    corpus = _existing(folder, "corpus.jsonl", "corpus.jsonl.gz")
    names = _store(library, _documents(corpus), progress)
    library.reindex(progress=lambda done, total: progress("index", done, total) if progress else None)
    return names


def _store(
    library: Library, documents: Iterable[Document], progress: Progress | None
) -> dict[str, str]:
    """Keep the documents; catalog id -> name in the corpus."""
    names: dict[str, str] = {}
    iterator = iter(documents)
    while batch := list(islice(iterator, STORE_BATCH)):
        with library.database.begin() as connection:
            for document in batch:
                names[stored.store(connection, document).id] = document.source.path
        if progress is not None:
            progress("store", len(names), 0)
    return names


def _documents(path: Path) -> Iterator[Document]:
    for entry in _json_lines(path):
        name, title = str(entry["_id"]), clean(str(entry.get("title") or "")).strip()
        text = clean(str(entry.get("text") or ""))
        if title:
            text = f"{title}\n\n{text}"
            span = Span(0, len(title))
        else:
            span = leading_title(text)
        # The name joins the hash: two entries with the same text are judged apart.
        digest = hashlib.sha256(f"{name}\0{text}".encode()).hexdigest()
        found = Value(text[span.start : span.end], 1.0, span, "beir") if span.end else None
        yield Document(
            source=Source(name, digest, len(text), 0),
            format="txt",
            text=text,
            pages=(Page(1, 0, len(text)),),
            metadata=Metadata(title=found),
        )


def leading_title(text: str) -> Span:
    """The heading a plain text begins with: one or two short lines before an empty line.

    Empty where the text begins with its body.
    """
    head, gap, rest = text.partition("\n\n")
    lines = head.split("\n")
    is_title = gap and rest.strip() and len(lines) <= TITLE_LINES
    if not is_title or any(len(line) > TITLE_LENGTH for line in lines):
        return Span(0, 0)
    return Span(0, len(head))


# ---------------------------------------------------------------- files


def _existing(folder: Path, *names: str) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise BadInput(
        _("Thư mục {folder} không có {names}.").format(folder=folder, names=_(" hoặc ").join(names)),
        _("Thư mục BEIR gồm corpus.jsonl, queries.jsonl và qrels.tsv."),
    )


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    number = 0
    try:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, 1):  # noqa: B007 - named in the error below
                if line.strip():
                    entry = json.loads(line)
                    entry["_id"]
                    yield entry
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(
            _("{path}, dòng {number}: không đọc được ({error}).").format(
                path=path, number=number, error=error
            )
        ) from error


def read_queries(path: Path) -> dict[str, str]:
    """Query texts by id. Raises BadInput naming the bad line."""
    return {str(entry["_id"]): str(entry.get("text") or "") for entry in _json_lines(path)}


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Relevance by query id and document id. Raises BadInput where the file cannot be read."""
    qrels: dict[str, dict[str, int]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if len(row) >= 3 and row[2].lstrip("-").isdigit():
                    qrels.setdefault(row[0], {})[row[1]] = int(row[2])
    except (OSError, ValueError) as error:
        raise BadInput(_("Không đọc được {path}: {error}").format(path=path, error=error)) from error
    return qrels
