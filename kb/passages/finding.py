"""Where the words of a query stand in a text.

Finding works on the folded text, which has the same length as the NFC text, so an offset in one
is an offset in the other. A hit is then checked by its accents: a query syllable with accents
marks its own form and the same syllable typed without any accent, never one with other accents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.query.planned import Mark
from kb.vietnamese.normalise import fold, match_form

LONG_TEXT = 60_000  # characters: about 30 pages; from here on not every common word is looked for
MOST_HITS = 2_000  # of a long text: enough to choose from
NEAR = 400  # characters around the hits of rarer words in which the others are looked for

_WORD = re.compile(r"[^\W_]+")


class Hit(NamedTuple):
    """Characters start:end of a text match the mark of that number."""

    start: int
    end: int
    mark: int


@dataclass(frozen=True, slots=True)
class _Group:
    """The marks with the same letters: found together, told apart by their accents."""

    first: str  # the first token, folded
    rest: re.Pattern[str] | None  # the other tokens of a mark that has several
    prefix: bool
    marks: tuple[int, ...]


class Finder:
    """Looks for the same marks in any number of texts."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = marks
        groups: dict[tuple[str, bool], list[int]] = {}
        for number, mark in enumerate(marks):
            if mark.fold:
                groups.setdefault((mark.fold, mark.prefix), []).append(number)
        self._groups = [_group(*key, numbers) for key, numbers in groups.items()]

    def all(self, text: str, folded: str) -> list[Hit]:
        """Every hit in an NFC text, in order; `folded` is `folded_text(text)`."""
        found = [hit for group in self._groups for hit in self._hits(group, text, folded)]
        found.sort()
        return found

    def telling(self, text: str, folded: str) -> list[Hit]:
        """The hits one has to know to choose among the passages of a text, in order.

        All of them, up to LONG_TEXT. In a longer text those of the words that are rarest in it, and
        those of the other words near them: what stands everywhere tells no passage from another.
        """
        if len(text) <= LONG_TEXT:
            return self.all(text, folded)
        counted = [(folded.count(group.first), group) for group in self._groups]
        found: list[Hit] = []
        for count, group in sorted(counted, key=lambda pair: pair[0]):
            if found and len(found) + count > MOST_HITS:
                for start, end in _around(sorted(found), len(text)):
                    found += self._hits(group, text, folded, start, end)
            else:
                hits = self._hits(group, text, folded)
                found += [hit for hit, _ in zip(hits, range(MOST_HITS), strict=False)]
        return sorted(set(found))

    def _hits(
        self, group: _Group, text: str, folded: str, start: int = 0, stop: int | None = None
    ) -> Iterator[Hit]:
        first, size = group.first, len(group.first)
        length = len(folded)
        stop = length if stop is None else stop
        number = first[0].isdigit()
        at = folded.find(first, start, stop)
        while at >= 0:
            begin, end = at, at + size
            if number:  # 04/8 and 4/8 are the same day
                while begin and folded[begin - 1] == "0":
                    begin -= 1
            if group.prefix:
                while end < length and folded[end].isalnum():
                    end += 1
            is_word = not (begin and folded[begin - 1].isalnum()) and not (
                end < length and folded[end].isalnum()
            )
            if is_word and group.rest is not None:
                following = group.rest.match(folded, end)
                is_word = following is not None
                end = following.end() if following else end
            if is_word:
                raw = text[begin:end]
                for mark in group.marks:
                    if _accents_agree(self._marks[mark], raw, folded[begin:end]):
                        yield Hit(begin, end, mark)
                        break
            at = folded.find(first, at + size, stop)


def find_marks(text: str, marks: Sequence[Mark]) -> tuple[tuple[int, int], ...]:
    """Where the marks stand in an NFC text: half-open ranges in order, overlaps joined."""
    finder = Finder(tuple(dict.fromkeys(marks)))
    return joined((hit.start, hit.end) for hit in finder.all(text, folded_text(text)))


def joined(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Ordered half-open ranges with overlapping ones made one."""
    result: list[tuple[int, int]] = []
    for start, end in ranges:
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def folded_text(text: str) -> str:
    """The folded form of an NFC text, of the same length."""
    folded = fold(text)
    if len(folded) != len(text):  # a mark that composes with nothing was dropped
        folded = "".join(fold(char)[:1] or " " for char in text)
    return folded


def _group(folded: str, prefix: bool, marks: Sequence[int]) -> _Group:
    first, *others = _WORD.findall(folded) or [folded]
    rest = None
    if others:
        pattern = "".join(rf"[\W_]+{re.escape(token)}" for token in others)
        rest = re.compile(pattern + (r"[^\W_]*" if prefix else "") + r"(?![^\W_])")
    return _Group(first, rest, prefix and not others, tuple(marks))


def _accents_agree(mark: Mark, raw: str, found: str) -> bool:
    if mark.any_accent:
        return True
    form = match_form(raw)
    if form == found:  # typed without any accent
        return True
    if " " in mark.form:  # several tokens, whatever stands between them
        form = " ".join(_WORD.findall(form))
    return form.startswith(mark.form) if mark.prefix else form == mark.form


def _around(hits: Sequence[Hit], length: int) -> Iterator[tuple[int, int]]:
    """The parts of a text of that length that lie near the hits, in order, apart."""
    start, end = 0, -1
    for hit in hits:
        if hit.start - NEAR > end:
            if end > start:
                yield start, end
            start = max(0, hit.start - NEAR)
        end = min(length, hit.end + NEAR)
    if end > start:
        yield start, end
