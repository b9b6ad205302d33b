"""The state of the search page and its address: one frozen value, read from and written to a URL.

Reading never fails. What makes no sense is left out and told to the user in a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from kb.engines.port import Order
from kb.results import SearchRequest
from web.dates import format_end, format_start, parse_date
from web.languages import _

PER_PAGE = 10
FACET_LIMIT = 100  # values of a facet that are asked for; the page folds the tail away
MAX_REACH = 10_000  # results that can be paged to
MAX_QUERY = 2_000  # characters, as in the query parser
MAX_VALUES = 20  # values of one filter
MAX_VALUE = 120  # characters of a filter value

FilterName = Literal["kind", "topic", "unit", "year", "validity", "format"]
FILTERS: tuple[FilterName, ...] = ("kind", "topic", "unit", "year", "validity", "format")

_SORTS: dict[str, Order] = {"relevance": "relevance", "newest": "newest", "oldest": "oldest"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class SearchState:
    """Everything the search page depends on. Filter values are ids; dates are ends included."""

    query: str = ""
    kind: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    validity: tuple[str, ...] = ()
    format: tuple[str, ...] = ()
    exclude: tuple[tuple[FilterName, str], ...] = ()  # values that no result may have
    date_from: date | None = None
    date_to: date | None = None
    sort: Order | None = None  # None: by relevance for a query, newest first without one
    page: int = 1
    ignore: tuple[str, ...] = ()  # keys of what is recognised in the query and not to be used
    fold: bool = True  # the copies and versions of a paper in one place
    dense: bool = False  # a line a result, no passages
    heirs: bool = False  # of the units chosen: whoever took over counts too

    @property
    def order(self) -> Order:
        """The order in force."""
        return self.sort or ("relevance" if self.query else "newest")

    @property
    def filtered(self) -> bool:
        """True where any filter or date narrows the search."""
        return self.without_filters() != replace(self, page=1)

    @property
    def empty(self) -> bool:
        """True where nothing was asked for: the start page."""
        return not self.query and not self.filtered

    def request(self) -> SearchRequest:
        """The library's form of this state."""
        return SearchRequest(
            query=self.query,
            kinds=self.kind,
            topics=self.topic,
            units=self.unit,
            successors=self.heirs,
            years=tuple(int(year) for year in self.year),
            formats=self.format,
            validity=self.validity,
            exclude=self.exclude,
            date_from=self.date_from,
            date_to=self.date_to,
            order=self.order,
            page=self.page,
            per_page=PER_PAGE,
            facet_limit=FACET_LIMIT,
            ignore=self.ignore,
            fold=self.fold,
        )

    # Every change but turning the page goes back to the first page.

    def asking(self, query: str) -> SearchState:
        """The same filters with another query."""
        return replace(self, query=query, page=1)

    def toggled(self, name: FilterName, value: str) -> SearchState:
        """With the filter value added, or taken away where it is set; no longer excluded."""
        values: tuple[str, ...] = getattr(self, name)
        values = tuple(v for v in values if v != value) if value in values else (*values, value)
        return self._without_exclusion(name, value)._with(name, values)

    def excluding(self, name: FilterName, value: str) -> SearchState:
        """Without the documents of this value, or with them again where it is excluded."""
        if (name, value) in self.exclude:
            return self._without_exclusion(name, value)
        values = tuple(v for v in getattr(self, name) if v != value)
        return replace(self._with(name, values), exclude=(*self.exclude, (name, value)))

    def _without_exclusion(self, name: FilterName, value: str) -> SearchState:
        left = tuple(each for each in self.exclude if each != (name, value))
        return replace(self, exclude=left, page=1)

    def only(self, name: FilterName, value: str) -> SearchState:
        """With this value as the only one of its filter."""
        return self._with(name, (value,))

    def having(self, kinds: tuple[str, ...]) -> SearchState:
        """With these kinds as the only ones."""
        return self._with("kind", kinds)

    def _with(self, name: FilterName, values: tuple[str, ...]) -> SearchState:
        return replace(self, page=1, **{name: values})  # type: ignore[arg-type]

    def without_dates(self) -> SearchState:
        """Without the date range."""
        return replace(self, date_from=None, date_to=None, page=1)

    def within(self, start: date, end: date) -> SearchState:
        """With these days as the range, instead of any year or range."""
        return replace(self, year=(), date_from=start, date_to=end, page=1)

    def without_filters(self) -> SearchState:
        """The bare query."""
        kept = {"sort": self.sort, "ignore": self.ignore, "fold": self.fold, "dense": self.dense}
        return SearchState(query=self.query, **kept)  # type: ignore[arg-type]

    def with_filters(self, filters: Iterable[tuple[str, str]]) -> SearchState:
        """With every one of these filters, as in addresses: ("unit", id), ("from", "2020-01-01")."""
        state = replace(self, page=1)
        for name, value in filters:
            if name == "from":
                state = replace(state, date_from=parse_date(value, "start"))
            elif name == "to":
                state = replace(state, date_to=parse_date(value, "end"))
            elif name in FILTERS and value not in getattr(state, name):
                state = state.toggled(name, value)
        return state

    def ignoring(self, key: str) -> SearchState:
        """With this part of the query as plain words (`Understood.key`)."""
        return replace(self, ignore=(*self.ignore, key), page=1)

    def heeding(self, key: str) -> SearchState:
        """With this part of the query understood again."""
        return replace(self, ignore=tuple(each for each in self.ignore if each != key), page=1)

    def sorted_by(self, order: Order) -> SearchState:
        """In another order."""
        return replace(self, sort=order, page=1)

    def folding(self, fold: bool) -> SearchState:
        """With the copies and versions of a paper in one place, or each by itself; on the same page."""
        return replace(self, fold=fold)

    def densely(self, dense: bool) -> SearchState:
        """With a line a result, or with its passages; on the same page."""
        return replace(self, dense=dense)

    def at_page(self, page: int) -> SearchState:
        """Another page of the same results."""
        return replace(self, page=page)

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address, without what is left at its default."""
        pairs = [("q", self.query)] if self.query else []
        for name in FILTERS:
            pairs += [(name, value) for value in getattr(self, name)]
        pairs += [("not", f"{name}:{value}") for name, value in self.exclude]
        if self.date_from:
            pairs.append(("from", format_start(self.date_from)))
        if self.date_to:
            pairs.append(("to", format_end(self.date_to)))
        pairs += [("ignore", key) for key in self.ignore]
        if self.sort:
            pairs.append(("sort", self.sort))
        if not self.fold:
            pairs.append(("fold", "0"))
        if self.dense:
            pairs.append(("view", "list"))
        if self.heirs:
            pairs.append(("heirs", "1"))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs

    def query_string(self) -> str:
        """The address's part after "?"; empty for the start page."""
        return urlencode(self.pairs())


