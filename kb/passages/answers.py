"""Whether a passage holds the kind of answer a question asks for. Works on folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kb.vietnamese.questions import Asked

_UNIT_OF_TIME = r"(?:ngay|thang|nam|quy|tuan|gio|phut)"
_TIME = re.compile(
    rf"\b\d{{1,4}}\s+{_UNIT_OF_TIME}\b|\b{_UNIT_OF_TIME}\s+(?:\d|[ivx]+\b)|\b\d{{1,2}}[/.]\d{{1,2}}\b"
    r"|\b(?:truoc|sau|cham nhat|den het|ke tu|muon nhat|hang|dinh ky|trong)\s+"
    rf"(?:(?:vao|la|ngay)\s+)*{_UNIT_OF_TIME}\b"
)
_DEADLINE = re.compile(
    r"\b(?:truoc|cham nhat|muon nhat|khong qua|trong (?:thoi han|vong)|den het|han cuoi)\b"
)
# A number that is no date, no number of a list and no part of a symbol.
_NUMBER = re.compile(r"(?<![\d/.,\-])\b\d[\d.,]*(?![\d/]|\.?\)|\.\s)\s*(?:%|[a-z]{2,})")
_AGENT = re.compile(
    r"\b(?:chu tich|pho chu tich|bo truong|thu truong|thu tuong|giam doc|cuc truong|chi huy truong"
    r"|truong (?:phong|ban|doi|cong an|khu|thon|to|don)|thu truong don vi|nguoi dung dau|nguoi ky"
    r"|uy ban nhan dan|ubnd|hoi dong nhan dan|bo cong an"
    r"|cong an (?:xa|phuong|cap|huyen|quan|tinh|thanh)"
    r"|ban chi dao|ban thuong vu|cap uy|(?:co quan|don vi|nguoi) (?:co|duoc|chu tri|co tham quyen)"
    r"|t/?m\.|k/?t\.)(?!\w)"
)
_LEAD_IN = re.compile(
    r"\b(?:gom(?: co)?|bao gom|nhu sau|sau day|cac (?:loai|giay to|buoc|noi dung)[^.:\n]{0,40})\s*:"
)
_ITEM = re.compile(r"(?:^|\n)[ \t]*(?:[-+*•–]|[a-zd]\)|\d{1,2}[.)]|[ivx]+[.)])[ \t]")
_ROW = re.compile(r"(?:^|\n)[^\n|]*\|[^\n|]*\|")  # of a table
_STEP = re.compile(r"\bbuoc\s+(?:\d|mot|hai|ba)\b|\b(?:trinh tu|quy trinh|thu tuc|cac buoc)\b")
_CONDITION = re.compile(
    r"\b(?:tu du|tro len|khong qua|it nhat|phai|khi co|neu|truong hop|duoc phep|khong duoc|co du"
    r"|dap ung|du dieu kien)\b"
)
# A form, an example, a symbol as it is written.
_EXAMPLE = re.compile(r"\b(?:vi du|vd|mau so|mau|bieu mau|de cuong)\b|(?:\d|…)/[a-z]{2}")
_FORM = re.compile(r"\s*(?:phu luc\b.{0,12}\n\W*)?(?:mau|bieu mau|de cuong)\b")
# Headings that announce the answer.
_HEADINGS = {
    Asked.TIME: r"thoi han|thoi gian|thoi diem|thoi hieu|hieu luc|han (?:nop|gui)|che do bao cao",
    Asked.NUMBER: r"muc\b|so luong|ty le|kinh phi",
    Asked.AGENT: r"tham quyen|trach nhiem|nhiem vu|phan cong|to chuc thuc hien",
    Asked.LIST: r"ho so|thanh phan|danh muc|noi dung|cac loai",
    Asked.MEANING: r"giai thich tu ngu|khai niem|dinh nghia",
    Asked.WAY: r"trinh tu|thu tuc|quy trinh|cac buoc|ho so|cach thuc|phuong phap",
    Asked.CONDITION: r"tieu chuan|dieu kien|tieu chi|yeu cau",
    Asked.EXAMPLE: r"vi du|mau\b|bieu mau|cach (?:ghi|viet)|the thuc|de cuong",
}
_ANNOUNCES = {asked: re.compile(rf"\b(?:{words})") for asked, words in _HEADINGS.items()}
ANNOUNCED = 0.35

# What follows the thing that is defined.
_IS = re.compile(
    r"[\"”’)\s,]*(?:\([^)\n]{1,60}\)\s*)?(?:la(?! gi\b)|duoc hieu la|co nghia la|nghia la|viet tat)\b"
    r"|\s*\((?:sau day )?(?:goi|viet) (?:tat|gon) la|\s*[:–-]\s|\s*\([^)\n]{2,60}\)"
)


def answer_in(passage: str, heading: str, asked: Iterable[Asked], known: Sequence[int]) -> float:
    """How much a passage below a heading looks like the answer to what is asked: 0 to 1, and ANNOUNCED
    more where the heading says that the answer stands here.

    `passage` and `heading` are folded; `known` are the offsets in the passage where words of the query
    end.
    """
    found = max((_holds(kind, passage, known) for kind in asked), default=0.0)
    return found + ANNOUNCED if announces(asked, heading) else found


def announces(asked: Iterable[Asked], heading: str) -> bool:
    """Whether a folded heading announces an answer of one of these kinds."""
    return any(kind in _ANNOUNCES and _ANNOUNCES[kind].search(heading) for kind in asked)


def _holds(asked: Asked, passage: str, known: Sequence[int]) -> float:
    match asked:
        case Asked.TIME:
            return (0.6 if _TIME.search(passage) else 0.0) + (0.4 if _DEADLINE.search(passage) else 0.0)
        case Asked.NUMBER:
            return 1.0 if _NUMBER.search(passage) else 0.0
        case Asked.AGENT:
            return 1.0 if _AGENT.search(passage) else 0.0
        case Asked.LIST:
            return _is_list(passage)
        case Asked.MEANING:
            return 1.0 if any(_IS.match(passage, end) for end in known) else 0.0
        case Asked.WAY:
            steps = 0.5 if _STEP.search(passage) else 0.0
            # A table is no steps: mostly a form to fill in.
            return min(1.0, steps + 0.7 * _is_list(passage, tables=False))
        case Asked.CONDITION:
            return (0.5 if _CONDITION.search(passage) else 0.0) + 0.5 * _is_list(passage)
        case Asked.EXAMPLE:
            return 1.0 if _FORM.match(passage) else 0.5 * len(set(_EXAMPLE.findall(passage)[:2]))
        case Asked.SIGNER:
            return 0.0  # no passage but the signature tells


def _is_list(passage: str, *, tables: bool = True) -> float:
    lead_in = _LEAD_IN.search(passage)
    items = max(len(_ITEM.findall(passage)), passage.count(";") + 1)
    if tables:
        items = max(items, len(_ROW.findall(passage)))
    if lead_in is not None:
        return 1.0 if items > 1 else 0.4
    return 0.5 if items > 2 else 0.0
