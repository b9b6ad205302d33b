"""Fields that a person can state, by name: from what is typed to a change of the metadata, and back.

The same names and spellings serve files beside documents (NAME.meta.toml), `kb set` and tables that are
exported, edited and read in again. An empty value takes a field away.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from kb.i18n import N_, _
from kb.model import Metadata, Period, Value
from kb.vietnamese import kinds, periods, topics, units
from kb.vietnamese.normalise import nfc
from kb.vietnamese.symbols import parse

LABEL = "label"  # the access label, which is a document's and not in its metadata
_UNIT_ID = re.compile(r"[a-z]+\d*(?:[.-][a-z0-9]+)*")
_RANGE = re.compile(r"\s*(\S*)\s*\.\.\s*(\S*)\s*")


_LABELS = {
    "symbol": N_("Số, ký hiệu"),
    "kind": N_("Loại"),
    "issued_on": N_("Ngày ban hành"),
    "issuer": N_("Cơ quan ban hành"),
    "subject": N_("Trích yếu"),
    "signer": N_("Người ký"),
    "title": N_("Tiêu đề"),
    "signer_title": N_("Chức vụ người ký"),
    "effective_on": N_("Ngày có hiệu lực"),
    "topics": N_("Chủ đề"),
    "covers": N_("Kỳ, thời gian nói tới"),
    "label": N_("Quyền xem"),
}


class BadValue(Exception):
    """A value that makes no sense; the message says why."""


def state(metadata: Metadata, name: str, value: Any, rule: str) -> Metadata:
    """The metadata with a field as a person states it: confidence 1, `rule` says where.

    `value` is a string, or a TOML date or list. Raises BadValue: no such field, or not understood.
    """
    if name not in _FIELDS:
        raise BadValue(unknown(name))
    return _FIELDS[name](metadata, value, rule)


def unknown(name: str) -> str:
    """That there is no such field, which one may be meant, and which there are."""
    near = difflib.get_close_matches(name, KEYS, 1, 0.6)
    told = _("không có mục này; có thể dùng: {keys}").format(keys=", ".join(KEYS))
    return _("có phải là “{near}”? {told}").format(near=near[0], told=told) if near else told


def label(name: str) -> str:
    """What a field is called."""
    return _(_LABELS[name]) if name in _LABELS else name


def shown(metadata: Metadata, name: str) -> str:
    """A field as `state` reads it; empty where it is absent."""
    if name == "topics":
        return "; ".join(topic.value for topic in metadata.topics)
    if name == "covers":
        covers = metadata.covers
        return "..".join(day.isoformat() if day else "" for day in covers) if covers else ""
    value = getattr(metadata, name)
    if value is None:
        return ""
    return value.value.isoformat() if isinstance(value.value, date) else str(value.value)


# ---------------------------------------------------------------- one function a kind of value

Setter = Callable[[Metadata, Any, str], Metadata]


def one_line(value: Any) -> str:
    """A string in NFC with single blanks. Raises BadValue for anything else."""
    if not isinstance(value, str):
        raise BadValue(_("phải là một chuỗi trong dấu nháy"))
    return " ".join(nfc(value).split())


def _value(words: str, rule: str) -> Value[str] | None:
    return Value(words, 1.0, None, rule) if words else None


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = one_line(value)
    if not words:
        return None
    day = periods.parse_day(words)
    if day is None:
        raise BadValue(_('không phải ngày; viết 2022-06-15 hoặc "15/6/2022"'))
    return day


def _text_field(name: str) -> Setter:
    def set_text(metadata: Metadata, value: Any, rule: str) -> Metadata:
        changes: dict[str, Any] = {name: _value(one_line(value), rule)}
        return replace(metadata, **changes)

    return set_text


def _day_field(name: str) -> Setter:
    def set_day(metadata: Metadata, value: Any, rule: str) -> Metadata:
        day = _day(value)
        changes: dict[str, Any] = {name: Value(day, 1.0, None, rule) if day else None}
        return replace(metadata, **changes)

    return set_day


def _symbol(metadata: Metadata, value: Any, rule: str) -> Metadata:
    words = one_line(value)
    symbol = parse(words) if words else None
    if words and symbol is None:
        raise BadValue(_("“{value}” không phải số, ký hiệu").format(value=words))
    return replace(metadata, symbol=_value(symbol.key if symbol else "", rule))


def _kind(metadata: Metadata, value: Any, rule: str) -> Metadata:
    words = one_line(value)
    known = {kind.id: kind for kind in kinds.all()}
    kind = known.get(words) or kinds.by_name(words)
    if words and kind is None:
        raise BadValue(_("không có loại văn bản “{value}”").format(value=words))
    return replace(metadata, kind=_value(kind.id if kind else "", rule))


def _issuer(metadata: Metadata, value: Any, rule: str) -> Metadata:
    words = one_line(value)
    if not words:
        return replace(metadata, issuer=None, issuer_as_written=None, unit=None)
    issued = metadata.issued_on.value if metadata.issued_on else None
    match = units.resolve(words, on=issued) or units.named(words)
    return replace(
        metadata, issuer=_value(words, rule), issuer_as_written=words, unit=_value(match.id, rule)
    )


def _unit(metadata: Metadata, value: Any, rule: str) -> Metadata:
    words = one_line(value)
    if not words:
        return replace(metadata, unit=None)
    match = units.resolve(words)
    if _UNIT_ID.fullmatch(words):
        unit_id, name = words, units.label(words)
    elif match is not None:
        unit_id, name = match.id, match.name
    else:
        raise BadValue(_("không nhận ra đơn vị “{value}”").format(value=words))
    return replace(metadata, unit=_value(unit_id, rule), issuer=metadata.issuer or _value(name, rule))


def _topics(metadata: Metadata, value: Any, rule: str) -> Metadata:
    if isinstance(value, str):
        value = [each for each in value.split(";") if each.strip()]
    if not isinstance(value, list):
        raise BadValue(_('phải là một danh sách: ["phong-trao/ngay-hoi"]'))
    found: list[Value[str]] = []
    for each in value:
        topic = topics.by_name(one_line(each))
        if topic is None:
            raise BadValue(_("không có chủ đề “{value}”").format(value=each))
        found.append(Value(topic.id, 1.0, None, rule))
    return replace(metadata, topics=tuple(found))


def _covers(metadata: Metadata, value: Any, rule: str) -> Metadata:
    others = tuple(period for period in metadata.periods if period.role != "covers")
    if value in ("", []):
        return replace(metadata, periods=others)
    if isinstance(value, str) and (ends := _RANGE.fullmatch(value)):
        value = [ends[1], ends[2]]
    if isinstance(value, list) and len(value) == 2:
        start, end = _day(value[0]), _day(value[1])
        if start and end and start > end:
            raise BadValue(_("ngày đầu phải trước ngày cuối"))
        period = Period(start, end, "range", "covers", "")
    else:
        mentions = [m for m in periods.find_typed(one_line(value)) if m.start or m.end]
        if not mentions:
            raise BadValue(_('không phải khoảng thời gian; viết ["2022-01-01", "2022-12-31"]'))
        first = mentions[0]
        period = Period(first.start, first.end, first.kind, "covers", first.raw)
    return replace(metadata, periods=(period, *others))


_FIELDS: dict[str, Setter] = {
    "title": _text_field("title"),
    "symbol": _symbol,
    "kind": _kind,
    "issued_on": _day_field("issued_on"),
    "issuer": _issuer,
    "unit": _unit,
    "subject": _text_field("subject"),
    "signer": _text_field("signer"),
    "signer_title": _text_field("signer_title"),
    "place": _text_field("place"),
    "urgency": _text_field("urgency"),
    "effective_on": _day_field("effective_on"),
    "author": _text_field("author"),
    "published_on": _day_field("published_on"),
    "event_on": _day_field("event_on"),
    "topics": _topics,
    "covers": _covers,
}
KEYS = (*_FIELDS, LABEL)
