"""Repairs of what PDF and typing habits do to words: letters set apart, tone marks on their own.

Only what is certain is changed; a wrong repair ruins good text.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from statistics import median

from indexer.extract.assemble import Word
from indexer.extract.landmarks import QUOC_HIEU, TIEU_NGU, plain
from kb.vietnamese.normalise import clean
from kb.vietnamese.syllables import is_syllable

_FEWEST_LETTERS = 4
_SPACED_SHARE = 0.8
_WORD_GAP = 1.5  # times the usual gap between letters
# Of the type height. Where another font lends the letters that a font lacks, the gap is any (measured:
# 0.2 to 1.0, blanks 0.25); beyond, the pieces belong to different columns.
_TORN_GAP = 1.1
_LONE_ONSET = re.compile("(?:[bcdđghklmnpqrstvx]|ch|gh|gi|kh|ng|ngh|nh|ph|qu|th|tr)", re.I)
_TORN_YEAR = re.compile(r"(?:19|20)\d")
_YEAR_IN_SYMBOL = re.compile(r"\d/(?:19|20)\d$")
_LAST_DIGIT = re.compile(r"\d(?!\d)")
_FIRST_MARK = "\u0300"
_LONGEST_ONSET = 3  # letters
# After these a lone letter is a label: "điểm b an toàn", "điểm a, b, c ở".
_LABEL_BEFORE = re.compile("điểm|mục|loại|hạng|nhóm|và|hoặc|.*,", re.I)


def repaired(words: list[Word]) -> list[Word]:
    """The words of one line, spaced-out headings, torn words and years put together again."""
    return _years_joined(_torn_joined(_spaced_joined(_marks_attached(words))))


def spaced_out_joined(text: str) -> str:
    """The same repair for plain text, where two or more blanks part the words: C Ộ N G  H Ò A."""
    if not _is_spaced_out(text.split()):
        return text
    parts = re.split(r"\s{2,}|\t", text.strip())
    if len(parts) > 1:
        return " ".join("".join(part.split()) for part in parts)
    return _known_heading(text) or text


def _is_spaced_out(texts: list[str]) -> bool:
    letters = [t for t in texts if len(t) == 1 and t.isalpha()]
    return len(letters) >= _FEWEST_LETTERS and len(letters) >= _SPACED_SHARE * len(texts)


def _known_heading(text: str) -> str | None:
    """Quốc hiệu or Tiêu ngữ when all gaps are alike: their words are known."""
    letters = "".join(c for c in text if c.isalpha())
    for phrase in (QUOC_HIEU, TIEU_NGU):
        if plain(letters) == phrase.replace(" ", ""):
            words, at = [], 0
            for word in phrase.split():
                words.append(letters[at : at + len(word)])
                at += len(word)
            if phrase == TIEU_NGU:  # Độc lập - Tự do - Hạnh phúc
                return f"{words[0]} {words[1]} - {words[2]} {words[3]} - {words[4]} {words[5]}"
            return " ".join(words)
    return None


def _spaced_joined(words: list[Word]) -> list[Word]:
    if not _is_spaced_out([word.text for word in words]):
        return words
    gaps = [_gap(a, b) for a, b in pairwise(words)]
    widest_inside = _WORD_GAP * max(median(gaps), 0.1)
    joined = [words[0]]
    for gap, word in zip(gaps, words[1:], strict=True):
        if gap <= widest_inside:
            joined[-1] = _joined(joined[-1], word)
        else:
            joined.append(word)
    return joined


def _torn_joined(words: list[Word]) -> list[Word]:
    """Join a lone onset with what follows close by, if that makes a syllable: v + ẫn."""
    done: list[Word] = []
    for word in words:
        last = done[-1] if done else None
        if (
            last is not None
            and len(last.text) <= _LONGEST_ONSET
            and last.rect is not None
            and _LONE_ONSET.fullmatch(last.text)
            and last.text.islower()
            and word.text.islower()
            and _gap(last, word) < _TORN_GAP * (last.rect.y1 - last.rect.y0)
            and is_syllable(last.text + word.text)
            and not (len(done) > 1 and _LABEL_BEFORE.fullmatch(done[-2].text))
        ):
            done[-1] = _joined(last, word)
        else:
            done.append(word)
    return done


def _years_joined(words: list[Word]) -> list[Word]:
    """Join a year of three digits with the fourth: "năm 200 3", "29/200 3/CT-TTg"."""
    done: list[Word] = []
    for word in words:
        last = done[-1].text if done else ""
        if (
            last[-1:].isdigit()
            and _LAST_DIGIT.match(word.text)
            and (
                _YEAR_IN_SYMBOL.search(last)
                or (_TORN_YEAR.fullmatch(last) and len(done) > 1 and done[-2].text.lower() == "năm")
            )
        ):
            done[-1] = _joined(done[-1], word)
        else:
            done.append(word)
    return done


def _marks_attached(words: list[Word]) -> list[Word]:
    """A tone mark that stands alone belongs to the word before it."""
    done: list[Word] = []
    for word in words:
        first = word.text[0]
        if first >= _FIRST_MARK and done and unicodedata.combining(first):
            done[-1] = _joined(done[-1], word)
        else:
            done.append(word)
    return done


def _gap(first: Word, second: Word) -> float:
    if first.rect is None or second.rect is None:
        return 0.0
    return second.rect.x0 - first.rect.x1


def _joined(first: Word, second: Word) -> Word:
    rect = first.rect.union(second.rect) if first.rect and second.rect else None
    text = clean(first.text + second.text)
    printed = clean((first.printed or first.text) + (second.printed or second.text))
    return Word(text, rect, printed if printed != text else None)
