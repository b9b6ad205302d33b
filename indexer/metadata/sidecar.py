"""What a person says about a file: NAME.meta.toml beside it wins over everything read from it.

Beside ke-hoach.pdf stands ke-hoach.pdf.meta.toml, UTF-8, for example

    title = "Kế hoạch tổ chức Ngày hội năm 2022"
    symbol = "12/KH-CAT-PV05"
    kind = "Kế hoạch"                  # name or id
    issued_on = 2022-06-15             # a TOML date, or "15/6/2022"
    issuer = "Công an tỉnh Hà Tĩnh"    # the unit is resolved from it unless `unit` is given
    unit = "cat-ha-tinh"               # an id, or a name
    subject = "Tổ chức Ngày hội ..."
    signer = "Nguyễn Văn A"
    author = "Nguyễn Văn A"            # of portal news
    published_on = 2022-06-16
    event_on = 2022-06-14
    topics = ["phong-trao/ngay-hoi", "dân vận khéo"]    # ids or names; replaces all
    covers = ["2022-01-01", "2022-12-31"]               # or "6 tháng đầu năm 2020"
    label = "public"                   # access label

Every key is optional; an empty string or list takes a value away. An unknown key or a bad value
becomes a warning that names key and line, the other keys count. Values from here have confidence 1.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kb.access import PUBLIC_LABEL
from kb.i18n import _
from kb.model import Metadata, Period, Value
from kb.vietnamese import kinds, periods, topics, units
from kb.vietnamese.normalise import nfc
from kb.vietnamese.symbols import parse

SUFFIX = ".meta.toml"
RULE = "sidecar"
_UNIT_ID = re.compile(r"[a-z]+\d*(?:[.-][a-z0-9]+)*")


def place(path: Path) -> Path:
    """Where the sidecar of a file stands."""
    return path.with_name(path.name + SUFFIX)


def digest(path: Path) -> str | None:
    """SHA-256 of the file's sidecar, hex; None where it has none that can be read."""
    try:
        return hashlib.sha256(place(path).read_bytes()).hexdigest()
    except OSError:
        return None


def apply(metadata: Metadata, path: Path) -> tuple[Metadata, str, tuple[str, ...]]:
    """The metadata with what the sidecar of `path` says, the access label, and warnings.

    Never raises: an unreadable sidecar is a warning, and what was read from the file stays.
    """
    sidecar = place(path)
    try:
        text = sidecar.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return metadata, PUBLIC_LABEL, ()
    except (OSError, UnicodeDecodeError) as error:
        return metadata, PUBLIC_LABEL, (_unreadable(sidecar, error),)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return metadata, PUBLIC_LABEL, (_unreadable(sidecar, error),)
    label, warnings = PUBLIC_LABEL, []
    for key, value in table.items():
        try:
            if key == "label":
                label = _words(value)
            elif key in _FIELDS:
                metadata = _FIELDS[key](metadata, value)
            else:
                raise _Bad(_("không có mục này; có thể dùng: {keys}").format(keys=", ".join(KEYS)))
        except _Bad as error:
            warnings.append(
                _("{file}, dòng {line}, mục “{key}”: {reason}").format(
                    file=sidecar.name, line=_line_of(key, text), key=key, reason=error
                )
            )
    return metadata, label or PUBLIC_LABEL, tuple(warnings)


class _Bad(Exception):
    """A value that makes no sense; the message says why."""


def _unreadable(path: Path, error: Exception) -> str:
    return _("Không đọc được {file}: {reason}. Sửa tệp rồi chạy lại kb reindex.").format(
        file=path.name, reason=error
    )


