"""Figures in a text: "98 mô hình", "100 % Phòng PV28", "tăng 12,5% so với cùng kỳ", rows of tables.

Numbers as Vietnamese writes them: 38.400 is a count, 2,9 has a decimal comma. What is counted is one of
kb/vietnamese/data/measures.toml. Symbols, dates, numbers of articles and phone numbers are no figures.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from kb.model import Period, Span, StoredText

VERSION = 1

# Normative documents state rules, not results or targets.
_NO_FIGURES = frozenset(
    ("hien-phap", "bo-luat", "luat", "phap-lenh", "nghi-dinh", "thong-tu", "thong-tu-lien-tich",
     "quy-che", "quy-dinh", "lenh")
)  # fmt: skip
_WHAT = 14  # syllables of what is counted
_NUMBER = r"(?P<number>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
_SENTENCE_END = re.compile(r"[.;!?](?=\s|$)|\n(?=\s*(?:\n|[-+–*]|\d+[.)]\s|[a-zđ]\)))")
_CLAUSE_END = re.compile(
    r"[,;.()\[\]:“”\"|\n]|\s[-–]\s|\s(?=\d)"
    r"|\s(?:với|tại|ở|trong\s+đó|trong|giúp|do|được|để|nhằm|đã|so\s+với|và|thì|nên|gồm|từ|đạt|bằng|của\s+năm)(?=\s)",
    re.I,
)
_CLAUSE_START = re.compile(r"[,;.:()“”\"|\n]|\s[-–]\s|(?<=\d)\s|\s(?:và|trong\s+đó|đã|với)\s", re.I)
_TREND = re.compile(r"(?P<trend>tăng|giảm)(?:\s+(?:thêm|khoảng|hơn|gần|được))?\s*$", re.I)
_COMPARED = re.compile(r"\s*[^.;\n]{0,60}?so\s+với\s+(?P<with>[^,;.()\n]{3,60})", re.I)
_TOTAL = re.compile(r"\s*/\s*(\d{1,3}(?:\.\d{3})+|\d+)(?![\d/])")
_NOT_BEFORE = re.compile(
    r"(?:[\w/.,:\-]|(?<!\w)(?:số|điều|khoản|điểm|chương|mục|quý|tháng|ngày|năm|lần\s+thứ|thứ|chỉ\s+đạo|phụ\s+lục|mẫu"
    r"|giờ|trang|tập|khóa|đt|điện\s+thoại)\s*:?\s*)$",
    re.I,
)
_RECIPIENTS, _RECIPIENTS_LONG = re.compile(r"\n\s*Nơi\s+nhận\s*:", re.I), 600  # characters
_YEAR = re.compile(r"(?:năm\s+)?((?:19|20)\d\d)", re.I)
_HEADER = re.compile(
    r"(?:năm\s+)?(?:19|20)\d\d|quý\s+[IVX\d]+|tháng\s+\d+|6\s+tháng|9\s+tháng|kết\s+quả|số\s+liệu|số\s+lượng",
    re.I,
)
_CELL = " | "
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `value` of `measure` ("%", "mô hình", "đồng"), of `total` where it is a part of one.

    `what` is said to be counted; `trend` is up or down where it is a change, `compared` with what;
    `start`, `end` the days it speaks of, None where nothing tells. `span` the number in the text,
    `evidence` its sentence.
    """

    value: float
    total: float | None
    measure: str
    what: str
    trend: str | None
    compared: str | None
    start: date | None
    end: date | None
    span: Span
    evidence: Span


def read(stored: StoredText) -> tuple[Figure, ...]:
    """The figures of a text in its order; none of a normative document."""
    kind = stored.metadata.kind
    if kind is not None and kind.value in _NO_FIGURES:
        return ()
    found = list(_in_tables(stored))
    taken = {figure.span.start for figure in found}
    found += [each for each in _in_sentences(stored) if each.span.start not in taken]
    return tuple(sorted(found, key=lambda each: each.span.start))


def number(written: str) -> float:
    """38.400 -> 38400, 2,9 -> 2.9."""
    return float(written.replace(".", "").replace(",", "."))


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], dict[str, float]]:
    data = tomllib.loads(files("kb.vietnamese").joinpath("data/measures.toml").read_text("utf-8"))
    measures = sorted(data["measures"], key=len, reverse=True)
    names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in measures)
    scales = "|".join(data["scales"])
    counted = rf"(?:(?P<scale>{scales})\s+)?(?P<measure>{names})(?!\w)"
    pattern = rf"{_NUMBER}(?P<total>{_TOTAL.pattern})?\s*(?:(?P<percent>%)|{counted})"
    return re.compile(pattern), data["scales"]


