"""Quality and speed of search on BEIR folders, beside SQLite FTS5 as a peer in the same run.

    python benchmarks/retrieval.py                      every set, tantivy
    python benchmarks/retrieval.py xquad-vi --engine whoosh --engine tantivy

Ours is the whole Library.search: ten results with facets and passages. The peer only ranks ids
(`MATCH … ORDER BY bm25`, any word, `unicode61 remove_diacritics 2`), so its time is a lower bound.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sqlite3
import statistics
import time
from pathlib import Path

from common import data_folder, save, table

from kb.evaluate import Evaluation, evaluate, ndcg, read_qrels, read_queries
from kb.settings import Settings
from kb.vietnamese.normalise import clean, fold

SETS = ("alqac2023", "xquad-vi", "tthc", "phapdien", "vietnews-val")
_WORD = re.compile(r"[^\W_]+")


def main() -> None:
    """Measure the sets asked for and keep the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--engine", action="append", choices=["tantivy", "whoosh"])
    parser.add_argument("--name", default="retrieval", help="name of the result file")
    options = parser.parse_args()
    engines = options.engine or ["tantivy"]
    rows = []
    for name in options.sets:
        folder = data_folder() / "retrieval" / name
        for unaccented in (False, True):
            label = f"{name}{' (no accents)' if unaccented else ''}"
            for engine in engines:
                settings = Settings(home=Path("unused"), engine=engine)
                found = evaluate(folder, settings, unaccented=unaccented)
                rows.append([label, engine, *_ours(found)])
                print("  ".join(rows[-1]), flush=True)
            rows.append([label, "fts5", *_peer(folder, unaccented)])
            print("  ".join(rows[-1]), flush=True)
    header = [
        "set",
        "engine",
        "nDCG@10",
        "R@10",
        "R@100",
        "MRR@10",
        "p50_ms",
        "p95_ms",
        "docs/s",
        "docs",
    ]
    command = f"python benchmarks/retrieval.py {' '.join(options.sets)}".strip()
    command += "".join(f" --engine {engine}" for engine in engines)
    save(options.name, "Search quality and speed", command, table(header, rows))


def _ours(found: Evaluation) -> list[str]:
    quality = (found.ndcg_10, found.recall_10, found.recall_100, found.mrr_10)
    times = (found.p50_ms, found.p95_ms, found.docs_per_s)
    return [*(f"{q:.4f}" for q in quality), *(f"{t:.1f}" for t in times), str(found.documents)]


def _peer(folder: Path, unaccented: bool) -> list[str]:
    """The same figures for SQLite FTS5."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE docs"
        " USING fts5(name UNINDEXED, text, tokenize='unicode61 remove_diacritics 2')"
    )
    started = time.perf_counter()
    count = 0
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            text = clean(f"{entry.get('title') or ''}\n{entry['text']}")
            database.execute("INSERT INTO docs VALUES (?, ?)", (entry["_id"], text))
            count += 1
    database.commit()
    docs_per_s = count / (time.perf_counter() - started)
    qrels = read_qrels(folder / "qrels.tsv")
    scores, times = [], []
    for name, question in read_queries(folder / "queries.jsonl").items():
        if not qrels.get(name):
            continue
        words = _WORD.findall(fold(question) if unaccented else clean(question))
        match = " OR ".join(f'"{word}"' for word in words)
        before = time.perf_counter()
        rows = database.execute(
            "SELECT name FROM docs WHERE docs MATCH ? ORDER BY bm25(docs) LIMIT 10", (match,)
        ).fetchall()
        times.append((time.perf_counter() - before) * 1000)
        scores.append(ndcg([row[0] for row in rows], qrels[name], 10))
    times.sort()
    p95 = times[int(0.95 * (len(times) - 1))]
    figures = [f"{statistics.median(times):.1f}", f"{p95:.1f}", f"{docs_per_s:.1f}", str(count)]
    return [f"{statistics.fmean(scores):.4f}", "", "", "", *figures]


if __name__ == "__main__":  # child processes import this file
    main()
