"""Hits as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath

from kb.access import Principal
from kb.exporting.citation import citation
from kb.i18n import N_, _
from kb.library import Library
from kb.relations import labels
from kb.results import Hit, SearchRequest
from kb.spreadsheet import Cell

MOST = 1_000  # hits of an export
_PER_PAGE = 100

_COLUMNS = (
    N_("Số, ký hiệu"), N_("Loại"), N_("Ngày"), N_("Đơn vị"), N_("Tiêu đề"), N_("Hiệu lực"),
    N_("Đoạn khớp"), N_("Trang"), N_("Vị trí"), N_("Trích dẫn"), N_("Tệp"), N_("Mã văn bản"),
)  # fmt: skip


def all_hits(
    library: Library, request: SearchRequest, principal: Principal, most: int = MOST
) -> Iterator[Hit]:
    """The hits of a request one after the other, at most `most`."""
    page, given = 1, 0
    while given < most:
        asked = _paged(request, page)
        hits = library.search(asked, principal).hits
        yield from hits[: most - given]
        given += len(hits)
        if len(hits) < _PER_PAGE:
            return
        page += 1


def _paged(request: SearchRequest, page: int) -> SearchRequest:
    return replace(request, page=page, per_page=_PER_PAGE, facet_limit=1, fold=False)


def columns() -> list[str]:
    """The names of the columns."""
    return [_(name) for name in _COLUMNS]


def rows(hits: Iterable[Hit]) -> Iterator[list[Cell]]:
    """One row a hit, with its best passage."""
    for hit in hits:
        passage = hit.passages[0] if hit.passages else None
        yield [
            hit.symbol, hit.kind_label, hit.issued_on, hit.unit_label, hit.title,
            labels.state(hit.validity) if hit.validity else None,
            " ".join(passage.text.split()) if passage else None,
            passage.page if passage else None, passage.section if passage else None,
            of_hit(hit), PurePath(hit.source).name, hit.id,
        ]  # fmt: skip


def of_hit(hit: Hit) -> str:
    """The citation of a hit."""
    return citation(
        kind=hit.kind,
        symbol=hit.symbol,
        issued_on=hit.issued_on,
        issuer=hit.unit_label,
        title=hit.title,
    )
