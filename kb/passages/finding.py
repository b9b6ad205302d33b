"""Where the words of a query stand in a text.

Finding works on the folded text, which has the same length as the NFC text, so an offset in one
is an offset in the other. A hit is then checked by its accents: a query syllable with accents
marks its own form and the same syllable typed without any accent, never one with other accents.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kb.query.planned import Mark
from kb.vietnamese.normalise import fold, match_form

LONG_TEXT = 60_000  # characters: about 30 pages; from here on not every common word is looked for
MOST_HITS = 2_000  # of a long text: enough to choose from
NEAR = 400  # characters around the hits of rarer words in which the others are looked for

ENOUGH = 12  # different words that choose a passage; more cost time and change little
FIRST, EVERYWHERE = 6, 30  # so many whatever they are; of the others none that stands in so many places
UNKNOWN = -1  # a spelling whose accents have not been compared yet
_WORD = re.compile(r"[^\W_]+")


# Signs and what is not ASCII as blanks.
_SIGNS_AS_BLANKS = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256))

Hit = tuple[int, int, int]  # characters start:end of a text match the mark of that number


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """The marks with the same letters: found together, told apart by their accents."""

    first: str  # the first token, folded
    word: bytes | None  # the same between blanks, where `Readable.words` can hold it
    rest: re.Pattern[str] | None  # the other tokens of a mark that has several
    prefix: bool
    marks: tuple[int, ...]
    known: dict[str, int | None] = field(default_factory=dict)  # what is written -> its mark


class Readable:
    """An NFC text prepared for finding. `folded` has the same length; `words` is its ASCII, signs as
    blanks, between two more blanks."""

    __slots__ = ("folded", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = folded_text(text)
        self.words = b" %b " % self.folded.encode("ascii", "replace").translate(_SIGNS_AS_BLANKS)


@dataclass(frozen=True, slots=True)
class Telling:
    """The hits to choose by, in order. Of the `complete` groups these are all hits in the text."""

    hits: list[Hit]
    complete: Sequence[_Group]


class Finder:
    """Looks for the same marks in any number of texts. `ranked` are the numbers of those to choose
    passages by, the most telling first; without it all, in their order."""

    def __init__(self, marks: Sequence[Mark], ranked: Sequence[int] | None = None) -> None:
        self._marks = marks
        groups: dict[tuple[str, bool], list[int]] = {}
        for number, mark in enumerate(marks):
            if mark.fold:
                groups.setdefault((mark.fold, mark.prefix), []).append(number)
        self._groups = [_group(*key, numbers) for key, numbers in groups.items()]
        place = {number: n for n, number in enumerate(range(len(marks)) if ranked is None else ranked)}
        telling = [
            (min(place.get(m, len(marks)) for m in group.marks), group) for group in self._groups
        ]
        telling = [(best, group) for best, group in telling if best < len(marks)]
        self._telling = [group for _best, group in sorted(telling, key=lambda pair: pair[0])]

    def all(self, text: Readable) -> list[Hit]:
        """Every hit of a text, in order."""
        found: list[Hit] = []
        for group in self._groups:
            self._find(group, text, found)
        found.sort()
        return found

    def within(self, text: Readable, telling: Telling, start: int, stop: int) -> list[Hit]:
        """Every hit in start:stop, in order, where those of `telling` are known."""
        hits = telling.hits
        first, last = bisect_left(hits, (start,)), bisect_left(hits, (stop,))
        found = [hit for hit in hits[first:last] if hit[1] <= stop]
        for group in self._groups:
            if group not in telling.complete:
                self._find(group, text, found, start, stop)
        return sorted(set(found))

    def telling(self, text: Readable) -> Telling:
        """The hits one has to know to choose among the passages of a text.

        Those of the ENOUGH most telling marks that the text holds, but for common ones. Beyond
        LONG_TEXT the words that are rarest in the text go first, and what stands everywhere is looked
        for near them only: it tells no passage from another.
        """
        found: list[Hit] = []
        complete: list[_Group] = []
        groups, marks = self._telling, 0
        is_long = len(text.text) > LONG_TEXT
        if is_long:
            counts = {group.first: text.folded.count(group.first) for group in groups}
            groups = sorted(groups, key=lambda group: counts[group.first])
        for group in groups:
            before = len(found)
            if marks >= FIRST and group.word and text.words.count(group.word) > EVERYWHERE:
                continue
            if is_long and found and before + counts[group.first] > MOST_HITS:
                for start, end in _around(sorted(found), len(text.text)):
                    self._find(group, text, found, start, end)
            else:
                self._find(group, text, found, most=MOST_HITS)
                if len(found) - before < MOST_HITS:
                    complete.append(group)
            marks += len(found) > before
            if marks == ENOUGH and not is_long:
                break
        return Telling(sorted(set(found)) if is_long else sorted(found), complete)

    def _find(
        self,
        group: _Group,
        text: Readable,
        found: list[Hit],
        start: int = 0,
        stop: int | None = None,
        most: int | None = None,
    ) -> None:
        """Append the hits of a group within start:stop, at most `most`."""
        stop = len(text.text) if stop is None else stop
        places = (_as_word if group.word else _anywhere)(group, text, start, stop)
        raw_text, known, rest = text.text, group.known, group.rest
        room = len(raw_text) if most is None else most
        for begin, end in places:
            if rest is not None:
                following = rest.match(text.folded, end, stop)
                if following is None:
                    continue
                end = following.end()
            raw = raw_text[begin:end]
            mark = known.get(raw, UNKNOWN)
            if mark == UNKNOWN:
                mark = known[raw] = self._mark_of(group, raw, text.folded[begin:end])
            if mark is not None:
                found.append((begin, end, mark))
                room -= 1
                if not room:
                    return

    def _mark_of(self, group: _Group, raw: str, found: str) -> int | None:
        """The first mark of the group whose accents agree with what is written."""
        for number in group.marks:
            if _accents_agree(self._marks[number], raw, found):
                return number
        return None


def find_marks(text: str, marks: Sequence[Mark]) -> tuple[tuple[int, int], ...]:
    """Where the marks stand in an NFC text: half-open ranges in order, overlaps joined."""
    finder = Finder(tuple(dict.fromkeys(marks)))
    return joined((start, end) for start, end, _mark in finder.all(Readable(text)))


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
    begins = prefix and not others
    plain = first.isascii() and first.isalnum() and not first[0].isdigit() and not begins
    return _Group(first, f" {first} ".encode() if plain else None, rest, begins, tuple(marks))


def _as_word(group: _Group, text: Readable, start: int, stop: int) -> list[tuple[int, int]]:
    """Where the first token of a group stands as a word."""
    word, find, limit = group.word, text.words.find, stop + 2
    assert word is not None
    size = len(word) - 2
    found = []
    at = find(word, start, limit)  # the blank in front of it, which is one character more
    while at >= 0:
        end = at + size
        found.append((at, end))
        at = find(word, end + 1, limit)
    return found


def _anywhere(group: _Group, text: Readable, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The same for numbers, beginnings of words, and letters of other scripts."""
    folded, first = text.folded, group.first
    size, length, number = len(first), len(folded), first[0].isdigit()
    at = folded.find(first, start, stop)
    while at >= 0:
        begin, end = at, at + size
        at = folded.find(first, end, stop)
        if number:  # 04/8 and 4/8 are the same day
            while begin and folded[begin - 1] == "0":
                begin -= 1
        if begin and folded[begin - 1].isalnum():
            continue
        if group.prefix:
            while end < length and folded[end].isalnum():
                end += 1
        elif end < length and folded[end].isalnum():
            continue
        yield begin, end


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
    for hit_start, hit_end, _mark in hits:
        if hit_start - NEAR > end:
            if end > start:
                yield start, end
            start = max(0, hit_start - NEAR)
        end = min(length, hit_end + NEAR)
    if end > start:
        yield start, end
