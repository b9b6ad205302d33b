"""Which of the documents on a page of results are the same paper, and which of them is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from kb.near.papers import Paper, Relation, relation
from kb.near.signature import BINS, ROWS


def fold_page(papers: Sequence[Paper]) -> list[list[Paper]]:
    """The papers in their order, those that are the same in one list with the one to be shown first.

    A paper joins a list only if it is the same as all in it: the scan whose number nobody could read
    joins one of two plans, and never makes one of them.
    """
    related = _related(papers)
    groups: list[list[int]] = []
    for at in range(len(papers)):
        home = next((g for g in groups if all((other, at) in related for other in g)), None)
        if home is None:
            groups.append([at])
        else:
            home.append(at)
    return [sorted((papers[at] for at in group), key=standing) for group in groups]


def standing(paper: Paper) -> tuple[bool, int]:
    """Sorts what was signed before its drafts, later drafts before earlier ones."""
    return paper.draft is not None, -(paper.draft or 0)


def _related(papers: Sequence[Paper]) -> dict[tuple[int, int], Relation]:
    found = {}
    for first, second in sorted(_meeting(papers)):
        told = relation(papers[first], papers[second])
        if told is not None:
            found[first, second] = told
    return found


def _meeting(papers: Iterable[Paper]) -> Iterator[tuple[int, int]]:
    """Pairs that agree in some classes side by side: a few of thousands."""
    places: dict[tuple[int, bytes], list[int]] = {}
    for index, paper in enumerate(papers):
        bins = paper.signature.bins
        if bins:
            for at in range(0, BINS - ROWS + 1, ROWS):
                places.setdefault((at, bins[at : at + ROWS]), []).append(index)
    pairs = {pair for same in places.values() if len(same) > 1 for pair in combinations(same, 2)}
    yield from pairs
