"""Fixed strings of Vietnamese official papers that tell an extractor where it is.

Nghị định 30/2020, Điều 8 and Phụ lục I: Quốc hiệu and Tiêu ngữ stand top right, place and date under
them; Party papers (Hướng dẫn 36-HD/VPTW) have ĐẢNG CỘNG SẢN VIỆT NAM there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.vietnamese.normalise import fold, plain_dashes

QUOC_HIEU = "cong hoa xa hoi chu nghia viet nam"
TIEU_NGU = "doc lap tu do hanh phuc"
PARTY = "dang cong san viet nam"
_HEADINGS = (QUOC_HIEU, TIEU_NGU, PARTY)
_RIGHT_HAND = tuple(tuple(phrase.split()) for phrase in _HEADINGS)
TIEU_NGU_WORDS = tuple(TIEU_NGU.split())
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
# "Hà Tĩnh, ngày 04 tháng 8 năm 2019", day and month perhaps left open in a draft
_DATE_LINE = re.compile(r"(?!so\b)[a-z. -]{2,40},\s*ngay\b[\s\d.…]*thang\b[\s\d.…]*nam\s*\d{4}")
_NUMBER_LINE = re.compile(r"số\b", re.I)

# Secrecy (Luật Bảo vệ bí mật nhà nước 2018), urgency (NĐ 30, Điều 8.3) and circulation marks.
_MARKS = frozenset(
    """mat|toi mat|tuyet mat|khan|thuong khan|hoa toc|hoa toc hen gio|luu hanh noi bo|
    xem xong tra lai|tai lieu thu hoi|ban sao bi mat nha nuoc|do mat mat|do mat toi mat|
    do mat tuyet mat""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)


def plain(text: str) -> str:
    """Lower case without accents, letters and digits only, one blank between words."""
    return _NOT_LETTERS.sub(" ", fold(text)).strip()


def is_mark(text: str) -> bool:
    """True for a line that is nothing but a secrecy, urgency or circulation mark, spaced out or not."""
    words = plain(text)
    if words in _MARKS:
        return True
    spaced_out = all(len(word) == 1 for word in words.split())
    return spaced_out and words.replace(" ", "") in {mark.replace(" ", "") for mark in _MARKS}


def is_fixed(text: str) -> bool:
    """True if `text` holds Quốc hiệu, Tiêu ngữ or the Party's name line, or is a mark."""
    words = plain(text)
    return QUOC_HIEU in words or TIEU_NGU in words or words == PARTY or is_mark(text)


def is_right_hand(text: str) -> bool:
    """True for a line of the right header column: Quốc hiệu, Tiêu ngữ, Party, place and date."""
    words = plain(text)
    return words.startswith(_HEADINGS) or bool(_DATE_LINE.fullmatch(fold(text.strip())))


def right_hand_start(words: Sequence[str]) -> int:
    """Where the right header column begins in a line whose columns were glued; 0 if it does not.

    `words` are those of the line. `["CHÍNH", "PHỦ", "CỘNG", "HÒA", …]` gives 2.
    """
    line = plain(" ".join(words))
    if not any(phrase in line for phrase in _HEADINGS):  # as in nearly every line
        return _date_start(words)
    folded = [plain(word) for word in words]
    at = [i for i, word in enumerate(folded) if word]  # a lone dash is no word
    for phrase in _RIGHT_HAND:
        for first in range(1, len(at) - len(phrase) + 1):
            if all(folded[at[first + k]] == wanted for k, wanted in enumerate(phrase)):
                here = [words[at[first + k]] for k in range(len(phrase))]
                if phrase == TIEU_NGU_WORDS or _is_heading(here, folded[at[first - 1]]):
                    return at[first]
    return _date_start(words)


def _is_heading(words: Sequence[str], before: str) -> bool:
    """Capitals, and no sentence: "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam"."""
    return all(word.isupper() for word in words) and before != "nuoc"


def _date_start(words: Sequence[str]) -> int:
    """Where place and date begin in "Số: 12/HD-BCA-V05 Hà Nội, ngày 21 tháng 5 năm 2024"."""
    if not words or not _NUMBER_LINE.match(words[0]):
        return 0
    lowered = [word.lower() for word in words]
    for day in range(2, len(words)):
        if lowered[day] == "ngày" and words[day - 1].endswith(",") and "tháng" in lowered[day:]:
            start = day
            while start > 1 and _is_place(words[start - 1]):
                start -= 1
            return start if start < day else 0
    return 0


def _is_place(word: str) -> bool:
    dashed = plain_dashes(word)
    return word[:1].isupper() and "/" not in dashed and not any(c.isdigit() for c in dashed)
