"""Words parted by a hyphen at the end of a line: put together again.

Vietnamese is not hyphenated: "tổ chức -" and "Hà Nội-" at the end of a line mean what they say. What
is parted are foreign words ("manage-", "ment") and, carelessly, single syllables ("ngh-", "iệp").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.extract.assemble import DraftLine, Word
from kb.vietnamese.syllables import is_syllable

_PARTED = re.compile(r"([^\W\d_]{2,})[-\u2010]")
_REST = re.compile(r"([^\W\d_]+)(\W*)")


def join_hyphenated(lines: Sequence[DraftLine]) -> None:
    """Move the rest of a parted word to the line where it begins, in place."""
    for line, after in pairwise(lines):
        if not line.words or not after.words or after.new_paragraph or line.column != after.column:
            continue
        word, rest = line.words[-1], after.words[0]
        begin, end = _PARTED.fullmatch(word.text), _REST.fullmatch(rest.text)
        if begin and end and end[1].islower() and _is_one_word(begin[1], end[1]):
            line.words[-1] = Word(begin[1] + rest.text, word.rect)
            del after.words[0]


def _is_one_word(begin: str, end: str) -> bool:
    if is_syllable(begin) and is_syllable(end):
        return False
    if is_syllable(begin + end):
        return True
    return begin.isascii() and end.isascii() and len(begin) > 2 and len(end) > 1
