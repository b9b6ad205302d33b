"""Where the time of a search goes: p50 and p95 of each stage of the whole Library.search.

    python benchmarks/search_stages.py                               phapdien, tantivy
    python benchmarks/search_stages.py tthc --engine whoosh
    python benchmarks/search_stages.py --home /tmp/stages            keeps the index there for next time

Ten results with facets and passages. Stages are timed by wrapping the functions they are made of, so
they are those of the product; a stage inside another one is indented. CPU time of the thread that
searches, where --cpu is given: on a machine with other work that is the steadier figure.
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from common import HOMES, data_folder, save, table

import kb.finding
import kb.search
from kb.access import PUBLIC
from kb.engines import registry, tantivy
from kb.evaluation.beir import BeirSet
from kb.evaluation.indexed import indexed
from kb.library import Library
from kb.results import SearchRequest
from kb.settings import Settings
from kb.vietnamese.normalise import fold

DEFAULT = "phapdien"


class Stages:
    """Adds up the time spent in the wrapped functions, query by query."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.times: dict[str, list[float]] = {}

    def begin(self) -> None:
        """The next query starts."""
        for times in self.times.values():
            times.append(0.0)

    def wrap(self, owner: Any, name: str, stage: str) -> None:
        """Time `owner.name` under `stage`."""
        original = getattr(owner, name)
        times = self.times.setdefault(stage, [])

        def timed(*args: Any, **kwargs: Any) -> Any:
            started = self.clock()
            try:
                return original(*args, **kwargs)
            finally:
                if times:
                    times[-1] += (self.clock() - started) * 1000

        setattr(owner, name, timed)


def main() -> None:
    """Measure and keep the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("set", nargs="?", default=DEFAULT)
    parser.add_argument("--engine", default="tantivy", choices=registry.NAMES)
    parser.add_argument("--home", type=Path, help="where to keep, or find, the library")
    parser.add_argument("--queries", type=int, default=1000, help="how many of the set's queries")
    parser.add_argument("--no-accents", action="store_true")
    parser.add_argument("--cpu", action="store_true")
    options = parser.parse_args()
    data = BeirSet.open(data_folder() / "retrieval" / options.set)
    stages = Stages(time.thread_time if options.cpu else time.perf_counter)
    questions = list(data.queries.values())[: options.queries]
    if options.no_accents:
        questions = list(map(fold, questions))
    home = options.home or HOMES / options.set
    with indexed(data, Settings(home=home, engine=options.engine), home=home) as found:
        library = found.library
        library.search(SearchRequest(query="văn bản"), PUBLIC)  # open files, load the segmenter
        _wrap(stages, options.engine)
        for question in questions:
            stages.begin()
            library.search(SearchRequest(query=question), PUBLIC)
    rows = [
        [stage, *(f"{figure(times):.2f}" for figure in (statistics.fmean, statistics.median, _p95))]
        for stage, times in stages.times.items()
    ]
    command = f"python benchmarks/search_stages.py {options.set} --engine {options.engine}"
    command += " --no-accents" * options.no_accents + " --cpu" * options.cpu
    kind = "CPU" if options.cpu else "wall"
    title = f"Stages of a search, {len(questions)} queries, ms ({kind})"
    name = f"stages-{options.set}-{options.engine}" + "-no-accents" * options.no_accents
    save(name, title, command, table(["stage", "mean", "p50", "p95"], rows))


def _wrap(stages: Stages, engine: str) -> None:
    stages.wrap(Library, "search", "whole search")
    stages.wrap(kb.finding.Finder, "parse", "  parse")
    stages.wrap(kb.finding, "understand", "  understand")
    stages.wrap(kb.finding, "plan", "  plan")
    stages.wrap(registry.get(engine), "search", "  engine")
    if engine == "tantivy":
        stages.wrap(tantivy.Best, "hits", "    best hits")
        stages.wrap(tantivy.Page, "hits", "    other hits")
        stages.wrap(tantivy, "_counted", "    facets (beside the hits)")
    stages.wrap(registry.get(engine), "refresh", "  refresh")
    stages.wrap(kb.finding.Finder, "suggestion", "  did you mean")
    stages.wrap(kb.search, "facet", "  facet labels")
    stages.wrap(kb.search.Searcher, "_hits", "  hits shown")
    stages.wrap(kb.search.reading, "load_shown", "    catalog")
    stages.wrap(kb.search, "best_passages", "    passages")


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, math.ceil(0.95 * len(times)) - 1)]


if __name__ == "__main__":  # child processes import this file
    main()
