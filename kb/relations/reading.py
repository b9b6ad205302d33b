"""What a document says about others: why each is named, in its own sentence.

The words around a symbol within its clause tell the relation (Nghị định 30/2020/NĐ-CP, Phụ lục I; the
wording of Nghị định 78/2025/NĐ-CP for amending and repealing provisions). Only what this document
itself does counts: "Luật A đã được sửa đổi theo Luật B" and quoted articles are mentions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kb.model import Reference, Span, StoredText
from kb.vietnamese.dates import find_day

VERSION = 5

# Ids of relations, the weightiest first; labels are kb.relations.labels.
RELATIONS = (
    "replaces", "repeals", "repeals_part", "amends", "corrects", "guides", "implements", "reports_on",
    "based_on", "follows", "answers", "annex_of", "cites",
)  # fmt: skip
_REACH = 700  # characters of a clause on each side of a symbol: lists of laws are long
_NEW_LINE = r"\n\s*\n|\n(?=\s*(?:[-–+]|\d+\.|[a-zđ]\)|Căn\s+cứ|Theo\s+đề\s+nghị|Thực\s+hiện|Điều)\s)"
_END = re.compile(rf"[.;:](?=\s|$)|{_NEW_LINE}")
_SENTENCE_END = re.compile(rf"[.;](?=\s|$)|{_NEW_LINE}")
_PART = re.compile(
    r"(?:các\s+)?(?:điểm\s+[a-zđ]\b|(?:khoản|điều|mục|chương|phần|phụ\s+lục|mẫu(?:\s+số)?)\s+[\dIVX]"
    r"|cụm\s+từ|một\s+số\s+(?:điều|quy\s+định|nội\s+dung))[^;.]{0,80}",
    re.I,
)
_PART_END = re.compile(
    r"\s*(?:\bcủa\b|\btại\b|\bBộ\s+luật\b|\bLuật\b|\bPháp\s+lệnh\b|\bNghị\s|\bThông\s+tư\b|\bQuyết\s|\bban\s+hành\b)",
    re.I,
)
_WHOLE = re.compile(r"toàn\s+bộ", re.I)
# Words of a document that are replaced, not the document.
_WORDING = re.compile(r"\s*(?:các\s+)?(?:tên\s+gọi|từ|cụm\s+từ|mẫu|biểu)\b", re.I)
_BY = re.compile(
    r"(?:được|đã)\s+(?:được\s+)?(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|bãi\s+bỏ|đính\s+chính)[^;.]{0,120}?"
    r"(?:bởi|theo|tại|bằng)\s[^;.]{0,600}$",
    re.I,
)
_GROUND = re.compile(r"\s*(?:[-+]\s*)?(?:Căn\s+cứ|Theo\s+đề\s+nghị)\b", re.I)
_REPORTS = re.compile(r"(?:kết\s+quả|tình\s+hình|sơ\s+kết|tổng\s+kết|báo\s+cáo)[^;.]{0,80}$", re.I)
_REPEALED_AFTER = re.compile(r"[^.;]{0,200}?(?<!\w)hết\s+hiệu\s+lực(?!\w)", re.I)
_NOT_YET = re.compile(r"(?<!\w)(?:trước|khi|nếu|trường\s+hợp)\s[^;.]{0,80}$", re.I)
# The word nearest to the symbol decides.
_WORDS = tuple(
    (relation, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I))
    for relation, words in (
        ("replaces", r"thay\s+thế(?:\s+cho)?"),
        ("repeals", r"bãi\s+bỏ|h[ủu][ỷy]\s+bỏ|hết\s+hiệu\s+lực"),
        ("corrects", r"đính\s+chính"),
        ("amends", r"sửa\s+đổi,?\s*(?:và\s+)?bổ\s+sung|sửa\s+đổi|bổ\s+sung"),
        ("annex_of", r"kèm\s+theo"),
        ("answers", r"phúc\s+đáp|trả\s+lời"),
        ("follows", r"tiếp\s+theo"),
        (
            "guides",
            r"hướng\s+dẫn(?:\s+thi\s+hành|\s+thực\s+hiện)?(?!\s*(?:số:?\s*)?$)|quy\s+định\s+chi\s+tiết",
        ),
        ("based_on", r"căn\s+cứ"),
        ("implements", r"thực\s+hiện|triển\s+khai|thi\s+hành|quán\s+triệt|theo\s+chỉ\s+đạo\s+tại"),
    )
)
_ACTS = frozenset(("replaces", "repeals", "amends", "corrects", "guides"))
# "Nghị định số A ngày ... của Chính phủ sửa đổi Nghị định số B": A does it.
_ANOTHER = re.compile(
    r"\d+(?:/\d{4})?/[\w-]+(?:\s+ngày\s+[^,;.]{0,40})?(?:\s+của\s+[^,;.]{0,80})?\s+(?:về\s+[^,;.]{0,120}\s+)?$",
    re.I,
)
# This document lies behind the one it came with: "(Ban hành kèm theo Quyết định số ...)".
_ATTACHED = re.compile(
    r"^\W*(?:(?:biểu\s+mẫu|phụ\s+lục|danh\s+mục|danh\s+sách|đề\s+cương)(?:\s+\S+){0,2}\s+)?"
    r"(?:(?:được\s+)?ban\s+hành\s*)?$",
    re.I,
)
# "Thực hiện [nghiêm các nội dung của] Chỉ thị ..." and a list of what is carried out.
_CARRIED_OUT = re.compile(
    r"^(?:\s+(?:việc|có|hiệu|quả|nghiêm|túc|tốt|đồng|bộ|các|những|nội|dung|tinh|thần|chỉ|đạo|tại|của|trên|ý|kiến))*"
    r"\s+(?:Bộ\s+luật|Luật|Pháp\s+lệnh|Nghị\s+(?:quyết|định)|Thông\s+tư|Quyết\s+định|Chỉ\s+thị|Kết\s+luận"
    r"|Kế\s+hoạch|Chương\s+trình|Công\s+(?:văn|điện)|Hướng\s+dẫn|Đề\s+án|Điện|Thông\s+(?:báo|tri)|số)\b",
    re.I,
)
_CARRIES = re.compile(
    r"\W*(?:thực\s+hiện|triển\s+khai|thi\s+hành|quán\s+triệt|tiếp\s+tục\s+thực\s+hiện)\b", re.I
)
_PROPOSED = re.compile(r"theo\s+đề\s+nghị\s[^;]*$", re.I)
_NOT_OWN = re.compile(r"(?:được|theo|đã\s+được|tiếp\s+tục\s+duy\s+trì)\s+$", re.I)
_DOCUMENT = (
    r"(?:Bộ\s+luật|Luật|Pháp\s+lệnh|Nghị\s+quyết|Nghị\s+định|Thông\s+tư(?:\s+liên\s+tịch)?"
    r"|Quyết\s+định|Chỉ\s+thị)"
)
# "các Nghị định sửa đổi, bổ sung ...", "đã được thay thế": somebody else does it.
_OTHERS = re.compile(rf"(?:(?:được|đã|bị)\s+|{_DOCUMENT}\s+(?:số\s+\S+\s+)?)$", re.I)
_OWN = re.compile(r"\bnày\b|^\W*(?:điều\s+\d+\.?|\d+\.|[a-zđ]\)|[-+])?\W*$", re.I)
_GUIDES_ITSELF = re.compile(r"này\s+$|^\W*(?:điều\s+\d+\.?|\d+\.)?\W*$", re.I)
_BY_RULE = re.compile(r"(?<!\w)(?:theo|quy\s+định\s+tại|đối\s+với)(?!\w)", re.I)
_GUIDING = frozenset(("thong-tu", "thong-tu-lien-tich", "huong-dan", "nghi-dinh", "cong-van"))
_EXPIRES = re.compile(
    r"(?<!\w)này\s[^.;\n]{0,60}?(?:hiệu\s+lực|áp\s+dụng|thực\s+hiện)[^.;\n]{0,60}?\sđến\s+(?:hết\s+)?"
    r"(?=ngày\s+\d)",
    re.I,
)
_EXPIRED_ON = re.compile(r"Ngày\s+hết\s+hiệu\s+lực\s*:?\s*(?=\d)", re.I)
_STATED = re.compile(
    r"(?:^|\n|Tình\s+trạng\s+hiệu\s+lực\s*:?)\s*(Hết\s+hiệu\s+lực\s+(?:toàn\s+bộ|một\s+phần))", re.I
)
_HEAD = 4_000  # characters in which a law site's table stands


@dataclass(frozen=True, slots=True)
class Statement:
    """One document named by another, and why.

    `part` is what of it is meant ("khoản 2 Điều 5"), empty for the whole; `span` its symbol,
    `evidence` the sentence around it.
    """

    relation: str
    symbol: str  # canonical key
    issued_on: date | None
    part: str
    span: Span
    evidence: Span


@dataclass(frozen=True, slots=True)
class Term:
    """How long a document says it is in force itself; `stated` is what a law site's table says."""

    effective_on: date | None = None
    expires_on: date | None = None
    stated: str | None = None  # expired, expired-part
    evidence: Span | None = None  # of what ends it


