"""Phrases worth suggesting: runs of words in titles and headings, and their keys in the index.

A phrase is one to five segmented words of two to ten syllables that stand side by side, and neither
begins nor ends with a function word. Every such run of a title is a phrase, so that what a
user has typed may begin at any word. A key is the folded phrase before its accented form:

0ngay hoi toan dan=ngày hội toàn dân

The digit is a level. Every document's phrases are keys of level 0, those of an eighth of
the documents also of level 1, of an eighth of these of level 2 ...: short beginnings, which
a large library has too many phrases for, are looked up in a sample of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from kb.model import Section
from kb.vietnamese.analyser import Token
from kb.vietnamese.syllables import is_syllable

MOST_WORDS = 5
SYLLABLES = range(2, 11)
MOST_OF_A_TEXT = 400  # phrases of a document's title, and of its headings: a title has some 25
LONGEST_HEADING = 160  # characters; longer ones are paragraphs with a number
LEVELS = 5
SAMPLED = 8  # one document in so many goes on to the next level


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# No phrase begins or ends with these.
_FUNCTION_WORDS = _listed(
    """của và về cho các những trong tại theo từ đến với do để là được bị khi nếu như này đó ấy kia
    trên dưới ra vào bằng hoặc hay thì mà nhưng vì bởi nên cũng đã đang sẽ vẫn còn chỉ rất quá
    mọi mỗi từng một ở qua sau trước giữa ngoài cùng lên xuống lại rồi không chưa chớ gì nào ai
    thuộc nhằm gồm việc sự bên nhất hơn"""
)
_FUNCTION_PAIRS = frozenset(
    ("về việc", "đối với", "liên quan", "liên quan đến", "cho đến", "kể từ", "để cho", "trong khi")
)
# Something follows them.
_ONLY_INSIDE = _listed("số điều khoản điểm thứ lần đầu cuối năm ngày quý mục chương") | {
    "giai đoạn",
    "nhiệm kỳ",
}
_YEAR_ALONE = _listed("đầu cuối giữa hằng hàng")  # "6 tháng đầu năm": no number follows
_GAP = re.compile(r",?[ \t]*\n?[ \t]*")  # between the words of a phrase: "phòng, chống" is one


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it is looked up and as it is shown."""

    fold: str
    form: str  # lower case with accents, abbreviations in capitals


def mine(text: str, words: Sequence[Sequence[Token]]) -> list[Phrase]:
    """The different phrases of an NFC text whose segmented words are given, in order.

    None where they were typed without accents.
    """
    if not any(token.accented for word in words for token in word):
        return []
    found: dict[Phrase, None] = {}
    for start in range(len(words)):
        for phrase in _from(text, words[start : start + MOST_WORDS]):
            found[phrase] = None
        if len(found) >= MOST_OF_A_TEXT:
            break
    return list(found)


def of_headings(
    text: str, words: Sequence[Sequence[Token]], sections: Iterable[Section]
) -> list[Phrase]:
    """The phrases of the headings of an NFC text; `words` are those of the whole text."""
    found: dict[Phrase, None] = {}
    starts: list[int] = []
    for section in sections:
        if len(found) >= MOST_OF_A_TEXT:
            break
        if not section.title or len(section.title) > LONGEST_HEADING:
            continue
        # A heading stands behind its number. One that was put together from lines is left out.
        start = text.find(section.title, section.start, section.start + 2 * LONGEST_HEADING)
        if start < 0:
            continue
        starts = starts or [word[0].start for word in words]
        first, last = (bisect_left(starts, at) for at in (start, start + len(section.title)))
        found.update(dict.fromkeys(mine(text, words[first:last])))
    return list(found)


def keys(phrases: Iterable[Phrase], document_id: str) -> tuple[str, ...]:
    """The values of the index field `phrase` for a document."""
    different = dict.fromkeys(phrases)
    levels = range(_levels_of(document_id))
    return tuple(f"{level}{phrase.fold}={phrase.form}" for level in levels for phrase in different)


def key(phrase: Phrase) -> str:
    """The value under which every document with the phrase is found."""
    return f"0{phrase.fold}={phrase.form}"


def beginning(fold: str, level: int) -> str:
    """What the keys of a level begin with whose phrases begin with `fold`."""
    return f"{level}{fold}"


def read(value: str) -> Phrase:
    """The phrase of a key of any level."""
    fold, _, form = value[1:].partition("=")
    return Phrase(fold, form)


def _levels_of(document_id: str) -> int:
    """On how many levels the document's phrases are keys: evenly spread, the same every time."""
    number, levels = crc32(document_id.encode()), 1
    while levels < LEVELS and number % SAMPLED == 0:
        number //= SAMPLED
        levels += 1
    return levels


def _from(text: str, words: Sequence[Sequence[Token]]) -> Iterator[Phrase]:
    """The phrases that begin with the first of these words."""
    syllables: list[Token] = []
    for number, word in enumerate(words):
        if not _is_plain(word) or (
            syllables and not _GAP.fullmatch(text, syllables[-1].end, word[0].start)
        ):
            return
        if number == 0 and _is_function(word):
            return
        syllables += word
        if len(syllables) > SYLLABLES[-1]:
            return
        if len(syllables) >= SYLLABLES[0] and _may_end(word, syllables):
            yield Phrase(
                " ".join(token.fold for token in syllables),
                " ".join(_shown(text, token) for token in syllables),
            )


def _is_plain(word: Sequence[Token]) -> bool:
    """True for words and short numbers; symbols, dates and codes interrupt a phrase."""
    if len(word) == 1 and word[0].fold.isdecimal():
        return len(word[0].fold) <= 2 or _is_year(word[0].fold)
    return all(token.fold.isalpha() for token in word)


def _may_end(word: Sequence[Token], syllables: Sequence[Token]) -> bool:
    """True where a phrase of these syllables, `word` the last of them, is complete."""
    last = word[-1].form
    if last.isdecimal():
        return _is_year(last)
    if last == "năm" and len(syllables) > 1 and syllables[-2].form in _YEAR_ALONE:
        return True
    return not _is_function(word) and " ".join(token.form for token in word) not in _ONLY_INSIDE


def _is_function(word: Sequence[Token]) -> bool:
    if len(word) == 1:
        return word[0].form in _FUNCTION_WORDS
    return " ".join(token.form for token in word) in _FUNCTION_PAIRS


def _is_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20")


def _shown(text: str, token: Token) -> str:
    raw = text[token.start : token.end]
    is_abbreviation = len(raw) > 1 and raw.isupper() and not is_syllable(token.form)
    return raw if is_abbreviation else token.form
