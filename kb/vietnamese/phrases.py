"""Phrases worth suggesting: runs of words in titles and headings, and their keys in the index.

A *run* begins at a word and goes on for ten syllables or to the end of the clause. A title has one
run for each of its words, so that what a user has typed may begin at any of them. Phrases are
the beginnings of runs: whole words, two syllables or more, no function word at either end.

The key of a run is its folded form before the accented one, whose words are told by "_":

    0ngay hoi toan dan bao ve=ngày_hội toàn_dân bảo_vệ

The digit is a level. The runs of all documents have keys of level 0, those of an eighth of the
documents also of level 1, of an eighth of these of level 2 ...: a short beginning, which a
large library has too many runs for, is looked up in a sample of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from kb.model import Section
from kb.vietnamese.analyser import Token, segmented
from kb.vietnamese.normalise import fold
from kb.vietnamese.syllables import is_syllable

MOST_SYLLABLES = 10
MOST_RUNS = 100  # of the headings of a document
LONGEST_HEADING = 160  # characters; longer ones are paragraphs with a number
LEVELS = 5
SAMPLED = 8  # one document in so many goes on to the next level

Run = tuple[str, ...]  # words, the syllables of each joined by "_"


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# No phrase begins or ends with these.
_FUNCTION_WORDS = _listed(
    """của và về cho các những trong tại theo từ đến với do để là được bị khi nếu như này đó ấy kia
    trên dưới ra vào bằng hoặc hay thì mà nhưng vì bởi nên cũng đã đang sẽ vẫn còn chỉ rất quá
    mọi mỗi từng một ở qua sau trước giữa ngoài cùng lên xuống lại rồi không chưa chớ gì nào ai
    thuộc nhằm gồm việc sự bên nhất hơn
    về_việc đối_với liên_quan liên_quan_đến cho_đến kể_từ để_cho trong_khi"""
)
# Something follows them.
_ONLY_INSIDE = _listed("số điều khoản điểm thứ lần đầu cuối năm ngày quý mục chương giai_đoạn nhiệm_kỳ")
_YEAR_ALONE = _listed("đầu cuối giữa hằng hàng")  # "6 tháng đầu năm": no number follows
_GAP = re.compile(r",?[ \t]*\n?[ \t]*")  # between the words of a phrase: "phòng, chống" is one


def runs(text: str) -> list[Run]:
    """The different runs of an NFC text, in order; none where it was typed without accents."""
    return _runs(text, segmented(text))


def runs_of_headings(text: str, sections: Iterable[Section]) -> list[Run]:
    """The runs of the headings of an NFC text, MOST_RUNS or a few more."""
    found: dict[Run, None] = {}
    for section in sections:
        if len(found) >= MOST_RUNS:
            break
        if not section.title or len(section.title) > LONGEST_HEADING:
            continue
        # A heading stands behind its number. One that was put together from lines is left out.
        start = text.find(section.title, section.start, section.start + 2 * LONGEST_HEADING)
        if start >= 0:
            found.update(dict.fromkeys(_runs_within(text, start, start + len(section.title))))
    return list(found)


def _runs_within(text: str, start: int, end: int) -> list[Run]:
    """The runs between two offsets, segmented with the rest of their line as the index does."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end) + 1
    lines = text[first : last or len(text)]
    words = [word for word in segmented(lines) if start - first <= word[0].start < end - first]
    return _runs(lines, words)


def _runs(text: str, words: Sequence[Sequence[Token]]) -> list[Run]:
    if not any(token.accented for word in words for token in word):
        return []
    found: dict[Run, None] = {}
    for clause in _clauses(text, words):
        shown = [_shown(text, word) for word in clause]
        for start, word in enumerate(shown):
            if word not in _FUNCTION_WORDS:
                run = _cut(shown[start:])
                if run:
                    found[run] = None
    return list(found)


def keys(found: Iterable[Run], document_id: str) -> tuple[str, ...]:
    """The values of the index field `phrase` for a document with these runs."""
    forms = [" ".join(run) for run in dict.fromkeys(found)]
    values = [f"{fold(form).replace('_', ' ')}={form}" for form in forms]
    return tuple(f"{level}{value}" for level in range(_levels_of(document_id)) for value in values)


def beginning(folded: str, level: int) -> str:
    """What the keys of a level begin with whose runs begin so."""
    return f"{level}{folded}"


def read(key: str) -> Run:
    """The run of a key of any level."""
    return tuple(key.partition("=")[2].split(" "))


def may_end(words: Sequence[str]) -> bool:
    """True where a phrase of these words of a run is complete."""
    last = words[-1]
    if last.isdecimal():
        return _is_year(last)
    if last == "năm" and len(words) > 1 and words[-2] in _YEAR_ALONE:
        return True
    return last not in _FUNCTION_WORDS and last not in _ONLY_INSIDE


def _levels_of(document_id: str) -> int:
    """On how many levels the document's runs have keys: evenly spread, the same every time."""
    number, levels = crc32(document_id.encode()), 1
    while levels < LEVELS and number % SAMPLED == 0:
        number //= SAMPLED
        levels += 1
    return levels


def _clauses(text: str, words: Sequence[Sequence[Token]]) -> Iterator[list[Sequence[Token]]]:
    """Plain words with nothing but blanks and commas between them."""
    clause: list[Sequence[Token]] = []
    for word in words:
        plain = _is_plain(word)
        if clause and not (plain and _GAP.fullmatch(text, clause[-1][-1].end, word[0].start)):
            yield clause
            clause = []
        if plain:
            clause.append(word)
    if clause:
        yield clause


def _cut(words: Sequence[str]) -> Run:
    """The words up to the last with which a phrase may end, ten syllables at most; () for none."""
    syllables, end = 0, 0
    for number, word in enumerate(words, 1):
        syllables += word.count("_") + 1
        if syllables > MOST_SYLLABLES:
            break
        if syllables > 1 and may_end(words[:number]):
            end = number
    return tuple(words[:end])


def _is_plain(word: Sequence[Token]) -> bool:
    """True for words and short numbers; symbols, dates and codes interrupt a phrase."""
    if len(word) == 1 and word[0].fold.isdecimal():
        return len(word[0].fold) <= 2 or _is_year(word[0].fold)
    return all(token.fold.isalpha() for token in word)


def _is_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20")


def _shown(text: str, word: Sequence[Token]) -> str:
    """Lower case, but abbreviations as written."""
    return "_".join(
        raw if len(raw) > 1 and raw.isupper() and not is_syllable(token.form) else token.form
        for token in word
        for raw in (text[token.start : token.end],)
    )
