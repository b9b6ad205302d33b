"""The passages of a document that show most of what a query looks for."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.passages.answers import holds_answer
from kb.passages.cutting import LENGTH, Cutter, word_start
from kb.passages.finding import Hit, folded_text, joined
from kb.passages.outline import Outline, citation, page_at, section_at
from kb.passages.sought import Sought
from kb.results import Passage
from kb.vietnamese.questions import Asked

CANDIDATES = 16  # passages looked at closely

# What a passage counts there: the head repeats the title, which every list shows already, and so do
# grounds (căn cứ) and scope (Thông tư này quy định …); the end names recipients.
HEAD, RECIPIENTS, GROUNDS = 0.3, 0.3, 0.4
_GROUNDS = re.compile(
    r"can cu\b|theo de nghi\b|xet de nghi\b|thuc hien (?:\w+ ){1,4}so\b"
    r"|(?:bo luat|luat|phap lenh|nghi dinh|nghi quyet|quyet dinh|thong tu|quy che|huong dan) nay"
    r" (?:quy dinh|huong dan|ap dung)"
)
RECIPIENTS_LENGTH = 800  # characters; an annex may follow
REPEATED = 0.1  # a word once more in the same passage
COVERED = 0.3  # a word that a better passage shows
SIDE_BY_SIDE = 0.5  # two words next to each other as in the query, of what both are worth
HEADING = 0.4  # a word in the heading above the passage
ANSWER = 0.8  # how much the answer a question asks for adds
WORTH_SHOWING = 0.4  # of the best passage


@dataclass(frozen=True, slots=True)
class _Window:
    """A candidate: characters start:end, what it is worth, and the marks it shows."""

    start: int
    end: int
    worth: float
    marks: frozenset[int]


def best_passages(outline: Outline, sought: Sought, count: int = 3) -> tuple[Passage, ...]:
    """Up to `count` passages that show most of what is sought, best first; further ones only where
    they are nearly as good.

    Without a hit (or without anything sought) the passage is the beginning of the body.
    """
    folded = folded_text(outline.text)
    hits = sought.finder.telling(outline.text, folded)
    if not any(sought.weights[hit.mark] for hit in hits):
        return _opening(outline)
    windows = _Chooser(outline, sought, folded, hits).windows()
    chosen: list[_Window] = []
    covered: set[int] = set()
    while windows and len(chosen) < count:
        best = max(windows, key=lambda window: window.worth * _new(window, covered, sought.weights))
        if chosen and best.worth < WORTH_SHOWING * chosen[0].worth:
            windows.remove(best)
            continue
        windows = [w for w in windows if w.end <= best.start or w.start >= best.end]
        covered |= best.marks
        chosen.append(best)
    starts = [hit.start for hit in hits]
    return tuple(_passage(outline, w.start, w.end, _inside(hits, starts, w)) for w in chosen)


def _new(window: _Window, covered: set[int], weights: Sequence[float]) -> float:
    """The share of a window's worth that no chosen passage has."""
    total = sum(weights[mark] for mark in window.marks)
    known = sum(weights[mark] for mark in window.marks & covered)
    return 1.0 - (1.0 - COVERED) * known / total if total else 1.0


