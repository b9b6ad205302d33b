"""The options of the commands that take a search: filters and order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import Any

import click

from kb.engines.port import Order
from kb.errors import BadInput
from kb.facets import chosen
from kb.i18n import _
from kb.relations.validity import STATES
from kb.results import SearchRequest
from kb.vietnamese import periods

EXCLUDABLE = tuple(chosen(SearchRequest()))
ORDERS: dict[str, Order] = {"relevance": "relevance", "newest": "newest", "oldest": "oldest"}

_OPTIONS = (
    click.option(
        "--kind", "kinds", multiple=True, help=_("Chỉ loại này (mã, vd. ke-hoach); lặp lại được.")
    ),
    click.option("--topic", "topics", multiple=True, help=_("Chỉ chủ đề này (mã); lặp lại được.")),
    click.option("--unit", "units", multiple=True, help=_("Chỉ đơn vị này (mã); lặp lại được.")),
    click.option("--year", "years", multiple=True, type=int, help=_("Chỉ năm này; lặp lại được.")),
    click.option(
        "--format", "formats", multiple=True, help=_("Chỉ định dạng này (pdf, docx …); lặp lại được.")
    ),
    click.option(
        "--successors", is_flag=True, help=_("Với --unit: kể cả đơn vị kế tục (X17 → V28 → V05).")
    ),
    click.option(
        "--validity",
        "validity",
        multiple=True,
        type=click.Choice(STATES),
        help=_("Chỉ tình trạng hiệu lực này; lặp lại được."),
    ),
    click.option(
        "--exclude",
        "excluded",
        multiple=True,
        metavar="NHÓM=MÃ",
        help=_("Bỏ các văn bản này (vd. kind=tin-tuc, unit=cat-ha-tinh); lặp lại được."),
    ),
    click.option("--from", "start", help=_("Từ ngày (2020, 3/2025, 04/8/2019).")),
    click.option("--to", "end", help=_("Đến ngày.")),
    click.option(
        "--sort", "order", type=click.Choice(list(ORDERS)), default="relevance", show_default=True
    ),
    click.option(
        "--ignore",
        multiple=True,
        help=_(
            "Không dùng cách hiểu này, chỉ tìm như từ thường (vd. unit:tinh-ha-tinh); lặp lại được."
        ),
    ),
)


def request_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options to a command, whose function hands them on to `request_of`."""
    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), command)


def request_of(
    query: str,
    *,
    kinds: tuple[str, ...],
    topics: tuple[str, ...],
    units: tuple[str, ...],
    successors: bool,
    years: tuple[int, ...],
    formats: tuple[str, ...],
    validity: tuple[str, ...],
    excluded: tuple[str, ...],
    start: str | None,
    end: str | None,
    order: str,
    ignore: tuple[str, ...],
    fold: bool = True,
    **paging: int,
) -> SearchRequest:
    """The request the options ask for. Raises BadInput for what nobody understands."""
    return SearchRequest(
        query=query,
        kinds=kinds,
        topics=topics,
        units=units,
        successors=successors,
        years=years,
        formats=formats,
        validity=validity,
        exclude=tuple(_exclusion(each) for each in excluded),
        date_from=_day(start, "--from", first=True),
        date_to=_day(end, "--to", first=False),
        order=ORDERS[order],
        ignore=ignore,
        fold=fold,
        **paging,
    )


def _exclusion(text: str) -> tuple[str, str]:
    name, _equals, value = text.partition("=")
    if name not in EXCLUDABLE or not value:
        raise BadInput(
            _("--exclude: không hiểu “{text}”.").format(text=text),
            _("Viết NHÓM=MÃ, ví dụ kind=tin-tuc; các nhóm: {groups}.").format(
                groups=", ".join(EXCLUDABLE)
            ),
        )
    return name, value


def _day(text: str | None, option: str, *, first: bool) -> date | None:
    if text is None:
        return None
    found = periods.query_range(text)
    day = None if found is None else found[0 if first else 1]
    if day is None:
        raise BadInput(
            _("{option}: không hiểu ngày “{text}”.").format(option=option, text=text),
            _("Viết như 2020, 3/2025 hoặc 04/8/2019."),
        )
    return day
