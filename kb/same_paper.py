"""Copies and versions of a paper: folded on a page of results, listed beside a document."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from kb.access import Principal
from kb.catalog import near, reading
from kb.catalog.reading import Shown
from kb.near.folding import fold_page, standing
from kb.near.papers import Paper
from kb.near.signature import resemblance
from kb.results import Alike, SamePaper


def folded(connection: Connection, page: Sequence[Shown], principal: Principal) -> dict[str, SamePaper]:
    """What to show of a page of results: the ids of the documents that stay, in their order, each with
    those folded under it. A paper stands where the best of its documents stood."""
    shown = {item.id: item for item in page}
    groups = fold_page(near.papers(connection, list(shown), principal.labels))
    leading = {paper.id: group for group in groups for paper in group}
    kept: dict[str, SamePaper] = {}
    for document_id in shown:
        group = leading.get(document_id)
        if group is None:  # not signed yet
            kept[document_id] = SamePaper()
        elif group[0].id not in kept:
            kept[group[0].id] = _same(group[0], group[1:], shown)
    return kept


def of_document(connection: Connection, document_id: str, principal: Principal) -> SamePaper:
    """The documents that are the same paper as this one; nothing where the principal may not see it."""
    paper, others = near.same(connection, document_id, principal.labels)
    if paper is None or not others:
        return SamePaper()
    ranked = sorted(
        (other for other, _relation in others),
        key=lambda other: (standing(other), -resemblance(paper.signature, other.signature), other.id),
    )
    shown = {item.id: item for item in reading.load_shown(connection, [each.id for each in ranked])}
    return _same(paper, [each for each in ranked if each.id in shown], shown)


def _same(paper: Paper, others: Sequence[Paper], shown: dict[str, Shown]) -> SamePaper:
    """`others` in their order, parted into copies and versions."""
    copies, versions = (
        tuple(
            _alike(paper, other, shown[other.id])
            for other in others
            if (other.draft == paper.draft) is same
        )
        for same in (True, False)
    )
    return SamePaper(paper.stage, copies, versions) if others else SamePaper()


def _alike(paper: Paper, other: Paper, item: Shown) -> Alike:
    return Alike(
        id=other.id,
        title=item.title,
        symbol=item.symbol,
        issued_on=item.sort_date,
        format=item.format,
        source=item.source,
        similarity=resemblance(paper.signature, other.signature),
        stage=other.stage,
    )