@dataclass(frozen=True, slots=True)
class Read:
    """Everything read here of one document."""

    statements: tuple[Statement, ...]
    term: Term


def read(stored: StoredText) -> Read:
    """The statements of a text, each relation to a document once, and its own term."""
    found: dict[tuple[str, str, str], Statement] = {}
    for reference in stored.references:
        statement = _statement(stored, reference)
        key = (statement.relation, statement.symbol, statement.part)
        found.setdefault(key, statement)
    return Read(tuple(found.values()), _term(stored))


def _statement(stored: StoredText, reference: Reference) -> Statement:
    text, span = stored.text, reference.span
    evidence = _sentence(text, span)
    before = _clause_before(text, span)
    relation, part = _relation(stored, reference, before, evidence)
    return Statement(relation, reference.symbol, reference.issued_on, part, span, evidence)


def _relation(stored: StoredText, reference: Reference, before: str, evidence: Span) -> tuple[str, str]:
    text, span = stored.text, reference.span
    if _is_quoted(text, span, evidence):
        return "cites", ""
    paragraph = text[max(text.rfind("\n\n", 0, span.start), 0) : span.start]
    if _GROUND.match(paragraph):
        return "based_on", ""
    relation, nearest, word_end = _nearest_word(before)
    if relation not in _ACTS and (ground := _of_ground(stored, span)) is not None:
        return ground, ""
    if relation in (None, "implements", "guides", "based_on"):
        behind = _REPEALED_AFTER.match(text, span.end, min(len(text), span.end + _REACH))
        if behind and not _NOT_YET.search(before):
            part = _part(before)
            return ("repeals_part", part) if part else ("repeals", "")
    if relation is None:
        return "cites", ""
    if relation in _ACTS and not _is_own_act(stored, before, nearest):
        return "cites", ""
    if relation == "repeals" and (part := _part(before[word_end:])) and not _WHOLE.search(before):
        return "repeals_part", part
    if relation == "replaces" and (_part(before[word_end:]) or _WORDING.match(before, word_end)):
        return "amends", _part(before[word_end:])
    if relation == "amends":
        return "amends", _part(before[word_end:])
    kind = stored.metadata.kind.value if stored.metadata.kind else None
    if relation == "annex_of" and not _ATTACHED.match(before[:nearest]):
        return "cites", ""
    if relation == "implements":
        between = before[word_end:]
        carried = _CARRIED_OUT.match(between) and not _NOT_OWN.search(before[:nearest])
        carried = carried and "sau đây gọi" not in between and not _BY_RULE.search(between)
        if kind is None or not carried:
            return "cites", ""
    if relation == "implements" and kind == "bao-cao" and _REPORTS.search(before[:nearest]):
        return "reports_on", ""
    if relation == "guides":
        itself = kind in _GUIDING and _GUIDES_ITSELF.search(before[:nearest])
        if not itself or _BY_RULE.search(before[word_end:]):
            return "cites", ""
    return relation, ""


