"""What a passage is worth: how much it shows of what is sought, where it stands, whether it answers."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice

from kb.model import Section
from kb.passages.answers import announces, answer_in
from kb.passages.finding import Hit
from kb.passages.outline import Outline
from kb.passages.places import Places
from kb.passages.sought import IN_TITLE, Sought
from kb.vietnamese.normalise import fold

REPEATED = 0.02  # a word once more in the same passage
TIGHT = 0.15  # what a passage of full length loses: of two that show the same, the shorter
HEADING = 0.4  # a word in a heading above the passage that it does not hold itself
HEADED = 0.3  # one that it holds, too
ANSWER = 1.0  # how much the answer a question asks for adds
ASKS = 0.5  # where the passage only asks the question, too


@dataclass(frozen=True, slots=True)
class Window:
    """A candidate: characters start:end, what it is worth, and the marks it shows, as bits."""

    start: int
    end: int
    worth: float
    shown: int


class Weigher:
    """Weighs the passages of one document. `hits` are those to choose by, in order; `length` is what a
    passage may measure before its length counts against it.

    Sets of marks are bits of a number: 1 << n for mark n; the bits above are pairs of them.
    """

    def __init__(
        self,
        outline: Outline,
        folded: str,
        sought: Sought,
        hits: Sequence[Hit],
        places: Places,
        length: int,
    ) -> None:
        self._outline = outline
        self._folded = folded
        self._asked = sought.asked
        self._places = places
        self._length = length
        self._marks = (1 << len(sought.weights)) - 1
        self.entries = list(_entries(sought, hits))
        """What the text shows, by where it begins: (start, end, bit)."""
        self._starts = [entry[0] for entry in self.entries]
        titled = self._shown(0, outline.body) if outline.body else 0
        self.sum = sought.worth(titled).sum
        """What showing marks and pairs is worth."""
        self._headings = list(self._headings_with_hits())

    def fullness(self, start: int, end: int) -> float:
        """What start:end shows is worth, whatever else it is."""
        bits = 0
        for _begin, _stop, bit in self._between(start, end):
            bits |= bit
        return self.sum(bits)

    def window(self, start: int, end: int) -> Window:
        """The passage start:end with its worth."""
        shown = again = 0
        for _begin, stop, bit in self._between(start, end):
            if stop <= end:
                again |= shown & bit
                shown |= bit
        worth = self.sum(shown) + REPEATED * self.sum(again & self._marks)
        headed = self._in_headings(start)
        if headed:
            worth += HEADING * self.sum(headed & ~shown) + HEADED * self.sum(headed & shown)
        if self._asked:
            worth *= self._answering(start, end)
        length = (end - start) / self._length
        worth *= 1.0 - TIGHT * length if length <= 1.0 else (1.0 - TIGHT) / math.sqrt(length)
        return Window(start, end, worth * self._places.share(start), shown & self._marks)

    def signature(self, start: int, end: int) -> Window:
        """The signature start:end as the answer to who signed: what stands above it is the head."""
        named = self._shown(0, self._outline.body)
        return Window(start, end, self.sum(named) / IN_TITLE * (1.0 + ANSWER), named)

    def shows_more(self, start: int, end: int, following: int) -> bool:
        """Whether end:following shows any mark that start:end does not."""
        return self.sum(self._shown(end, following) & ~self._shown(start, end)) > 0

    def _between(self, start: int, end: int) -> Sequence[Hit]:
        return self.entries[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _shown(self, start: int, end: int) -> int:
        """The marks in start:end."""
        bits = 0
        for _start, _end, bit in self._between(start, end):
            bits |= bit
        return bits & self._marks

    # ------------------------------------------------------------ headings and answers

    def _headings_with_hits(self) -> Iterator[tuple[Section, int]]:
        if not self._starts:
            return
        first, last = self._starts[0], self._starts[-1]
        for section in self._outline.sections:
            if _heading_end(section) > first and section.start <= last:
                marks = self._shown(section.start, _heading_end(section))
                if marks:
                    yield section, marks

    def _in_headings(self, start: int) -> int:
        """The marks in the headings of the sections around `start`."""
        marks = 0
        for section, found in self._headings:
            if section.start <= start < section.end:
                marks |= found
        return marks

    def _answering(self, start: int, end: int) -> float:
        """A factor: 1 for a passage that holds nothing of the kind that is asked for."""
        passage = self._folded[start:end]
        if passage.rstrip("”\"'.) ").endswith("?"):
            return ASKS
        heading = self._heading(start)
        known = [stop - start for _b, stop, bit in self._between(start, end) if bit <= self._marks]
        return 1.0 + ANSWER * answer_in(passage, heading, self._asked, known)

    def promising(self, count: int) -> Iterator[int]:
        """Where sections begin whose heading announces what is asked for or shows most of what is
        sought: up to `count` of each kind."""
        announced = (
            section.start
            for section in self._outline.sections
            if section.title and announces(self._asked, fold(section.title))
        )
        yield from islice(announced, count)
        headed = nlargest(count, self._headings, key=lambda heading: self.sum(heading[1]))
        yield from (section.start for section, _marks in headed)

    def _heading(self, start: int) -> str:
        """The heading of the innermost section around `start` that has one, folded."""
        titled = [s for s in self._outline.sections if s.title and s.start <= start < s.end]
        if not titled:
            return ""
        section = max(titled, key=lambda section: section.level)
        return self._folded[section.start : _heading_end(section)]


def _heading_end(section: Section) -> int:
    return section.start + len(section.label) + len(section.title) + 4


def _entries(sought: Sought, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits with their bits, and where two marks stand together as in the query one entry more, for
    both."""
    numbers = sought.neighbours
    last_start, last_end, last = 0, -3, -1
    for start, end, mark in hits:
        if start - last_end <= 2:
            number = numbers.get((last, mark))
            if number is not None:
                yield last_start, end, 1 << number
        yield start, end, 1 << mark
        last_start, last_end, last = start, end, mark
