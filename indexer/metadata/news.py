"""Portal news: title, day of publication, day of the event, author, and the unit that reports.

The form is that of police portals: a title, "Đăng vào dd/mm/yyyy", a lead that opens with the day,
captions as short lines of their own, the author's name or unit in the last line, leftovers of the
page ("Xem thêm", "Bài viết được đăng tải từ nguồn: ..."). A year that stands nowhere is not invented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indexer.extract.base import Extracted
from indexer.metadata.lines import Role, TextLine
from kb.model import Span, Value
from kb.vietnamese import periods, units
from kb.vietnamese.dates import find_day
from kb.vietnamese.normalise import fold

_MIN_QUALITY = 0.5  # share of Vietnamese syllables; English has about 0.2
_MAX_TITLE = 260  # characters
_MAX_CAPTION_WORDS = 30
_MAX_AUTHOR = 70  # characters
_FIRST = 8  # lines among which the page tells its date
_LEAD_PARAGRAPHS = 2

_BREADCRUMB = re.compile(r"(?:Trang chủ|TRANG CHỦ|Home)\s*[/»›>|].*")
_POSTED = re.compile(
    r"(?:ngày\s+đăng|đăng(?:\s+(?:vào|lúc|ngày|tin))*|cập\s+nhật|xuất\s+bản|date)\b[\s:]*(?=\d)"
    r"|(?:thứ\s+\w+|chủ\s+nhật)\s*,\s*(?=\d)|(?:\d{1,2}[:h]\d{2}[\s,|-]*)?(?=\d{1,2}[/-]\d{1,2}[/-]\d{4}\s*$)",
    re.I,
)
_ORIGIN = re.compile(r"(?:Bài viết được đăng tải từ nguồn|Nguồn(?: tin)?|Theo nguồn)\s*:\s*", re.I)
_LEFTOVER = re.compile(
    r"(?:xem thêm|chia sẻ|in trang|bản in|gửi email|quay lại|về trang trước|tin liên quan|các tin khác"
    r"|lượt xem|tags?|từ khóa|bình luận|tải về|đầu trang)\b.{0,60}",
    re.I,
)
_LEAD = re.compile(
    r"(?:rạng\s+)?(?:sáng|trưa|chiều|tối|đêm|ngày|mới\s+đây|vừa\s+qua|hôm\s+(?:nay|qua)|từ\s+ngày"
    r"|trong\s+(?:hai|ba|2|3)\s+ngày)\b",
    re.I,
)
_CAPTION_START = re.compile(
    r"(?:Toàn cảnh|Quang cảnh|Đồng chí|Đ/c|Ảnh|Các đại biểu|Đại biểu|Thứ trưởng|Bộ trưởng|Giám đốc"
    r"|Phó Giám đốc|Lãnh đạo|(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy))\b"
)
_CAPTION_WORD = re.compile(
    r"phát biểu|chủ trì|lắng nghe|trao|điều hành|tặng|chụp ảnh|tham dự|báo cáo|trả lời"
    r"|^(?:Toàn|Quang) cảnh|^Ảnh"
)
_SCENE = re.compile(r"^(?:Toàn|Quang) cảnh\s+")


@dataclass(frozen=True, slots=True)
class News:
    """What was read from a news item. `body` are its paragraphs without captions and leftovers."""

    title: Value[str] | None
    title_span: Span | None
    published: Value[date] | None
    event: Value[date] | None
    event_partial: str | None
    author: Value[str] | None
    origin: str | None  # "Cổng thông tin điện tử Bộ Công an"
    body: tuple[Span, ...]
    captions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    span: Span
    short: bool  # may be a caption: one line between empty lines


def read_news(extracted: Extracted, lines: Sequence[TextLine]) -> News | None:
    """The item, or None where nothing speaks for news (a note, a page in another language)."""
    if extracted.text_quality < _MIN_QUALITY:
        return None
    text = extracted.text
    paragraphs = _paragraphs(extracted, lines)
    published, used = _published(extracted, lines)
    origin = _origin(paragraphs)
    author = _author(paragraphs)
    plain = [
        p
        for p in paragraphs
        if p.span.start not in used and not _BREADCRUMB.match(p.text) and not _is_leftover(p)
    ]
    title, rest = _title(extracted, plain)
    if author is not None:
        rest = [p for p in rest if author.span is None or p.span.start != author.span.start]
    captions = [p for p in rest if _is_caption(p)]
    body = [p for p in rest if p not in captions]
    lead_end = body[:_LEAD_PARAGRAPHS][-1].span.end if body else 0
    start = body[0].span.start if body else 0
    event = _event(text[start:lead_end], start, title, published)
    told = bool(body) and _LEAD.match(body[0].text) is not None
    crumbs = any(_BREADCRUMB.match(p.text) for p in paragraphs)
    signs = [published is not None, origin is not None, crumbs, bool(captions), told]
    if not any(signs):
        return None
    if title is None:
        title = _made_title(captions, body)
    return News(
        title,
        title.span if title and title.rule == "first-line" else None,
        published,
        event[0],
        event[1],
        author,
        origin,
        tuple(p.span for p in body),
        tuple(p.span for p in captions),
    )


def _paragraphs(extracted: Extracted, lines: Sequence[TextLine]) -> list[_Paragraph]:
    text = extracted.text
    groups: list[list[TextLine]] = []
    for line in lines:
        if line.new_paragraph or not groups:
            groups.append([])
        groups[-1].append(line)
    found: list[_Paragraph] = []
    for group in groups:
        for part in [group] if _is_wrapped(group, extracted) else [[line] for line in group]:
            span = Span(part[0].start, part[-1].end)
            found.append(_Paragraph(" ".join(text[span.start : span.end].split()), span, len(part) < 3))
    return found


def _is_wrapped(group: Sequence[TextLine], extracted: Extracted) -> bool:
    """Whether lines without an empty line between them are one paragraph: pages, and even line ends."""
    if extracted.format == "pdf":
        return True
    widths = [len(line.text) for line in group[:-1]]
    even = bool(widths) and min(widths) >= 50 and min(widths) >= 0.75 * max(widths)
    return even and not all(line.text.endswith((".", "!", "?")) for line in group[:-1])


def _published(extracted: Extracted, lines: Sequence[TextLine]) -> tuple[Value[date] | None, set[int]]:
    """The day of publication, and where its line starts if it has one."""
    for line in lines[:_FIRST]:
        match = _POSTED.match(line.text)
        found = find_day(line.text) if match and len(line.text) < 100 else None
        if found is not None:
            day, start, end = found
            span = Span(line.start + start, line.start + end)
            return Value(day, 0.95, span, "posted-line"), {line.start}
    if extracted.published_on is not None:
        return Value(extracted.published_on, 0.95, None, "page-declares"), set()
    return None, set()


def _origin(paragraphs: Sequence[_Paragraph]) -> str | None:
    for paragraph in paragraphs[-4:]:
        if match := _ORIGIN.match(paragraph.text):
            return paragraph.text[match.end() :].strip(" .")
    return None


def _is_leftover(paragraph: _Paragraph) -> bool:
    return bool(_ORIGIN.match(paragraph.text) or _LEFTOVER.fullmatch(paragraph.text))


def _author(paragraphs: Sequence[_Paragraph]) -> Value[str] | None:
    """The last line of the item where it is a person's name or a unit."""
    item = [p for p in paragraphs if not _is_leftover(p)]
    if len(item) < 3:
        return None
    last = item[-1]
    name = last.text.strip(" .*-–")
    if not name or len(name) > _MAX_AUTHOR or last.text.endswith((";", ":", "./.")):
        return None
    line = TextLine(0, 0, len(name), name, None, False, False, True)
    if line.fits(Role.SIGNER):
        confidence = 0.85
    elif units.resolve(name) is not None or name.isupper():
        confidence = 0.8
    else:
        return None
    return Value(name, confidence, Span(last.span.start, last.span.start + len(name)), "last-line")


