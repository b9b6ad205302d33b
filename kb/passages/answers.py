"""Whether a passage holds the kind of answer a question asks for. Works on folded text."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
_STEP = re.compile(r"\bbuoc\s+(?:\d|mot|hai|ba)\b|\b(?:trinh tu|quy trinh|thu tuc|cac buoc)\b")
# What follows the thing that is defined.
_IS = re.compile(
    r"[\"”’)\s,]*(?:\([^)\n]{1,60}\)\s*)?(?:la(?! gi\b)|duoc hieu la|co nghia la|nghia la|viet tat)\b"
    r"|\s*\((?:sau day )?(?:goi|viet) (?:tat|gon) la|\s*[:–-]\s|\s*\([^)\n]{2,60}\)"
)


def holds_answer(asked: Asked, passage: str, known: Sequence[int]) -> float:
    """0 to 1: how much a passage looks like the answer.

    `passage` is folded; `known` are the offsets in it where words of the query end.
    """
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
            return min(1.0, steps + 0.7 * _is_list(passage))


def _is_list(passage: str) -> float:
    lead_in = _LEAD_IN.search(passage)
    items = max(len(_ITEM.findall(passage)), passage.count(";") + 1)
    if lead_in is not None:
        return 1.0 if items > 1 else 0.4
    return 0.5 if items > 2 else 0.0
