"""Steps, papers, deadlines and duties in the text of guidance.

By the words such documents use (Nghị định 61/2018/NĐ-CP, Điều 8: trình tự, thành phần hồ sơ, thời hạn,
cơ quan thực hiện). Everything is told with its place, so that a reader checks it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kb.model import Section, Span, StoredText

# Of these nobody asks how things are done.
_NOT = frozenset(("bao-cao", "tin-tuc", "bien-ban", "giay-moi"))
_HOW = re.compile(
    r"(?<!\w)(?:trình\s+tự|thủ\s+tục|quy\s+trình|các\s+bước|cách\s+thức\s+thực\s+hiện)(?!\w)", re.I
)
_STEP = re.compile(
    r"(?:^|\n)\s*((?:Bước|Giai\s+đoạn)\s+\d+|\d{1,2}[.)]|[a-zđ]\)|[-+–])\s*[.:]?\s+(?=\S)", re.I
)
_PAPERS = re.compile(
    r"(?:(?:thành\s+phần\s+)?hồ\s+sơ(?:\s+[^.:;\n]{0,80}?)?\s+(?:gồm(?:\s+có)?|bao\s+gồm)"
    r"|thành\s+phần\s+hồ\s+sơ)\s*(?:có\s*)?:?",
    re.I,
)
_LIMIT = (
    r"(?:trong\s+(?:thời\s+hạn|vòng)|chậm\s+nhất(?:\s+là)?(?:\s+sau)?|không\s+quá|tối\s+đa)\s+(?:\w+\s+){0,2}?"
    r"\d{1,3}\s+(?:ngày\s+làm\s+việc|ngày|giờ|phút|tháng|tuần)(?:[,\s]+(?:kể\s+)?từ\s+[^.;,\n]{3,80})?"
)
_BEFORE = (
    r"(?:trước|chậm\s+nhất(?:\s+là)?|hạn\s+cuối(?:\s+là)?)\s+(?:\d{1,2}\s*(?:giờ|h)\s*(?:\d{1,2}\s*(?:phút)?)?\s*)?"
    r"(?:ngày\s+\d{1,2}(?:\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)?"
    r"(?:\s+(?:hằng|hàng)\s+(?:tháng|quý|năm)|\s+của\s+tháng\s+(?:cuối\s+quý|sau|kế\s+tiếp))?"
    r"|\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?)"
)
_DEADLINE = re.compile(rf"(?<!\w)(?:{_LIMIT}|{_BEFORE})", re.I)
_DUTY = re.compile(
    r"(?P<who>[A-ZĐÀ-Ỵ][^.;:\n]{2,110}?)\s+(?:(?:chịu|có)\s+trách\s+nhiệm|chủ\s+trì|là\s+đầu\s+mối)(?!\w)"
    r"|(?<!\w)(?:Giao|giao)\s+(?P<given>[A-ZĐÀ-Ỵ][^.;:\n]{2,80}?)\s+(?:chủ\s+trì|theo\s+dõi|hướng\s+dẫn|tổng\s+hợp|đôn\s+đốc)",
)
_SENTENCE_END = re.compile(r"[.;](?=\s|$)|\n\s*\n|\n(?=\s*(?:[-+–*]|\d{1,2}[.)]|[a-zđ]\))\s)")
_ITEM_END = re.compile(r"\n\s*\n(?!\s*(?:[a-zđ]\)|[-+–*]))|\n\s*(?:Điều|Chương|Mục)\s+\S+")
_FULL_STOP = re.compile(r"\.\s+(?=[A-ZĐÀ-Ỵ])")
_LABEL = re.compile(r"^\s*(?:[-+–*•]|\d{1,2}[.)]|[a-zđ]\)|[IVX]+\.)\s+")
_LOOKED_AT = 200_000  # characters
_MOST = 40  # of each list
_WORDS = 60  # of one entry


@dataclass(frozen=True, slots=True)
class Entry:
    """One step, paper, deadline or duty: `label` its number or who; `span` where it stands. A
    `heading` is an article over the steps that follow."""

    label: str
    text: str
    span: Span
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """What a document says of how something is done; any part may be empty."""

    steps: tuple[Entry, ...]
    papers: tuple[Entry, ...]
    deadlines: tuple[Entry, ...]
    duties: tuple[Entry, ...]

    def __bool__(self) -> bool:
        return bool(self.steps or self.papers or self.deadlines)

    def to_json(self) -> dict[str, Any]:
        """Plain data with the documented keys (docs/json.md)."""
        return {
            name: [
                {
                    "label": each.label,
                    "text": each.text,
                    "span": [each.span.start, each.span.end],
                    "heading": each.heading,
                }
                for each in getattr(self, name)
            ]
            for name in ("steps", "papers", "deadlines", "duties")
        }


def promises(stored: StoredText) -> bool:
    """Whether it is worth reading: a heading that says how, or papers that are required. Cheap."""
    kind = stored.metadata.kind
    if kind is not None and kind.value in _NOT:
        return False
    headed = any(_HOW.search(section.title or "") for section in stored.sections)
    return headed or _PAPERS.search(stored.text, 0, _LOOKED_AT) is not None


def read(stored: StoredText) -> Procedure:
    """The procedure of a document; empty for reports and news."""
    kind = stored.metadata.kind
    if kind is not None and kind.value in _NOT:
        return Procedure((), (), (), ())
    body = stored.text[: _tail(stored.text)]
    return Procedure(
        tuple(_steps(stored, body))[:_MOST],
        tuple(_papers(body))[:_MOST],
        tuple(_deadlines(body))[:_MOST],
        tuple(_duties(body))[:_MOST],
    )


def _steps(stored: StoredText, body: str) -> Iterator[Entry]:
    for section, end in _parts(stored.sections, len(body)):
        heading = body.find("\n", section.start, end)
        inside = body[heading:end] if heading >= 0 else ""
        found = list(_STEP.finditer(inside))
        numbered = [m for m in found if not m[1].strip().startswith(("-", "+", "–"))] or found
        top = [m for m in numbered if _shape(m[1]) == _shape(numbered[0][1])] if numbered else []
        if section.label.startswith("Điều"):
            whole = _told(body[section.start : end]).removeprefix(section.label).lstrip(" .:")
            text = section.title if top else _short(whole)
            yield Entry(section.label, text, Span(section.start, end), heading=True)
        for position, match in enumerate(top):
            stop = top[position + 1].start() if position + 1 < len(top) else len(inside)
            text = _told(inside[match.end() : stop])
            if text:
                label = " ".join(match[1].split()).rstrip(".)")
                yield Entry(label, _short(text), Span(heading + match.start(1), heading + stop))


def _parts(sections: tuple[Section, ...], last: int) -> Iterator[tuple[Section, int]]:
    """The parts that say how, with their ends: of a chapter its articles."""
    told: set[int] = set()
    for section in sections:
        if section.start >= last or not _HOW.search(section.title or ""):
            continue
        end = min(_end(sections, section, last), last)
        articles = [
            each
            for each in sections
            if section.start < each.start < end and each.label.startswith("Điều")
        ]
        for part in articles or [section]:
            if part.start not in told:
                told.add(part.start)
                yield part, min(_end(sections, part, last), end)


def _papers(body: str) -> Iterator[Entry]:
    for match in _PAPERS.finditer(body):
        ending = _ITEM_END.search(body, match.end())
        stop = min(ending.start() if ending else len(body), match.end() + 2_000)
        listed = body[match.end() : stop]
        colon = body[match.end() - 1] == ":" or listed.lstrip().startswith(("\n", "-", "a)"))
        if not colon:
            sentence = re.search(r"\.(?=\s|$)", listed)
            listed = listed[: sentence.start()] if sentence else listed
        at = match.end()
        for piece in re.split(r"(;|\n(?=\s*(?:[-+–*]|[a-zđ]\)|\d{1,2}[.)])\s))", listed):
            text = _FULL_STOP.split(_LABEL.sub("", _plain(piece)))[0].strip(" .;:,")
            sent = text.lower().startswith(("gửi ", "nộp ", "trình "))
            if 2 <= len(text.split()) <= _WORDS and not sent and not _DEADLINE.fullmatch(text):
                yield Entry("", text, Span(at, at + len(piece)))
            at += len(piece)


def _deadlines(body: str) -> Iterator[Entry]:
    seen: set[tuple[str, str]] = set()
    for match in _DEADLINE.finditer(body):
        sentence = _sentence(body, match.start(), match.end())
        text = _short(_LABEL.sub("", _plain(body[sentence.start : sentence.end])))
        label = _plain(match[0])
        if (label, text) not in seen:
            seen.add((label, text))
            yield Entry(label, text, Span(match.start(), match.end()))


def _duties(body: str) -> Iterator[Entry]:
    for match in _DUTY.finditer(body):
        who = _LABEL.sub("", _plain(match["who"] or match["given"])).strip(" ,")
        if not 1 < len(who.split()) <= 16 or who.lower().startswith(("trong", "khi ", "các nội dung")):
            continue
        sentence = _sentence(body, match.start(), match.end())
        text = _short(_plain(body[match.start() : sentence.end]))
        yield Entry(who, text, Span(match.start(), sentence.end))


def _end(sections: tuple[Section, ...], section: Section, last: int) -> int:
    later = [
        each.start for each in sections if each.start > section.start and each.level <= section.level
    ]
    return min(later, default=last)


def _tail(text: str) -> int:
    """Where the recipients begin; what follows is no procedure."""
    found = re.search(r"\n\s*Nơi\s+nhận\s*:", text)
    return found.start() if found else len(text)


def _shape(label: str) -> str:
    return "1" if label[:1].isdigit() else "a" if label.strip().endswith(")") else label[:2]


def _sentence(text: str, start: int, end: int) -> Span:
    low = max(0, start - 400)
    ends = list(_SENTENCE_END.finditer(text, low, start))
    begin = ends[-1].end() if ends else low
    behind = _SENTENCE_END.search(text, end, min(len(text), end + 400))
    return Span(begin, behind.start() if behind else min(len(text), end + 400))


def _told(text: str) -> str:
    """On one line, a heading set apart: "Đăng ký: đơn vị lập …"."""
    head, newline, rest = text.strip().partition("\n")
    titled = len(head.split()) <= 12 and not head.rstrip().endswith((".", ";", ":", ","))
    if newline and titled and rest.lstrip()[:1].isupper():
        return f"{_plain(head)}: {_plain(rest)}"
    return _plain(text)


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= _WORDS else " ".join(words[:_WORDS]) + " …"


def _plain(text: str) -> str:
    return " ".join(text.split())
