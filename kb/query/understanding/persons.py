"""Persons among the plain words: a title and a name, "Thứ trưởng Lê Quốc Hùng"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kb.model import Span
from kb.query.understanding import clauses
from kb.query.understanding.phrases import Phrases
from kb.query.understanding.recognised import Recognised, overlaps
from kb.query.understanding.runs import Run
from kb.results import Understood
from kb.vietnamese.analyser import Token
from kb.vietnamese.normalise import fold

_TITLES = (
    "Tổng Bí thư", "Chủ tịch nước", "Phó Chủ tịch nước", "Thủ tướng", "Phó Thủ tướng",
    "Chủ tịch Quốc hội", "Bộ trưởng", "Thứ trưởng", "Đại tướng", "Thượng tướng", "Trung tướng",
    "Thiếu tướng", "Đại tá", "Thượng tá", "Trung tá", "Thiếu tá", "Đại úy", "Thượng úy", "Trung úy",
    "Thiếu úy", "Giám đốc", "Phó Giám đốc", "Cục trưởng", "Phó Cục trưởng", "Trưởng phòng",
    "Phó Trưởng phòng", "Chủ tịch", "Phó Chủ tịch", "Bí thư", "Phó Bí thư", "Đồng chí", "Đ/c",
)  # fmt: skip
_SURNAMES = (  # of the Kinh and of other peoples
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Tô Lương Đinh Trương Đoàn "
    "Mai Cao Tạ Tống Hà Lâm Trịnh Chu Châu Thái Quách La Kiều Vương Đào Phùng Tăng Triệu Từ Lưu Đàm "
    "Đồng Giang Quàng Lò Cầm Nông Hứa Bế Ma Hầu Khuất Doãn Thân Ninh Nghiêm"
)
# A name typed in small letters ends before these, and has three syllables where it could go on.
_BEHIND_NAMES = (
    "ve cua tai trong nam ngay va voi chi kiem lam phat ky chu den tu tren o cho la co du da duoc "
    "khi cong bo pho giam noi trao thang quy ban"
)
_NOT_IN_NAME = frozenset(_BEHIND_NAMES.split())
_USUAL, _SHORTEST, _LONGEST = 3, 2, 4  # syllables


def persons_named(run: Run, taken: Sequence[Span]) -> Iterator[Recognised]:
    """The persons named with a title outside of `taken`, in order."""
    words = run.tokens
    for _title, first, after in _titles().find(words):
        # "Trung tướng, Thứ trưởng Lê Quốc Hùng": only the last title stands before the name.
        end = _name_end(run, after)
        if end is None:
            continue
        span = run.span(words[first].start, words[end - 1].end)
        if overlaps(span, taken):
            continue
        name = run.text[words[after].start : words[end - 1].end]
        ranks, stands_for = clauses.person(name)
        written = run.text[words[first].start : words[end - 1].end]
        told = Understood("person", written, name, label=name, span=span, soft=True)
        yield Recognised(told, ranks, stands_for)


def _name_end(run: Run, start: int) -> int | None:
    """Where the name that begins at word `start` ends; None where none begins."""
    words = run.tokens
    if start >= len(words) or not _is_surname(words[start]):
        return None
    shouted = run.text.isupper()
    capitals = not shouted and run.text[words[start].start].isupper()
    end = start + 1
    while end < len(words) and end - start < _LONGEST:
        apart = run.text[words[end - 1].end : words[end].start]
        capital = run.text[words[end].start].isupper()
        if apart != " " or (not capital if capitals else words[end].fold in _NOT_IN_NAME):
            break
        end += 1
    if not capitals:
        end = min(end, start + _USUAL)
    return end if end - start >= _SHORTEST else None


def _is_surname(word: Token) -> bool:
    return word.form in _surnames() or word.form in _surnames(plain=True)


@lru_cache(maxsize=2)
def _surnames(plain: bool = False) -> frozenset[str]:
    return frozenset(fold(name) if plain else name.lower() for name in _SURNAMES.split())


@lru_cache(maxsize=1)
def _titles() -> Phrases:
    return Phrases((title, title) for title in _TITLES)