def _of_ground(stored: StoredText, span: Span) -> str | None:
    """What the ground says that names the symbol: "Thực hiện Chỉ thị ...; Kế hoạch ..." names two."""
    for ground in stored.metadata.grounds:
        if ground.span is not None and ground.span.start <= span.start < ground.span.end:
            proposed = _PROPOSED.search(stored.text, ground.span.start, span.start)
            carried = _CARRIES.match(ground.value) and not proposed
            return "implements" if carried else "based_on"
    return None


def _nearest_word(before: str) -> tuple[str | None, int, int]:
    """(relation, start, end) of the last telling words; the longer of two that end together."""
    found = [
        (match.end(), -match.start(), name)
        for name, words in _WORDS
        for match in words.finditer(before)
    ]
    if not found:
        return None, -1, 0
    end, start, name = max(found)
    return name, -start, end


def _is_own_act(stored: StoredText, before: str, at: int) -> bool:
    """Whether it is this document that repeals, replaces or amends.

    "Thông tư này thay thế ...", a provision that begins with the word, the subject; not "Nghị định A
    thay thế Nghị định B", not "đã được ...".
    """
    lead = before[:at]
    if _BY.search(before) or _OTHERS.search(lead) or _ANOTHER.search(lead):
        return False
    subject = stored.metadata.subject
    if _OWN.search(lead) or not lead.strip():
        return True
    return subject is not None and before.strip()[:40] in subject.value


