"""The drawing of a document among its relations: a column in the order of time, arcs beside it.

An arc bulges the more rows it spans. Measures are those of the drawing's own coordinates: a row is ROW
high, as in the style sheet 3 rem, so list and drawing stay together at any size of letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.catalog.reading import Listed
from kb.relations import labels
from kb.relations.network import Network

ROW, WIDTH = 48, 64
_EDGE = 52  # where the column's points stand
_LEAST, _STEP, _WIDEST = 14, 5, 46  # how far arcs bulge
_FEWEST = 3  # documents; two are told by the list alone
_CLASSES = {
    **dict.fromkeys(("replaces", "repeals", "repeals_part"), "ends"),
    **dict.fromkeys(("amends", "corrects"), "alters"),
    "cites": "mentions",
}


@dataclass(frozen=True, slots=True)
class Arc:
    """One edge: the path, what kind of line, and what it says."""

    path: str
    kind: str  # a class of the style sheet
    told: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The rows with the arcs between them."""

    rows: tuple[Listed, ...]
    arcs: tuple[Arc, ...]
    points: tuple[int, ...]  # y of each row's point
    left_out: int
    width: int = WIDTH
    x: int = _EDGE

    @property
    def height(self) -> int:
        """Of the drawing, in its own coordinates."""
        return ROW * len(self.rows)


def draw(network: Network) -> Drawing | None:
    """The drawing; None where there is too little to see."""
    if len(network.documents) < _FEWEST or len(network.edges) < _FEWEST - 1:
        return None
    points = tuple(ROW // 2 + ROW * row for row in range(len(network.documents)))
    return Drawing(network.documents, tuple(_arcs(network)), points, network.left_out)


def _arcs(network: Network) -> Iterator[Arc]:
    rows = {each.id: row for row, each in enumerate(network.documents)}
    names = {each.id: each.symbol or each.title for each in network.documents}
    for edge in network.edges:
        start, end = (ROW // 2 + ROW * rows[each] for each in (edge.source, edge.target))
        bulge = min(_WIDEST, _LEAST + _STEP * abs(rows[edge.source] - rows[edge.target]))
        x = _EDGE - bulge
        yield Arc(
            f"M{_EDGE} {start}C{x} {start} {x} {end} {_EDGE - 6} {end}",
            _CLASSES.get(edge.relation, "carries"),
            f"{names[edge.source]} – {labels.relation(edge.relation)}: {names[edge.target]}",
        )
