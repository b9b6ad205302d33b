"""Figures as rows of a table, and in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from kb.catalog.figures import Stated
from kb.figures.reading import Figure
from kb.i18n import N_, _
from kb.spreadsheet import Cell

_COLUMNS = (
    N_("Mã văn bản"), N_("Số, ký hiệu"), N_("Đơn vị"), N_("Giá trị"), N_("Trên tổng số"),
    N_("Đơn vị tính"), N_("Nội dung"), N_("Tăng, giảm"), N_("So với"), N_("Từ ngày"), N_("Đến ngày"),
)  # fmt: skip


def columns() -> list[str]:
    """The names of the columns."""
    return [_(name) for name in _COLUMNS]


def row(stated: Stated) -> list[Cell]:
    """One figure."""
    figure = stated.figure
    return [
        stated.id, stated.symbol, stated.unit_label, _whole(figure.value), _whole(figure.total),
        figure.measure, figure.what, trend(figure), figure.compared, figure.start, figure.end,
    ]  # fmt: skip


def plain(stated: Stated) -> dict[str, Any]:
    """Plain data with the documented keys (docs/json.md)."""
    figure = stated.figure
    return {
        "id": stated.id,
        "symbol": stated.symbol,
        "unit_label": stated.unit_label,
        "value": figure.value,
        "total": figure.total,
        "measure": figure.measure,
        "what": figure.what,
        "trend": figure.trend,
        "compared": figure.compared,
        "period": [_day(figure.start), _day(figure.end)],
        "span": [figure.span.start, figure.span.end],
        "evidence": [figure.evidence.start, figure.evidence.end],
    }


def amount(figure: Figure) -> str:
    """The number as Vietnamese writes it, with % where it is one and an arrow where it is a change."""
    arrow = {"up": "↑", "down": "↓"}.get(figure.trend or "", "")
    total = f"/{written(figure.total)}" if figure.total is not None else ""
    percent = "%" if figure.measure == "%" else ""
    return f"{arrow}{written(figure.value)}{total}{percent}"


def written(value: float) -> str:
    """38400 -> 38.400; 2.5 -> 2,5."""
    text = f"{value:,.0f}" if value == int(value) else f"{value:,.4f}".rstrip("0")
    return text.translate(str.maketrans(",.", ".,"))


def trend(figure: Figure) -> str:
    """In a word; empty where it is no change."""
    return {"up": _("tăng"), "down": _("giảm")}.get(figure.trend or "", "")


def period(figure: Figure) -> str:
    """The days it speaks of; a whole year as such."""
    start, end = figure.start, figure.end
    if start is None or end is None:
        return ""
    if (start.day, start.month, end.day, end.month) == (1, 1, 31, 12):
        return str(start.year) if start.year == end.year else f"{start.year}-{end.year}"
    return f"{start:%d/%m/%Y}-{end:%d/%m/%Y}"


def _whole(value: float | None) -> Cell:
    return int(value) if value is not None and value == int(value) else value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
