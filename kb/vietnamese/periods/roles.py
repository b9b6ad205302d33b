"""What a date or period means for the document it stands in."""

from __future__ import annotations

import re

from kb.model import Span
from kb.vietnamese.periods.mention import Mention

_BEFORE = 80  # characters a word may stand before the date it governs
_LEAD_LINES, _LEAD = 4, 1_500  # title, "Đăng vào ...", two paragraphs; at most so many characters

# Words before the mention, in its own clause, tried in this order.
_GOVERNED = tuple(
    (role, re.compile(rf"(?<!\w)(?:{words})$", re.I))
    for role, words in (
        (
            "published",
            r"(?:đăng\s+(?:vào|lúc|ngày|tin)|ngày\s+đăng|cập\s+nhật|xuất\s+bản)"
            r"(?:\s+(?:lúc|ngày|tin|vào))*[\s\d:,|]*",
        ),
        ("issued", r"ngày\s+ban\s+hành[\s:|]*"),
        ("effective", r"(?<!hết\s)hiệu\s+lực(?:\s+thi\s+hành)?[^.;,\n]{0,20}"),
        ("deadline", r"(?:chậm|muộn)\s+nhất[^.;,\n]{0,20}|(?:hạn\s+chót|thời\s+hạn)[^.;,\n]{0,30}"),
        ("deadline", r"hoàn\s+thành[^.;,\n]{0,40}\s(?:trong|trước|vào)\s+"),
    )
)
_DEADLINE = re.compile(r"(?:xong\s+)?trước|(?:chậm|muộn)\s+nhất", re.I)
_STAMP = re.compile(r"\s+\d{1,2}:\d{2}:\d{2}\s*\+\d{2}")  # of a digital signature

# "Hà Tĩnh, ngày 04 tháng 8 năm 2019" closes its line.
_PLACE = re.compile(r"[A-ZĐÀ-Ỹ][^,:\n]{1,40},\s*$")
_LINE_END = re.compile(r"[ \t]*(?:\||\n|$)")

_TIME = re.compile(r"(?<!\w)(?:sáng|trưa|chiều|tối|đêm|hôm|ngày)\s*$", re.I)
_PERIODS = frozenset(
    (
        "month",
        "quarter",
        "half",
        "year",
        "ytd_months",
        "ytd",
        "week",
        "phase",
        "term",
        "school_year",
        "range",
    )
)
_REPORTED = re.compile(
    r"(?<!\w)(?:sơ\s+kết|tổng\s+kết|báo\s+cáo|giao\s+ban|đánh\s+giá|kết\s+quả|tình\s+hình|kế\s+hoạch"
    r"|nhiệm\s+vụ|phương\s+hướng|công\s+tác)(?!\w)[^.;\n]*$",
    re.I,
)


def role_of(mention: Mention, text: str, title: Span | None = None) -> str:
    """What the mention means in the text it was found in.

    cited (belongs to a document named there), comparison, anniversary, recurring, target,
    published, issued (date line), signed (stamp of a digital signature), effective, deadline,
    covers (a period in the title, or reported on in the first paragraphs), event (a day in the
    first paragraphs, told with "ngày", "sáng" ...), else mentioned.
    `title` is where title or subject stand; by default that is the first line that is not blank.
    """
    if mention.cited:
        return "cited"
    if mention.kind in ("comparison", "anniversary", "recurring", "target"):
        return mention.kind
    start, end = mention.span.start, mention.span.end
    before = text[max(0, start - _BEFORE) : start]
    for role, governed in _GOVERNED:
        if governed.search(before):
            return role
    if mention.kind == "until" and _DEADLINE.match(mention.raw):
        return "deadline"
    if mention.kind == "day" and _STAMP.match(text, end):
        return "signed"
    if (
        "tháng" in mention.raw
        and mention.kind == "day"
        and _PLACE.search(before)
        and _LINE_END.match(text, end)
    ):
        return "issued"

    lead = _lead(text)
    if mention.kind in _PERIODS and not _is_days(mention):
        title = title or lead[0]
        if title.start <= start < title.end or (start < lead[-1].end and _REPORTED.search(before)):
            return "covers"
    if _is_days(mention) and start < lead[-1].end and _told_as_day(mention, before):
        return "event"
    return "mentioned"


def _is_days(mention: Mention) -> bool:
    """True for a day, or for some days up to a month."""
    if mention.kind == "day":
        return True
    days = (mention.end - mention.start).days if mention.start and mention.end else 0
    return mention.kind == "range" and days < 15


def _told_as_day(mention: Mention, before: str) -> bool:
    return mention.raw[:4].lower() in ("ngày", "sáng", "trưa", "chiề", "tối ", "đêm ", "hôm ") or bool(
        _TIME.search(before)
    )


def _lead(text: str) -> list[Span]:
    """The first lines that are not blank, at least one."""
    lines: list[Span] = []
    position = 0
    while position < min(len(text), _LEAD) and len(lines) < _LEAD_LINES:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if text[position:end].strip():
            lines.append(Span(position, min(end, _LEAD)))
        position = end + 1
    return lines or [Span(0, 0)]
