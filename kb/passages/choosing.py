"""The passages of a document that show most of what a query looks for."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_

from kb.passages.cutting import LENGTH, Cutter, word_start
from kb.passages.finding import Hit, Readable, joined
from kb.passages.outline import Outline, citation, page_at
from kb.passages.places import Places
from kb.passages.sought import Sought
from kb.passages.weighing import Weigher, Window
from kb.results import Passage
from kb.vietnamese.questions import Asked

CANDIDATES, CANDIDATE_ANSWERS = 8, 12  # passages looked at closely; for a question
PROMISING = 4  # sections whose heading promises the answer, looked at besides
COVERED = 0.3  # a word that a better passage shows
WORTH_SHOWING = 0.4  # of the best passage
# Of more hits than MANY only those in the MANY_BLOCKS fullest parts of the text are looked at: places
# where what begins in a block of characters shows most within LENGTH.
MANY, MANY_BLOCKS = 40, 12
BLOCK = 70
BLOCKS = LENGTH // BLOCK + 1
RUN_ENDS = 2  # further candidates, see _best
HOPEFUL = 0.35  # of the words of the fullest place: with fewer none is worth showing
_LISTS = frozenset((Asked.LIST, Asked.WAY, Asked.CONDITION, Asked.EXAMPLE))


def best_passages(outline: Outline, sought: Sought, count: int = 3) -> tuple[Passage, ...]:
    """Up to `count` passages that show most of what is sought, best first; further ones only where
    they are nearly as good.

    Without a hit (or without anything sought) the passage is the beginning of the body.
    """
    text, finder = Readable(outline.text), sought.finder
    telling = finder.telling(text)
    if not any(sought.weights[mark] for _start, _end, mark in telling.hits):
        return _opening(outline)
    chooser = _Chooser(outline, sought, text.folded, telling.hits)
    return tuple(
        _passage(outline, w.start, w.end, finder.within(text, telling, w.start, w.end))
        for w in chooser.best(count)
    )


class _Chooser:
    """Cuts the candidates of one document, has them weighed, and takes the best."""

    def __init__(self, outline: Outline, sought: Sought, folded: str, hits: Sequence[Hit]) -> None:
        self._asked = sought.asked
        self._hits = hits
        self._places = Places(outline, folded, sought.asked)
        self._cutter = Cutter(
            outline.text,
            self._shows_more,
            wants_list=not _LISTS.isdisjoint(sought.asked),
            stop=self._places.recipients or len(folded),
        )
        self._weigher = Weigher(outline, folded, sought, hits, self._places, self._cutter.length)

    def best(self, count: int) -> Iterator[Window]:
        """The best window, then those that do not overlap it and show something it does not."""
        windows = self._windows()
        covered = 0
        least = 0.0
        while windows and count:
            best = max(windows, key=lambda window: window.worth * self._new(window, covered))
            yield best
            count -= 1
            least = least or WORTH_SHOWING * best.worth
            covered |= best.shown
            windows = [
                window
                for window in windows
                if window.worth >= least and (window.end <= best.start or window.start >= best.end)
            ]

    def _new(self, window: Window, covered: int) -> float:
        """The share of a window's worth that no chosen passage has."""
        total = self._weigher.sum(window.shown)
        known = self._weigher.sum(window.shown & covered)
        return 1.0 - (1.0 - COVERED) * known / total if known else 1.0

    def _shows_more(self, start: int, end: int, following: int) -> bool:
        return self._weigher.shows_more(start, end, following)

    def _windows(self) -> list[Window]:
        """The candidates, each with its worth."""
        found: dict[tuple[int, int], Window] = {}
        begun = self._begun()
        for start in self._weigher.promising(PROMISING) if self._asked else ():
            begun.append((self._cutter.below_headings(start), start))
        for start, needed in begun:
            end = self._cutter.end(start, needed)
            if (start, end) not in found:
                found[start, end] = self._weigher.window(start, end)
        if Asked.SIGNER in self._asked and (signature := self._places.signature()):
            found[signature] = self._weigher.signature(*signature)
        return list(found.values())

    def _begun(self) -> list[tuple[int, int]]:
        """Where to begin, and the end of the first hit: the sentences from which on LENGTH characters
        show most of what is sought, the fullest first; of equal ones the first, which may be a
        heading. And where a run of equal ones ends, which is the tightest."""
        begun: dict[int, int] = {}
        for start, end in self._cutter.starts(self._hopeful()):
            begun.setdefault(start, end)
        fullness = self._weigher.fullness
        full = [(-fullness(start, start + LENGTH), start) for start in sorted(begun)]
        most = CANDIDATE_ANSWERS if self._asked else CANDIDATES
        fullest = heapq.nsmallest(most, full)
        chosen = [start for worth, start in fullest if worth <= HOPEFUL * fullest[0][0]]
        run_ends = [a for a, b in pairwise([*full, (0.0, -1)]) if a[0] < b[0]]
        chosen += [start for _worth, start in heapq.nsmallest(RUN_ENDS, run_ends)]
        return [(start, begun[start]) for start in dict.fromkeys(chosen)]

    def _hopeful(self) -> Sequence[Hit]:
        """The hits in the fullest parts of the text, in order: all where they are few."""
        if len(self._hits) <= MANY:
            return self._hits
        shown = [0] * (self._hits[-1][0] // BLOCK + BLOCKS)
        for start, _end, bit in self._weigher.entries:
            shown[start // BLOCK] |= bit
        fullness = {
            block: self._weigher.sum(reduce(or_, shown[block : block + BLOCKS]))
            for block, bits in enumerate(shown)
            if bits
        }
        chosen = set(heapq.nlargest(MANY_BLOCKS, fullness, key=fullness.__getitem__))
        return [hit for hit in self._hits if hit[0] // BLOCK in chosen]


# ---------------------------------------------------------------- showing


def _opening(outline: Outline) -> tuple[Passage, ...]:
    text = outline.text
    start = next((section.start for section in outline.sections), outline.body)
    end = min(len(text), word_start(text, start + LENGTH))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (_passage(outline, start, end, []),) if end > start else ()


def _passage(outline: Outline, start: int, end: int, hits: Iterable[Hit]) -> Passage:
    return Passage(
        text=outline.text[start:end],
        start=start,
        page=page_at(outline.pages, start),
        section=citation(outline, start, end),
        marks=joined((first - start, last - start) for first, last, _mark in hits),
    )
