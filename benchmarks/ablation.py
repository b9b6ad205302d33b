"""What each part of the ranking is worth: nDCG@10 with one weight changed at a time.

    python benchmarks/ablation.py                       every variant on every set; the result is kept
    python benchmarks/ablation.py tthc --only title     only printed
    python benchmarks/ablation.py --every 4             a quarter of the queries

Runs on the libraries that quality.py keeps in var/evaluation, and makes them where they are missing.
"""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import fmean

from common import HOMES, MODES, SETS, data_folder, save, table

from kb.access import PUBLIC
from kb.evaluation.beir import BeirSet
from kb.evaluation.indexed import Indexed, indexed
from kb.evaluation.measures import ndcg
from kb.evaluation.run import typed
from kb.library import Library
from kb.query.weights import DEFAULT, Streams, Weights
from kb.settings import Settings

_BODY, _TITLE, _LEAD = DEFAULT.body, DEFAULT.title, DEFAULT.lead
_NONE = Streams(0.0, 0.0, 0.0)


def _times(streams: Streams, factor: float) -> Streams:
    return Streams(streams.word * factor, streams.syllable * factor, streams.pair * factor)


VARIANTS: Mapping[str, Weights] = {
    "as it is": DEFAULT,
    "no words": replace(
        DEFAULT,
        body=replace(_BODY, word=0.0),
        title=replace(_TITLE, word=0.0),
        lead=replace(_LEAD, word=0.0),
    ),
    "no syllables": replace(
        DEFAULT,
        body=replace(_BODY, syllable=0.0),
        title=replace(_TITLE, syllable=0.0),
        lead=replace(_LEAD, syllable=0.0),
    ),
    "no pairs": replace(
        DEFAULT,
        body=replace(_BODY, pair=0.0),
        title=replace(_TITLE, pair=0.0),
        lead=replace(_LEAD, pair=0.0),
    ),
    "no title": replace(DEFAULT, title=_NONE),
    "title x 2": replace(DEFAULT, title=_times(_TITLE, 2.0)),
    "no lead": replace(DEFAULT, lead=_NONE),
    "lead x 0.5": replace(DEFAULT, lead=_times(_LEAD, 0.5)),
    "lead x 2": replace(DEFAULT, lead=_times(_LEAD, 2.0)),
    "no pairs in the lead": replace(DEFAULT, lead=replace(_LEAD, pair=0.0)),
    "only words in the title": replace(DEFAULT, title=Streams(_TITLE.word, 0.0, 0.0)),
    "words 1": replace(DEFAULT, body=replace(_BODY, word=1.0)),
    "words 2": replace(DEFAULT, body=replace(_BODY, word=2.0)),
    "pairs 0.25": replace(DEFAULT, body=replace(_BODY, pair=0.25)),
    "pairs 1": replace(DEFAULT, body=replace(_BODY, pair=1.0)),
    "interrogatives in full": replace(DEFAULT, interrogative=1.0),
    "interrogatives 0": replace(DEFAULT, interrogative=0.0),
    "no fold beside restored": replace(DEFAULT, fold_restored=0.0),
    "fold 0.6 beside restored": replace(DEFAULT, fold_restored=0.6),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the variants; keep the table of all of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--only", action="append", help="variants whose name holds this")
    parser.add_argument("--every", type=int, default=1, help="run every Nth query")
    parser.add_argument("--engine", default="tantivy", choices=["tantivy", "whoosh"])
    parser.add_argument("--homes", type=Path, default=HOMES, help="where the libraries are kept")
    options = parser.parse_args(arguments)
    chosen = {
        name: weights
        for name, weights in VARIANTS.items()
        if weights == DEFAULT or not options.only or any(part in name for part in options.only)
    }
    columns: dict[str, dict[str, float]] = {}  # heading of a column -> variant -> nDCG@10
    for name in options.sets:
        data = BeirSet.open(data_folder() / "retrieval" / name)
        home = options.homes / name
        with indexed(data, Settings(home=home, engine=options.engine), home=home) as found:
            for unaccented, mode in MODES.items():
                column = columns.setdefault(name if mode == "accents" else f"{name} -", {})
                for variant, weights in chosen.items():
                    column[variant] = score(
                        data, found, weights, unaccented=unaccented, every=options.every
                    )
                    print(f"{name}, {mode}, {variant}: {column[variant]:.4f}", flush=True)
    body = variants_table(columns)
    if set(options.sets) >= set(SETS) and len(chosen) == len(VARIANTS):
        part = f" --every {options.every}" * (options.every > 1)
        save("ablation", "nDCG@10 with other weights", f"python benchmarks/ablation.py{part}", body)
    else:
        print(f"\n{body}")


def score(
    data: BeirSet, found: Indexed, weights: Weights, *, unaccented: bool, every: int = 1
) -> float:
    """Mean nDCG@10 of the queries with these weights."""
    texts = typed(data.queries, unaccented=unaccented)
    with contextlib.closing(Library.open(found.library.settings)) as library:
        library.weights = weights
        return fmean(
            ndcg([found.names[i] for i in library.ranking(text, PUBLIC, 10)], data.qrels[query], 10)
            for query, text in islice(texts.items(), 0, None, every)
        )


def variants_table(columns: Mapping[str, Mapping[str, float]]) -> str:
    """A line a variant: the first with its figures, the others as differences from it, and the mean."""
    variants = list(next(iter(columns.values())))
    first = variants[0]
    rows = []
    for variant in variants:
        figures = [column[variant] for column in columns.values()]
        if variant != first:
            figures = [column[variant] - column[first] for column in columns.values()]
        shape = ".4f" if variant == first else "+.4f"
        rows.append([variant, *(format(figure, shape) for figure in (*figures, fmean(figures)))])
    return table(["variant", *columns, "mean"], rows) + "\n\nname -: without accents"


if __name__ == "__main__":  # child processes import this file
    main()
