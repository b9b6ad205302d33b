"""How values are written on a page: dates, sizes, file names, degrees of confidence. Jinja filters."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from flask import Flask
from flask_babel import format_decimal

from kb.curation import fields
from kb.figures import table
from kb.model import told
from kb.relations import labels, validity
from kb.vietnamese import kinds, topics, units
from web.dates import format_day
from web.languages import _

_SEPARATORS = re.compile(r"[/\\]")
# Invisible and direction-changing characters make a file name look like another one.
_TRICKS = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_PARTIAL = re.compile(r"--(\d\d)-(\d\d)")
_UNITS = ("B", "kB", "MB", "GB")
# Names that are no abbreviation; other formats are shown as they are called, in capitals.
_FORMATS = {
    **dict.fromkeys(("doc", "docx", "word-old"), "Word"),
    **dict.fromkeys(("xls", "xlsx", "xlsb"), "Excel"),
    **dict.fromkeys(("ppt", "pptx"), "PowerPoint"),
    **dict.fromkeys(("odt", "ods", "odp"), "OpenDocument"),
    "mail": "E-mail",
    "markdown": "Markdown",
    "msg": "Outlook",
}


def day(value: date | datetime | None) -> str:
    """dd/mm/yyyy, or "không rõ ngày"."""
    return format_day(value) if value else _("không rõ ngày")


def partial_day(value: str) -> str:
    """ "--08-04" as "04/8, không rõ năm"."""
    match = _PARTIAL.fullmatch(value)
    if not match:
        return value
    return _("%(day)s/%(month)s, không rõ năm", day=match[2], month=int(match[1]))


def moment(value: datetime | None) -> str:
    """dd/mm/yyyy hh:mm of the server's clock."""
    if value is None:
        return _("chưa có")
    local = value.astimezone() if value.tzinfo else value
    return f"{format_day(local)} {local:%H:%M}"


def number(value: int | float) -> str:
    """Digits grouped by the habits of the language: 43.657 or 43,657."""
    return str(format_decimal(value))


def size(value: int) -> str:
    """Bytes as a person reads them: 12 kB, 3,4 MB."""
    amount = float(value)
    for unit in _UNITS:
        if amount < 1000 or unit == _UNITS[-1]:
            return f"{format_decimal(round(amount, 1 if unit not in ('B', 'kB') else None))} {unit}"
        amount /= 1000
    raise AssertionError


def file_name(path: str) -> str:
    """The last part of a path of any operating system, without invisible characters."""
    name = _SEPARATORS.split(path.rstrip("/\\"))[-1]
    return unicodedata.normalize("NFC", _TRICKS.sub("", name)) or _("không tên")


def format_name(value: str) -> str:
    """What people call a format: Word for docx."""
    return _FORMATS.get(value, value.upper())


def confidence(value: float) -> str:
    """How sure a reading is, in words; a sure one only offers its source."""
    if value >= 0.9:
        return _("nguồn")
    return _("khá chắc") if value >= 0.7 else _("cần kiểm tra")


def value_label(name: str, value: str) -> str:
    """The name of a filter value: a kind, topic or unit id, a format or a year."""
    readers = {
        "kind": kinds.label,
        "topic": topics.label,
        "unit": units.label,
        "format": _told_apart,
        "validity": labels.state,
    }
    reader = readers.get(name)
    return reader(value) if reader else value


def validity_class(state: str) -> str:
    """How a state of validity looks (app.css)."""
    return {validity.IN_FORCE: "good", validity.EXPIRED: "ended"}.get(state, "doubt")


def _told_apart(format_: str) -> str:
    """A format where others of the same name stand beside it: Word (.docx)."""
    name = format_name(format_)
    return name if name == format_.upper() else f"{name} (.{format_})"


def init_app(app: Flask) -> None:
    """Give the templates these functions as filters."""
    for function in (day, partial_day, moment, number, size, file_name, format_name, confidence, told):
        app.add_template_filter(function)
    app.add_template_filter(format_name, "format_name")
    app.add_template_filter(labels.state, "validity_name")
    app.add_template_filter(validity_class)
    app.add_template_filter(fields.label, "field_name")
    app.add_template_filter(table.amount)
    app.add_template_filter(table.period, "figure_period")
    app.add_template_global(value_label, "value_label")
