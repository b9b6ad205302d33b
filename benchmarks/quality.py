"""Quality and speed of search on the BEIR sets, with and without accents: `make bench-quality`.

    python benchmarks/quality.py                        every set, tantivy; results are kept
    python benchmarks/quality.py tthc xquad-vi          only printed, beside what was kept
    python benchmarks/quality.py tthc --texts           and the texts of the worst queries

Ours is the whole Library.search: ten results with facets and passages, after some queries to warm up,
p95 over all queries. The peers (peers.py) only rank a hundred ids. `before` is what the last run
kept; `better` and `worse` count the queries whose nDCG@10 changed since.

Kept in benchmarks/results: NAME.txt, NAME-queries.json.gz (nDCG@10 of every query, for the next run)
and NAME-wins-losses.txt (query by query against BM25 of syllables). The texts of the sets are never
kept. Libraries stay in var/evaluation, so that an unchanged analysis is not indexed twice.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from common import HOMES, MODES, RESULTS, SETS, data_folder, save
from peers import Rank, evaluate_peer, fts5, syllable_bm25
from quality_files import Run, figures_table, load, wins_and_losses, worst
from quality_files import save as save_scores

from kb.access import PUBLIC
from kb.evaluation.beir import BeirSet
from kb.evaluation.indexed import Indexed, indexed
from kb.evaluation.run import evaluate, typed
from kb.settings import Settings

SHOWN = 300  # characters of a document that --texts prints


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the sets asked for; keep the results of all sets, or under a name that is given."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--engine", action="append", choices=["tantivy", "whoosh"])
    parser.add_argument("--homes", type=Path, default=HOMES, help="where the libraries are kept")
    parser.add_argument("--name", help="keep the results under another name")
    parser.add_argument("--texts", action="store_true", help="print the texts of the worst queries")
    options = parser.parse_args(arguments)
    engines = options.engine or ["tantivy"]
    runs: list[Run] = []
    reports: list[str] = []
    for name in options.sets:
        data = BeirSet.open(data_folder() / "retrieval" / name)
        peer = fts5(data)
        for engine in engines:
            settings = Settings(home=options.homes / name, engine=engine)
            with indexed(data, settings, home=options.homes / name) as found:
                for unaccented in MODES:
                    ours, baseline, *rest = measure(name, data, found, peer, unaccented=unaccented)
                    # The engine has no part in FTS5: once is enough.
                    runs += [ours, baseline, *(rest if engine == engines[0] else [])]
                    reports.append(wins_and_losses(data, ours, baseline))
                    print(f"{ours.key}: {ours.found.ndcg_10:.4f}", flush=True)
                    if options.texts:
                        show_texts(data, found, ours, unaccented=unaccented)
    keep = options.name or ("quality" if set(options.sets) >= set(SETS) else None)
    scores = RESULTS / f"{keep or 'quality'}-queries.json.gz"
    body = figures_table(runs, load(scores))
    if keep is None:
        print(f"\n{body}\n")
        print("\n\n".join(reports))
        return
    chosen = "" if set(options.sets) == set(SETS) else "".join(f" {name}" for name in options.sets)
    command = f"python benchmarks/quality.py{chosen}"
    command += "".join(f" --engine {engine}" for engine in options.engine or [])
    command += f" --name {options.name}" if options.name else ""
    save(keep, "Search quality and speed", command, body)
    save(f"{keep}-wins-losses", "Query by query", command, "\n\n".join(reports), shown=False)
    save_scores(scores, runs)


def measure(
    name: str, data: BeirSet, found: Indexed, peer: Rank, *, unaccented: bool
) -> tuple[Run, Run, Run]:
    """Ours, the baseline on the same index, and the peer."""
    mode, engine, count = MODES[unaccented], found.library.settings.engine, len(found.names)
    ours = Run(name, mode, engine, evaluate(data, found, unaccented=unaccented))
    others = [
        Run(
            name,
            mode,
            system,
            evaluate_peer(data, rank, engine=of, documents=count, unaccented=unaccented),
        )
        for system, of, rank in (
            (f"{engine} syllables", engine, syllable_bm25(found)),
            ("fts5", "sqlite", peer),
        )
    ]
    return ours, others[0], others[1]


def show_texts(data: BeirSet, found: Indexed, run: Run, *, unaccented: bool) -> None:
    """Print the worst queries, what was right and what came first, for a person to read."""
    ids = {name: document_id for document_id, name in found.names.items()}
    texts = typed(data.queries, unaccented=unaccented)

    def show(label: str, name: str) -> None:
        if name in ids:
            text = found.library.get(ids[name], PUBLIC).document.text
            print(f"  {label} {name}: {' '.join(text.split())[:SHOWN]}")

    for query in worst(data, run.found):
        print(f"\n{query} ({run.found.per_query[query]:.4f}): {texts[query]}")
        for name, value in data.qrels[query].items():
            if value > 0:
                show("right", name)
        for rank, name in enumerate(run.found.rankings[query][:3], 1):
            show(f"#{rank}   ", name)


if __name__ == "__main__":  # child processes import this file
    main()