class _Chooser:
    """Cuts and weighs the candidates of one document."""

    def __init__(self, outline: Outline, sought: Sought, folded: str, hits: Sequence[Hit]) -> None:
        self.outline = outline
        self.folded = folded
        self.sought = sought
        self.hits = hits
        self.starts = [hit.start for hit in hits]
        self.recipients = folded.rfind("\nnoi nhan") + 1
        self.cutter = Cutter(
            outline.text,
            self._has_hit,
            wants_list=bool(sought.asked & {Asked.LIST, Asked.WAY}),
            stop=self.recipients or len(folded),
        )

    def windows(self) -> list[_Window]:
        """The candidates, each with its worth."""
        found: dict[tuple[int, int], _Window] = {}
        begun: set[int] = set()
        for first in self._densest():
            start = self.cutter.start(self.hits[first].start, self.hits[first].end)
            if start not in begun:
                begun.add(start)
                end = self.cutter.end(start, self.hits[first].end)
                found.setdefault((start, end), self._weighed(start, end))
            if len(begun) == CANDIDATES:
                break
        return list(found.values())

    def _densest(self) -> list[int]:
        """The hits with which the fullest stretches of LENGTH characters begin, fullest first."""
        weights = self.sought.weights
        counts = [0] * len(weights)
        full: list[tuple[float, int]] = []
        last, worth = 0, 0.0
        for first, hit in enumerate(self.hits):
            while last < len(self.hits) and self.starts[last] < hit.start + LENGTH:
                mark = self.hits[last].mark
                worth += 0.0 if counts[mark] else weights[mark]
                counts[mark] += 1
                last += 1
            if weights[hit.mark]:
                full.append((-worth, first))
            counts[hit.mark] -= 1
            worth -= 0.0 if counts[hit.mark] else weights[hit.mark]
        return [first for _worth, first in heapq.nsmallest(8 * CANDIDATES, full)]

    def _has_hit(self, start: int, end: int) -> bool:
        place = bisect_left(self.starts, start)
        weights = self.sought.weights
        while place < len(self.hits) and self.starts[place] < end:
            if weights[self.hits[place].mark]:
                return True
            place += 1
        return False

    # ------------------------------------------------------------ weighing

    def _weighed(self, start: int, end: int) -> _Window:
        weights, neighbours = self.sought.weights, self.sought.neighbours
        seen: set[int] = set()
        worth = 0.0
        known: list[int] = []
        previous: Hit | None = None
        for hit in self._between(start, end):
            weight = weights[hit.mark]
            worth += weight * (REPEATED if hit.mark in seen else 1.0)
            seen.add(hit.mark)
            if previous is not None and hit.start - previous.end <= 2:
                pair = (previous.mark, hit.mark)
                if pair in neighbours and pair[0] != pair[1]:
                    worth += SIDE_BY_SIDE * min(weights[pair[0]], weight)
            previous = hit
            if weight:
                known.append(hit.end - start)
        shown = frozenset(mark for mark in seen if weights[mark])
        worth += HEADING * sum(weights[mark] for mark in self._heading(start) - shown)
        if self.sought.asked:
            passage = self.folded[start:end]
            best = max(holds_answer(kind, passage, tuple(known)) for kind in self.sought.asked)
            worth *= 1.0 + ANSWER * best
        worth *= min(1.0, (self.cutter.length / (end - start)) ** 0.5)  # the same in less is better
        return _Window(start, end, worth * self._place(start), shown)

    def _between(self, start: int, end: int) -> Iterable[Hit]:
        place = bisect_left(self.starts, start)
        while place < len(self.hits) and self.hits[place].end <= end:
            yield self.hits[place]
            place += 1

    def _heading(self, start: int) -> frozenset[int]:
        """The marks in the heading of the section around `start`."""
        section = section_at(self.outline.sections, start)
        if section is None:
            return frozenset()
        end = section.start + len(section.label) + len(section.title) + 4
        return frozenset(hit.mark for hit in self._between(section.start, end))

    def _place(self, start: int) -> float:
        if start < self.outline.body:
            return HEAD
        if 0 < self.recipients <= start < self.recipients + RECIPIENTS_LENGTH:
            return RECIPIENTS
        if self.folded.startswith("kinh gui", start):
            return HEAD
        return GROUNDS if _GROUNDS.match(self.folded, start) else 1.0


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


def _inside(hits: Sequence[Hit], starts: Sequence[int], window: _Window) -> list[Hit]:
    first, last = bisect_left(starts, window.start), bisect_left(starts, window.end)
    return [hit for hit in hits[first:last] if hit.end <= window.end]


def _passage(outline: Outline, start: int, end: int, hits: Iterable[Hit]) -> Passage:
    return Passage(
        text=outline.text[start:end],
        start=start,
        page=page_at(outline.pages, start),
        section=citation(outline, start, end),
        marks=joined((hit.start - start, hit.end - start) for hit in hits),
    )
