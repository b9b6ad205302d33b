"""What `quality.py` keeps: figures and scores a program can read, and the tables made of them.

Only ids, ranks and figures of the sets are written, never their texts.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from common import table

from kb.evaluation.beir import BeirSet
from kb.evaluation.run import Evaluation

MOST = 10  # queries of each list

# What the project aims at: nDCG@10 of queries with accents; without, this much less at the most.
TARGETS = {"alqac2023": 0.92, "xquad-vi": 0.975, "tthc": 0.78, "phapdien": 0.60, "vietnews-val": 0.88}
ACCENTS_WORTH = 0.01


@dataclass(frozen=True, slots=True)
class Run:
    """One system on one set in one mode ("accents", "no accents")."""

    name: str
    mode: str
    system: str
    found: Evaluation

    @property
    def key(self) -> str:
        """Names the run in the kept file."""
        return f"{self.name}/{self.mode}/{self.system}"


# ---------------------------------------------------------------- machine-readable

Kept = Mapping[str, Mapping[str, Any]]  # Run.key -> {"figures": {...}, "ndcg@10": {query: score}}


def load(path: Path) -> Kept:
    """What the last run kept; nothing where there was none."""
    if not path.exists():
        return {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        kept: Kept = json.load(file)
    return kept


def save(path: Path, runs: Iterable[Run]) -> None:
    """Keep figures and nDCG@10 of every query. The same runs make the same bytes."""
    kept = {
        run.key: {
            "figures": run.found.to_json(),
            "ndcg@10": {query: round(score, 4) for query, score in run.found.per_query.items()},
        }
        for run in runs
    }
    content = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(content.encode("utf-8"), mtime=0))


# ---------------------------------------------------------------- the table


def figures_table(runs: Sequence[Run], before: Kept) -> str:
    """A line a run, with what the last run kept beside it."""
    header = [
        "set", "system", "nDCG@10", "before", "change", "better", "worse", "target",
        "R@10", "R@100", "MRR@10", "p50_ms", "p95_ms", "before",
    ]  # fmt: skip
    rows = []
    for run in runs:
        found, old = run.found, before.get(run.key)
        target = _target(run, runs)
        label = run.name if run.mode == "accents" else f"{run.name} ({run.mode})"
        row = [label, run.system, f"{found.ndcg_10:.4f}"]
        if old is None:
            row += ["", "", "", ""]
        else:
            was = old["figures"]["ndcg@10"]
            row += [f"{was:.4f}", f"{round(found.ndcg_10, 4) - was:+.4f}"]
            row += _changed(found.per_query, old["ndcg@10"])
        row.append("" if target is None else f"{target:.4f}")
        row += [f"{q:.4f}" for q in (found.recall_10, found.recall_100, found.mrr_10)]
        row += [f"{found.p50_ms:.1f}", f"{found.p95_ms:.1f}"]
        row.append("" if old is None else f"{old['figures']['p95_ms']:.1f}")
        rows.append(row)
    return table(header, rows)


def _changed(now: Mapping[str, float], before: Mapping[str, float]) -> list[str]:
    """How many queries score better, and worse, than they did; blank where that was not kept."""
    gains = [round(score, 4) - before[query] for query, score in now.items() if query in before]
    if not gains:
        return ["", ""]
    return [str(sum(gain > 0 for gain in gains)), str(sum(gain < 0 for gain in gains))]


def _target(run: Run, runs: Sequence[Run]) -> float | None:
    """What a run of our own should reach; None for a peer and for a set without a target."""
    if run.system != run.found.engine:
        return None
    if run.mode == "accents":
        return TARGETS.get(run.name)
    accented = (r for r in runs if (r.name, r.system, r.mode) == (run.name, run.system, "accents"))
    return next((r.found.ndcg_10 - ACCENTS_WORTH for r in accented), None)


# ---------------------------------------------------------------- wins and losses


def wins_and_losses(data: BeirSet, ours: Run, baseline: Run) -> str:
    """Our ranking against the baseline's, query by query, and our worst queries: ids and ranks."""
    mine, theirs = ours.found, baseline.found
    gains = {query: score - theirs.per_query[query] for query, score in mine.per_query.items()}
    won = sorted((q for q in gains if gains[q] > 0), key=lambda q: (-gains[q], q))
    lost = sorted((q for q in gains if gains[q] < 0), key=lambda q: (gains[q], q))
    title = f"{ours.name}, {ours.mode}: {ours.system} against {baseline.system}"
    counts = f"{len(won)} won, {len(lost)} lost, {len(gains) - len(won) - len(lost)} equal"
    means = f"mean gain {fmean(gains.values()):+.4f}"
    if won:
        means += f", where won {fmean(gains[q] for q in won):+.4f}"
    if lost:
        means += f", where lost {fmean(gains[q] for q in lost):+.4f}"
    parts = [title, "-" * len(title), f"{counts}; {means}"]
    for name, queries in (("won", won[:MOST]), ("lost", lost[:MOST]), ("worst", worst(data, mine))):
        rows = [
            [
                query,
                f"{mine.per_query[query]:.4f}",
                f"{theirs.per_query[query]:.4f}",
                _ranks(data, query, mine),
                _ranks(data, query, theirs),
            ]
            for query in queries
        ]
        if rows:
            parts += ["", table([name, "ours", "baseline", "our ranks", "its ranks"], rows)]
    return "\n".join(parts)


def worst(data: BeirSet, found: Evaluation) -> list[str]:
    """The queries with the lowest nDCG@10 below 1; of equal ones those with the lowest ranks first."""

    def order(query: str) -> tuple[float, float, str]:
        return found.per_query[query], -min(ranks(data, query, found).values(), default=0), query

    return sorted((q for q in found.per_query if found.per_query[q] < 1), key=order)[:MOST]


def ranks(data: BeirSet, query: str, found: Evaluation) -> dict[str, float]:
    """Relevant document -> its rank from 1; infinite below the depth that was looked at."""
    places = {name: rank for rank, name in enumerate(found.rankings[query], 1)}
    return {
        name: places.get(name, float("inf")) for name, value in data.qrels[query].items() if value > 0
    }


def _ranks(data: BeirSet, query: str, found: Evaluation) -> str:
    shown = sorted(ranks(data, query, found).items(), key=lambda item: (item[1], item[0]))
    return " ".join(f"{name}@{'-' if rank == float('inf') else int(rank)}" for name, rank in shown)