def _part(words: str) -> str:
    found = _PART.search(words)
    return " ".join(_PART_END.split(found[0])[0].split()).rstrip(" ,;") if found else ""


def _clause_before(text: str, span: Span) -> str:
    before = text[max(0, span.start - _REACH) : span.start]
    ends = list(_END.finditer(before))
    return before[ends[-1].end() :] if ends else before


def _sentence(text: str, span: Span) -> Span:
    start = max(0, span.start - _REACH)
    ends = list(_SENTENCE_END.finditer(text, start, span.start))
    begin = ends[-1].end() if ends else start
    behind = _SENTENCE_END.search(text, span.end, min(len(text), span.end + _REACH))
    end = behind.start() + 1 if behind else min(len(text), span.end + _REACH)
    while begin < span.start and text[begin].isspace():
        begin += 1
    return Span(begin, max(end, span.end))


def _is_quoted(text: str, span: Span, evidence: Span) -> bool:
    """Whether the symbol stands in an article that an amending law quotes."""
    before = text[max(0, evidence.start - 3_000) : span.start]
    return before.count("“") > before.count("”")


def _term(stored: StoredText) -> Term:
    text, metadata = stored.text, stored.metadata
    effective = metadata.effective_on.value if metadata.effective_on else None
    if stated := _STATED.search(text, 0, _HEAD):
        whole = "toàn" in stated[1].lower()
        day = None
        if label := _EXPIRED_ON.search(text, 0, _HEAD):
            found = find_day(text[: label.end() + 12], label.end())
            day = found[0] if found else None
        span = Span(*stated.span(1))
        return Term(effective, day, "expired" if whole else "expired-part", span)
    if match := _EXPIRES.search(text):
        found = find_day(text[: match.end() + 60], match.end())
        if found:
            return Term(effective, found[0], None, Span(match.start(), found[2]))
    return Term(effective)