def _in_sentences(stored: StoredText) -> Iterator[Figure]:
    text = stored.text
    pattern, scales = _pattern()
    recipients = [found.start() for found in _RECIPIENTS.finditer(text)]
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter like İ: offsets would not agree
        lowered = text
    for match in pattern.finditer(lowered):
        start = match.start()
        if any(at < start < at + _RECIPIENTS_LONG for at in recipients):
            continue
        if _NOT_BEFORE.search(text[max(0, start - 24) : start]):
            continue
        evidence = _sentence(text, match.start(), match.end())
        before = text[evidence.start : start]
        trend = _TREND.search(before)
        compared = _COMPARED.match(text, match.end(), evidence.end) if trend else None
        scale = scales[match["scale"].lower()] if match["scale"] else 1
        measure = "%" if match["percent"] else _plain(match["measure"]).lower()
        total = _TOTAL.match(match["total"]) if match["total"] else None
        what = _what(text, match, before if trend is None else before[: trend.start()], evidence)
        yield Figure(
            number(match["number"]) * scale,
            number(total[1]) if total else None,
            measure,
            what,
            {"tăng": "up", "giảm": "down"}[trend["trend"].lower()] if trend else None,
            _plain(compared["with"]) if compared else None,
            *_days(stored, evidence),
            Span(start, match.end()),
            evidence,
        )


def _what(text: str, match: re.Match[str], before: str, evidence: Span) -> str:
    """The measure with the words behind it; of a share or a change, the words before it."""
    starts = list(_CLAUSE_START.finditer(before))
    lead = _plain(before[starts[-1].end() :] if starts else before)
    behind = text[match.start("measure") if match["measure"] else match.end() : evidence.end]
    skip = len(match["measure"] or "")
    ending = _CLAUSE_END.search(behind, skip)
    tail = _plain(behind[: ending.start()] if ending else behind)
    if match["percent"]:
        words = tail if len(tail.split()) >= 2 else lead
    elif match["measure"].lower() == "đồng" or _TREND.search(text[evidence.start : match.start()]):
        words = lead or tail
    else:
        words = tail
    return " ".join(words.split()[:_WHAT])


def _in_tables(stored: StoredText) -> Iterator[Figure]:
    """Rows of a table of words and then numbers, under one that names the columns."""
    text, header = stored.text, []
    at = 0
    for line in text.split("\n"):
        cells = line.split(_CELL) if _CELL in line else []
        if cells and any(_HEADER.search(cell) for cell in cells[1:]) and not _numbers(cells[1:]):
            header = cells
        elif cells and header and len(cells) == len(header) and re.search(r"[^\W\d]", cells[0]):
            yield from _row(stored, at, cells, header)
        elif not cells and line.strip():
            header = []
        at += len(line) + 1


def _row(stored: StoredText, at: int, cells: list[str], header: list[str]) -> Iterator[Figure]:
    offset = at
    end = at + len(_CELL.join(cells))
    for cell, column in zip(cells, header, strict=True):
        found = re.fullmatch(rf"\s*{_NUMBER}\s*(%?)\s*", cell)
        if found and offset > at:
            what = _plain(cells[0])
            start = offset + found.start("number")
            days = _days_named(stored, column)
            label = what if _YEAR.fullmatch(_plain(column)) else f"{what} ({_plain(column)})"
            yield Figure(
                number(found["number"]), None, "%" if found[2] else "", label, None, None, *days,
                Span(start, offset + found.end("number")), Span(at, end),
            )  # fmt: skip
        offset += len(cell) + len(_CELL)


def _numbers(cells: list[str]) -> bool:
    return all(re.fullmatch(r"\s*[\d.,]+\s*%?\s*", cell) for cell in cells)


def _days_named(stored: StoredText, column: str) -> tuple[date | None, date | None]:
    if named := _YEAR.search(column):
        year = int(named[1])
        return date(year, 1, 1), date(year, 12, 31)
    return _covered(stored)


def _days(stored: StoredText, evidence: Span) -> tuple[date | None, date | None]:
    """The period its sentence names, else the one the document covers."""
    for period in stored.metadata.periods:
        inside = period.span is not None and evidence.start <= period.span.start < evidence.end
        if inside and period.role not in ("deadline", "comparison", "target") and _is_stretch(period):
            return period.start, period.end
    return _covered(stored)


def _is_stretch(period: Period) -> bool:
    return period.start is not None and period.end is not None and period.start != period.end


def _covered(stored: StoredText) -> tuple[date | None, date | None]:
    for period in stored.metadata.periods:
        if period.role == "covers":
            return period.start, period.end
    return None, None


def _sentence(text: str, start: int, end: int) -> Span:
    low = max(0, start - 400)
    ends = list(_SENTENCE_END.finditer(text, low, start))
    begin = ends[-1].end() if ends else low
    behind = _SENTENCE_END.search(text, end, min(len(text), end + 400))
    stop = behind.start() + 1 if behind else min(len(text), end + 400)
    while begin < start and text[begin].isspace():
        begin += 1
    return Span(begin, max(stop, end))


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