# ---------------------------------------------------------------- title


def _title(
    extracted: Extracted, paragraphs: Sequence[_Paragraph]
) -> tuple[Value[str] | None, list[_Paragraph]]:
    """The title and the paragraphs behind it."""
    declared = " ".join((extracted.title or "").split())
    for index, paragraph in enumerate(paragraphs[:4]):
        if declared and fold(paragraph.text) in (fold(declared), fold(declared.split(" | ")[0])):
            value = Value(paragraph.text, 0.98, paragraph.span, "first-line")
            return value, list(paragraphs[index + 1 :])
    if declared and len(declared.split()) > 3:
        return Value(declared, 0.85, None, "page-title"), list(paragraphs)
    if paragraphs and _looks_like_title(paragraphs[0], paragraphs[1:2]):
        first = paragraphs[0]
        return Value(first.text, 0.9, first.span, "first-line"), list(paragraphs[1:])
    return None, list(paragraphs)


def _looks_like_title(first: _Paragraph, following: Sequence[_Paragraph]) -> bool:
    if len(first.text) > _MAX_TITLE or first.text.endswith((".", ";", ",")):
        return False
    return bool(following) and not (_LEAD.match(first.text) and len(first.text) > 120)


def _made_title(captions: Sequence[_Paragraph], body: Sequence[_Paragraph]) -> Value[str] | None:
    """For an item without one: the caption that names the occasion, else the first clause."""
    for caption in captions:
        if match := _SCENE.match(caption.text):
            words = caption.text[match.end() :].strip(" .")
            start = caption.span.start + match.end()
            return Value(words[0].upper() + words[1:], 0.4, Span(start, start + len(words)), "caption")
    if not body:
        return None
    clause = re.split(r"[,;.](?=\s|$)", body[0].text, maxsplit=1)[0][:_MAX_TITLE]
    return Value(
        clause, 0.3, Span(body[0].span.start, body[0].span.start + len(clause)), "first-clause"
    )


def _is_caption(paragraph: _Paragraph) -> bool:
    words = paragraph.text.split()
    return (
        paragraph.short
        and len(words) <= _MAX_CAPTION_WORDS
        and bool(_CAPTION_START.match(paragraph.text))
        and bool(_CAPTION_WORD.search(paragraph.text))
    )


# ---------------------------------------------------------------- event


def _event(
    lead: str, start: int, title: Value[str] | None, published: Value[date] | None
) -> tuple[Value[date] | None, str | None]:
    """The first day the lead tells of; a day without a year where none can be known.

    `start` is where the lead stands in the text.
    """
    posted = published.value if published else None
    year = context_year(title.value if title else "")
    for mention in periods.find_all(lead, published=posted, context_year=year):
        if periods.role_of(mention, lead) != "event":
            continue
        if mention.start is None:
            return None, mention.partial
        if posted is not None and mention.start > posted:
            continue
        confidence = {"explicit": 0.9, "published": 0.85, "context": 0.75}.get(mention.year_from, 0.6)
        span = Span(mention.span.start + start, mention.span.end + start)
        return Value(mention.start, confidence, span, f"lead-{mention.year_from}"), None
    return None, None


def context_year(words: str) -> int | None:
    """The one year a title or subject names."""
    years = {
        m.start.year
        for m in periods.find_all(words)
        if m.start and not m.cited and m.end and m.start.year == m.end.year
    }
    return years.pop() if len(years) == 1 else None