def _line_of(key: str, text: str) -> int:
    pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]|\s*\[+\s*{re.escape(key)}\b")
    for number, line in enumerate(text.splitlines(), 1):
        if pattern.match(line):
            return number
    return 1


# ---------------------------------------------------------------- one function a kind of value


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise _Bad(_("phải là một chuỗi trong dấu nháy"))
    return " ".join(nfc(value).split())


def _value(words: str) -> Value[str] | None:
    return Value(words, 1.0, None, RULE) if words else None


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = _words(value)
    if not words:
        return None
    day = periods.parse_day(words)
    if day is None:
        raise _Bad(_('không phải ngày; viết 2022-06-15 hoặc "15/6/2022"'))
    return day


def _text_field(name: str) -> Callable[[Metadata, Any], Metadata]:
    def set_text(metadata: Metadata, value: Any) -> Metadata:
        changes: dict[str, Any] = {name: _value(_words(value))}
        return replace(metadata, **changes)

    return set_text


def _day_field(name: str) -> Callable[[Metadata, Any], Metadata]:
    def set_day(metadata: Metadata, value: Any) -> Metadata:
        day = _day(value)
        changes: dict[str, Any] = {name: Value(day, 1.0, None, RULE) if day else None}
        return replace(metadata, **changes)

    return set_day


def _symbol(metadata: Metadata, value: Any) -> Metadata:
    words = _words(value)
    symbol = parse(words) if words else None
    if words and symbol is None:
        raise _Bad(_("“{value}” không phải số, ký hiệu").format(value=words))
    return replace(metadata, symbol=_value(symbol.key if symbol else ""))


def _kind(metadata: Metadata, value: Any) -> Metadata:
    words = _words(value)
    known = {kind.id: kind for kind in kinds.all()}
    kind = known.get(words) or kinds.by_name(words)
    if words and kind is None:
        raise _Bad(_("không có loại văn bản “{value}”").format(value=words))
    return replace(metadata, kind=_value(kind.id if kind else ""))


def _issuer(metadata: Metadata, value: Any) -> Metadata:
    words = _words(value)
    if not words:
        return replace(metadata, issuer=None, issuer_as_written=None, unit=None)
    issued = metadata.issued_on.value if metadata.issued_on else None
    match = units.resolve(words, on=issued) or units.named(words)
    return replace(metadata, issuer=_value(words), issuer_as_written=words, unit=_value(match.id))


def _unit(metadata: Metadata, value: Any) -> Metadata:
    words = _words(value)
    if not words:
        return replace(metadata, unit=None)
    match = units.resolve(words)
    if _UNIT_ID.fullmatch(words):
        unit_id, name = words, units.label(words)
    elif match is not None:
        unit_id, name = match.id, match.name
    else:
        raise _Bad(_("không nhận ra đơn vị “{value}”").format(value=words))
    return replace(metadata, unit=_value(unit_id), issuer=metadata.issuer or _value(name))


def _topics(metadata: Metadata, value: Any) -> Metadata:
    if not isinstance(value, list):
        raise _Bad(_('phải là một danh sách: ["phong-trao/ngay-hoi"]'))
    found: list[Value[str]] = []
    for each in value:
        topic = topics.by_name(_words(each))
        if topic is None:
            raise _Bad(_("không có chủ đề “{value}”").format(value=each))
        found.append(Value(topic.id, 1.0, None, RULE))
    return replace(metadata, topics=tuple(found))


def _covers(metadata: Metadata, value: Any) -> Metadata:
    others = tuple(period for period in metadata.periods if period.role != "covers")
    if value in ("", []):
        return replace(metadata, periods=others)
    if isinstance(value, list) and len(value) == 2:
        start, end = _day(value[0]), _day(value[1])
        if start and end and start > end:
            raise _Bad(_("ngày đầu phải trước ngày cuối"))
        period = Period(start, end, "range", "covers", "")
    else:
        mentions = [m for m in periods.find_typed(_words(value)) if m.start or m.end]
        if not mentions:
            raise _Bad(_('không phải khoảng thời gian; viết ["2022-01-01", "2022-12-31"]'))
        first = mentions[0]
        period = Period(first.start, first.end, first.kind, "covers", first.raw)
    return replace(metadata, periods=(period, *others))


_FIELDS: dict[str, Callable[[Metadata, Any], Metadata]] = {
    "title": _text_field("title"),
    "symbol": _symbol,
    "kind": _kind,
    "issued_on": _day_field("issued_on"),
    "issuer": _issuer,
    "unit": _unit,
    "subject": _text_field("subject"),
    "signer": _text_field("signer"),
    "author": _text_field("author"),
    "published_on": _day_field("published_on"),
    "event_on": _day_field("event_on"),
    "topics": _topics,
    "covers": _covers,
}
KEYS = (*_FIELDS, "label")
