"""What somebody has typed so far: whole words, and a last one that may go on.

Accents that were typed are respected, accents that were not are open: "ho" may become "hội", "hô"
may too (its tone is typed last), "hố" may not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.vietnamese.analyser import Token, tokens
from kb.vietnamese.normalise import fold, nfc

MOST = 200  # characters; what is longer is no beginning of anything
Marks = tuple[tuple[int, int], ...]

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_NO_TONES = dict.fromkeys(map(ord, _TONES))


@dataclass(frozen=True, slots=True)
class Typed:
    """A text in NFC and its words. `open`: the last one may go on, no blank follows it."""

    text: str
    words: tuple[Token, ...]
    open: bool

    @property
    def letters(self) -> int:
        """How many letters and digits there are."""
        return sum(len(word.fold) for word in self.words)

    @property
    def whole(self) -> tuple[Token, ...]:
        """The words that are complete."""
        return self.words[:-1] if self.open else self.words

    @property
    def last(self) -> Token | None:
        """The word that may go on."""
        return self.words[-1] if self.open and self.words else None

    def head(self, count: int) -> str:
        """The text before the last `count` words."""
        return self.text[: self.words[-count].start]


def read(text: str) -> Typed:
    """The beginning somebody typed; characters beyond MOST are left out. Never raises."""
    text = nfc(text[:MOST]).lstrip()
    words = tuple(tokens(text))
    return Typed(text, words, bool(words) and words[-1].end == len(text))


def conflicts(typed: Sequence[Token], forms: Sequence[str], *, open_end: bool) -> int:
    """How many of the typed words have accents that the words `forms`, matched to them in order,
    do not have. `open_end`: the last typed word is only a beginning."""
    found = 0
    for number, (word, form) in enumerate(zip(typed, forms, strict=False)):
        beginning = open_end and number == len(typed) - 1
        if word.accented and not (_begins(form, word.form) if beginning else form == word.form):
            found += 1
    return found


@lru_cache(maxsize=10_000)
def _begins(form: str, typed: str) -> bool:
    """True where `form` can still come of `typed`: each letter as typed or still without its accent."""
    shapes = zip(_toneless(typed), _toneless(form), fold(form), strict=False)
    return (
        len(typed) <= len(form)
        and all(letter in (shaped, plain) for letter, shaped, plain in shapes)
        and _tones(typed) <= _tones(form)
    )


@lru_cache(maxsize=10_000)
def _toneless(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).translate(_NO_TONES))


@lru_cache(maxsize=10_000)
def _tones(text: str) -> frozenset[str]:
    # Not where they stand: "toà" is read as "tòa" until it becomes "toàn".
    return frozenset(_TONES.intersection(unicodedata.normalize("NFD", text)))


def run(words: Sequence[Token], typed: Typed) -> int | None:
    """Where the words typed stand side by side among `words`, accents aside; None if nowhere."""
    *whole, last = [word.fold for word in typed.words]
    size = len(typed.words)
    for at in range(len(words) - size + 1):
        end = words[at + size - 1].fold
        if (end == last or (typed.open and end.startswith(last))) and whole == [
            word.fold for word in words[at : at + size - 1]
        ]:
            return at
    return None


def marks(label: str, typed: Typed) -> Marks:
    """The ranges of an NFC label that were typed: side by side, or else word by word."""
    found = tokens(label)
    at = run(found, typed)
    if at is not None:
        return tuple(_joined(label, _begun(found[at : at + len(typed.words)], typed)))
    whole = {word.fold for word in typed.whole}
    ranges = [(word.start, word.end) for word in found if word.fold in whole]
    if typed.last is not None and len(typed.last.fold) > 1:
        begun = (w for w in found if w.fold.startswith(typed.last.fold) and w.fold not in whole)
        ranges += [_part(word, typed.last) for word in list(begun)[:1]]
    return tuple(_joined(label, iter(sorted(ranges))))


def _begun(words: Sequence[Token], typed: Typed) -> Iterator[tuple[int, int]]:
    yield from ((word.start, word.end) for word in words[:-1])
    yield _part(words[-1], typed.words[-1])


def _part(word: Token, typed: Token) -> tuple[int, int]:
    return word.start, min(word.end, word.start + len(typed.fold))


def _joined(label: str, ranges: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ranges with nothing but blanks between them as one."""
    open_: tuple[int, int] | None = None
    for start, end in ranges:
        if open_ is not None and not label[open_[1] : start].strip():
            open_ = (open_[0], end)
            continue
        if open_ is not None:
            yield open_
        open_ = (start, end)
    if open_ is not None:
        yield open_
