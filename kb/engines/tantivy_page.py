"""One page of a tantivy search, in the port's order."""

from __future__ import annotations

import tantivy

from kb.engines.fields import ID_FIELD
from kb.engines.port import EngineHit, Order
from kb.engines.semantics import comparable
from kb.engines.tantivy_query import Native, on_day

DATE_FIELD = "date"  # what newest and oldest sort by
SPARE_HITS = 16  # fetched beyond the page, so that ties at its end rarely need a second search


class Page:
    """The hits from `offset` to `offset + limit` of a query, in the port's order.

    tantivy breaks ties by where a document lies in the index. The port's order is by id, so
    every group of equal hits that the page touches is brought in order here.
    """

    def __init__(
        self,
        schema: tantivy.Schema,
        searcher: tantivy.Searcher,
        query: Native,
        offset: int,
        limit: int,
    ) -> None:
        self._schema = schema
        self._searcher = searcher
        self._query = query
        self._offset = offset
        # tantivy reserves memory for as many hits as are asked for.
        self._end = min(offset + limit, searcher.num_docs)

    def hits(self, order: Order, total: int, *, one_score: bool) -> list[EngineHit]:
        """The page's hits out of the `total` that the query matches.

        `one_score` tells that all documents of the query have the same score.
        """
        if min(self._end, total) <= self._offset:
            return []
        if order != "relevance":
            return self._by_date(order)
        return self._by_id() if one_score else self._by_score(total)

    def _by_id(self) -> list[EngineHit]:
        score = comparable(self._found(1)[0][0])
        ids = self._ids(self._query, self._offset, self._end)
        return [EngineHit(document_id, score) for document_id in ids]

    def _by_score(self, total: int) -> list[EngineHit]:
        fetched = self._end + SPARE_HITS
        while True:
            hits = [(comparable(score), address) for score, address in self._found(fetched)]
            worst = hits[: self._end][-1][0]
            if len(hits) == total or hits[-1][0] < worst:
                break
            fetched = min(4 * fetched, total)  # the last group goes on: its best ids may be there
        best = hits[self._offset][0]
        start = next(rank for rank, (score, _address) in enumerate(hits) if score == best)
        groups = [
            EngineHit(id_at(self._searcher, address), score)
            for score, address in hits[start:]
            if score >= worst
        ]
        groups.sort(key=lambda hit: (-hit.score, hit.id))
        return groups[self._offset - start : self._end - start]

    def _by_date(self, order: Order) -> list[EngineHit]:
        # tantivy, too, puts documents without the field last in both directions.
        direction = tantivy.Order.Desc if order == "newest" else tantivy.Order.Asc
        result = self._searcher.search(
            self._query, limit=self._end, count=False, order_by_field=DATE_FIELD, order=direction
        )
        hits = result.hits
        days = [day for day, _address in hits]
        first, last = days.index(days[self._offset]), days.index(days[-1])
        # The days before the page's last one are complete. Of the last day other documents may
        # come first by id than those found: it is searched by itself.
        sign = -1 if order == "newest" else 1
        complete = sorted(
            (sign * day, id_at(self._searcher, address)) for day, address in hits[first:last]
        )
        ids = [document_id for _day, document_id in complete][self._offset - first :]
        last_day = on_day(self._schema, self._query, DATE_FIELD, days[-1])
        ids += self._ids(last_day, max(self._offset - last, 0), len(hits) - last)
        return [EngineHit(document_id, 0.0) for document_id in ids]

    def _found(self, limit: int) -> list[tuple[float, tantivy.DocAddress]]:
        found: list[tuple[float, tantivy.DocAddress]]
        found = self._searcher.search(self._query, limit=limit, count=False).hits
        return found

    def _ids(self, query: Native, offset: int, end: int) -> list[str]:
        result = self._searcher.search(
            query,
            limit=end - offset,
            offset=offset,
            count=False,
            order_by_field=ID_FIELD,
            order=tantivy.Order.Asc,
        )
        return [document_id for document_id, _address in result.hits]


def id_at(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    """The id of the document there, about a microsecond away."""
    document_id: str = searcher.doc(address)[ID_FIELD][0]
    return document_id


def total_of(result: tantivy.SearchResult) -> int:
    """How many documents a search with `count` found."""
    return int(result.count)  # type: ignore[attr-defined]  # missing in the package's type file
