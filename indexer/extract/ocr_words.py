"""Words as Tesseract gives them, made words of an official paper: glued ones parted, digits restored.

Only where the form of the paper says what must stand there (Nghị định 30/2020, Phụ lục I): behind
"Số:", and in "ngày 05 tháng 10 năm 2025", where a 1 is often read as I or l and a 0 as O.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.programs.tesseract import OcrWord

_UNSURE = 0.3  # confidence below which what has no three letters or digits in a row is a scrawl
_THREE = re.compile(r"[^\W_]{3}")
_LOOKALIKES = str.maketrans("IlL|!i]OoQDSsBZz", "1111111000055822")
_NUMBER_LABEL = re.compile(r"(S[oóòôốồổỗộơ0ỏ])([:.;]?)(\d\S*)?", re.I)
_DATE_WORD = {"ngày", "tháng", "năm"}
_DATE_GLUED = re.compile(r"(ngày|tháng|năm)?([\dIlL|!\]OoQ]{1,4}?)(tháng|năm)?", re.I)
_ETH = str.maketrans("Ðð", "Đđ")  # U+00D0 looks the same and is no Vietnamese letter


def real_words(words: Sequence[OcrWord]) -> list[OcrWord]:
    """The words without scrawls, parted and with digits where digits must be."""
    kept = [_plain(word) for word in words if not _is_scrawl(word)]
    parted = [part for at, word in enumerate(kept) for part in _parts(word, at, kept)]
    return [_with_digits(word, at, parted) for at, word in enumerate(parted)]


def _plain(word: OcrWord) -> OcrWord:
    text = word.text.translate(_ETH).replace("ĐĐ", "Đ")  # one letter, found twice
    return word if text == word.text else replace(word, text=text, raw=word.text)


def _is_scrawl(word: OcrWord) -> bool:
    """Whether it is what becomes of signatures, seals and dirt."""
    if not any(c.isalnum() for c in word.text):
        return len(word.text) > 1 or word.text not in "-–+•*" or word.confidence < _UNSURE
    return word.confidence < _UNSURE and not _THREE.search(word.text) and not word.text.isdecimal()


def _parts(word: OcrWord, at: int, words: Sequence[OcrWord]) -> Iterator[OcrWord]:
    """ "Số:2750" and "10năm" as two words."""
    label, glued = _NUMBER_LABEL.fullmatch(word.text), _DATE_GLUED.fullmatch(word.text)
    pieces = [word.text]
    if label and (label[2] or label[3]) and (at == 0 or words[at - 1].line != word.line):
        pieces = ["Số:" if label[1][0].isupper() else "số:", *filter(None, [label[3]])]
    elif glued and (glued[1] or glued[3]):
        pieces = [part for part in glued.groups() if part]
    x0 = word.rect.x0
    step = (word.rect.x1 - x0) / sum(map(len, pieces))
    for piece in pieces:
        rect = word.rect._replace(x0=x0, x1=x0 + step * len(piece))
        yield replace(word, text=piece, rect=rect, raw=word.raw or word.text)
        x0 = rect.x1


def _with_digits(word: OcrWord, at: int, words: Sequence[OcrWord]) -> OcrWord:
    """A word behind "ngày", "tháng" or "năm" of a date with its lookalikes as digits."""
    before = words[at - 1].text.lower() if at else ""
    core = word.text.rstrip(".,;")
    if before in _DATE_WORD and 1 <= len(core) <= 4 and any(c.isdecimal() for c in core):
        digits = core.translate(_LOOKALIKES)
        if digits.isdecimal() and digits != core:
            return replace(word, text=digits + word.text[len(core) :], raw=word.raw or word.text)
    return word