def read_state(args: MultiDict[str, str]) -> tuple[SearchState, tuple[str, ...]]:
    """The state an address stands for, and notices about what was left out. Never raises."""
    notices: list[str] = []
    query = read_query(args.get("q", ""), notices)
    start = _read_date(args.get("from", ""), "start", notices)
    end = _read_date(args.get("to", ""), "end", notices)
    if start and end and start > end:
        # 31/12/2022 .. 01/01/2020 was meant as 2020 .. 2022, whichever box was filled first.
        start, end = end, start
        notices.append(_("Ngày bắt đầu sau ngày kết thúc: đã đổi chỗ hai ngày."))
    sort = args.get("sort", "")
    if sort and sort not in _SORTS:
        notices.append(_("Không có cách sắp xếp này, dùng cách mặc định."))
    state = SearchState(
        query=query,
        kind=_read_values(args, "kind", notices),
        topic=_read_values(args, "topic", notices),
        unit=_read_values(args, "unit", notices),
        year=_read_years(args, notices),
        validity=_read_values(args, "validity", notices),
        format=_read_values(args, "format", notices),
        exclude=_read_exclusions(args, notices),
        date_from=start,
        date_to=end,
        sort=_SORTS.get(sort),
        page=_read_page(args.get("page", ""), notices),
        ignore=_read_values(args, "ignore", notices),
        fold=args.get("fold", "") != "0",
        dense=args.get("view", "") == "list",
        heirs=args.get("heirs", "") == "1",
    )
    return state, tuple(notices)


def read_query(raw: str, notices: list[str] | None = None) -> str:
    """A query as typed, on one line, cut to MAX_QUERY characters."""
    query = _CONTROL.sub(" ", raw).strip()
    if len(query) > MAX_QUERY:
        query = query[:MAX_QUERY].rstrip()
        if notices is not None:
            notices.append(_("Câu hỏi quá dài: chỉ dùng %(limit)s ký tự đầu.", limit=MAX_QUERY))
    return query


def read_offset(raw: str) -> int | None:
    """A character offset from the address, or None where it is not a sensible number."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= 9 else None


def _read_values(args: MultiDict[str, str], name: str, notices: list[str]) -> tuple[str, ...]:
    values = list(dict.fromkeys(v for v in (raw.strip() for raw in args.getlist(name)) if v))
    good = [v for v in values if len(v) <= MAX_VALUE and not _CONTROL.search(v)][:MAX_VALUES]
    if len(good) < len(values):
        notices.append(_("Bỏ qua giá trị lọc không hợp lệ."))
    return tuple(good)


def _read_exclusions(
    args: MultiDict[str, str], notices: list[str]
) -> tuple[tuple[FilterName, str], ...]:
    found: list[tuple[FilterName, str]] = []
    for text in _read_values(args, "not", notices):
        group, _colon, value = text.partition(":")
        name = next((each for each in FILTERS if each == group), None)
        if name is None or not value:
            notices.append(_("Bỏ qua giá trị lọc không hợp lệ."))
        else:
            found.append((name, value))
    return tuple(found)


def _read_years(args: MultiDict[str, str], notices: list[str]) -> tuple[str, ...]:
    values = _read_values(args, "year", notices)
    good = tuple(v for v in values if v.isascii() and v.isdigit() and 1 <= int(v) <= date.max.year)
    if len(good) < len(values):
        notices.append(_("Bỏ qua năm không hợp lệ."))
    return good


def _read_page(raw: str, notices: list[str]) -> int:
    if not raw:
        return 1
    page = read_offset(raw)
    if not page:
        notices.append(_("Số trang không hợp lệ: xem từ trang đầu."))
        return 1
    last = MAX_REACH // PER_PAGE
    if page > last:
        notices.append(
            _("Chỉ xem được %(count)s kết quả đầu. Hãy thu hẹp câu hỏi bằng bộ lọc.", count=MAX_REACH)
        )
    return min(page, last)


# ---------------------------------------------------------------- dates


def _read_date(raw: str, end: Literal["start", "end"], notices: list[str]) -> date | None:
    raw = _CONTROL.sub("", raw).strip()
    if not raw:
        return None
    day = parse_date(raw, end)
    if day is None:
        notices.append(
            _("Không hiểu ngày “%(text)s”. Viết dd/mm/yyyy, mm/yyyy hoặc yyyy.", text=raw[:40])
        )
    return day
