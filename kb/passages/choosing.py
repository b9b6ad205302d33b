"""The passages of a document that show most of what a query looks for."""

from __future__ import annotations

import heapq
import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.passages.answers import holds_answer
from kb.passages.cutting import LENGTH, Cutter, word_start
from kb.passages.finding import Hit, folded_text, joined
from kb.passages.outline import Outline, citation, page_at, section_at
from kb.passages.sought import Sought
from kb.results import Passage
from kb.vietnamese.questions import Asked

CANDIDATES, CANDIDATE_ANSWERS = 8, 12  # passages looked at closely; for a question

# What a passage counts there: the head repeats the title, which every list shows already, and so do
# grounds (căn cứ) and scope (Thông tư này quy định …); the end names recipients.
HEAD, RECIPIENTS, GROUNDS = 0.2, 0.2, 0.4
_GROUNDS = re.compile(
    r"can cu\b|theo de nghi\b|xet de nghi\b|thuc hien (?:\w+ ){1,4}so\b"
    r"|(?:bo luat|luat|phap lenh|nghi dinh|nghi quyet|quyet dinh|thong tu|quy che|huong dan) nay"
    r" (?:quy dinh|huong dan|ap dung)"
)
RECIPIENTS_LENGTH = 800  # characters; an annex may follow
REPEATED = 0.02  # a word once more in the same passage
TIGHT = 0.15  # what a passage of full length loses: of two that show the same, the shorter
COVERED = 0.3  # a word that a better passage shows
SIDE_BY_SIDE = 0.5  # two words next to each other as in the query, of what both are worth
HEADING = 0.4  # a word in the heading above the passage
ANSWER = 1.0  # how much the answer a question asks for adds
WORTH_SHOWING = 0.4  # of the best passage
RUN_ENDS = 2  # further candidates, see _begun
HOPEFUL = 0.35  # of the words of the fullest place: with fewer none is worth showing


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
    if not any(sought.weights[mark] for _start, _end, mark in hits):
        return _opening(outline)
    windows = _Chooser(outline, sought, folded, hits).windows()
    chosen: list[_Window] = []
    covered: set[int] = set()
    while windows and len(chosen) < count:
        best = max(windows, key=lambda window: window.worth * _new(window, covered, sought.weights))
        chosen.append(best)
        covered |= best.marks
        least = WORTH_SHOWING * chosen[0].worth
        windows = [
            window
            for window in windows
            if window.worth >= least and (window.end <= best.start or window.start >= best.end)
        ]
    return tuple(
        _passage(outline, w.start, w.end, sought.finder.all(outline.text, folded, w.start, w.end))
        for w in chosen
    )


def _new(window: _Window, covered: set[int], weights: Sequence[float]) -> float:
    """The share of a window's worth that no chosen passage has."""
    if not covered:
        return 1.0
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
        self.starts = [start for start, _end, _mark in hits]
        self.recipients = folded.rfind("\nnoi nhan") + 1
        self.cutter = Cutter(
            outline.text,
            self._shows_more,
            wants_list=bool(sought.asked & {Asked.LIST, Asked.WAY}),
            stop=self.recipients or len(folded),
        )

    def windows(self) -> list[_Window]:
        """The candidates, each with its worth."""
        found: dict[tuple[int, int], _Window] = {}
        for start, needed in self._densest():
            end = self.cutter.end(start, needed)
            if (start, end) not in found:
                found[start, end] = self._weighed(start, end)
        return list(found.values())

    def _densest(self) -> list[tuple[int, int]]:
        """Where to begin, and the end of the first hit: the sentences from which on LENGTH characters
        show most of what is sought, the fullest first."""
        entries, weights = self._entries()
        counts = [0] * len(weights)
        full: list[tuple[float, int]] = []  # (worth, which hit), negative worth first
        last, worth, count, number = 0, 0.0, len(entries), 0
        for begin, key in entries:
            limit = begin + LENGTH
            while last < count and entries[last][0] < limit:
                entering = entries[last][1]
                if not counts[entering]:
                    worth += weights[entering]
                counts[entering] += 1
                last += 1
            if key < len(self.sought.weights):
                full.append((-round(worth, 6), number))
                number += 1
            counts[key] -= 1
            if not counts[key]:
                worth -= weights[key]
        return self._begun(full)

    def _entries(self) -> tuple[list[tuple[int, int]], list[float]]:
        """Where a passage may show something more: hits by their marks, and behind the first of two
        marks that stand together as in the query one more number for both; the weights of all."""
        neighbours, weights = self.sought.neighbours, list(self.sought.weights)
        numbers: dict[tuple[int, int], int] = {}
        entries: list[tuple[int, int]] = []
        previous_start, previous_end, previous = 0, -3, -1
        for start, end, mark in self.hits:
            if start - previous_end <= 2 and (previous, mark) in neighbours:
                number = numbers.get((previous, mark))
                if number is None:
                    number = numbers[previous, mark] = len(weights)
                    weights.append(self._pair_weight((previous, mark)))
                entries.append((previous_start, number))
            entries.append((start, mark))
            previous_start, previous_end, previous = start, end, mark
        return entries, weights

    def _begun(self, full: list[tuple[float, int]]) -> list[tuple[int, int]]:
        """The sentences of the fullest hits: of equal ones the first, which may be a heading, before
        the others; and where a run of equal ones ends, which is the tightest."""
        most = CANDIDATE_ANSWERS if self.sought.asked else CANDIDATES
        fullest = heapq.nsmallest(12 * most, full)
        begun: dict[int, int] = {}
        for worth, number in fullest:
            if len(begun) == most or worth > HOPEFUL * fullest[0][0]:
                break
            begin, end, _mark = self.hits[number]
            begun.setdefault(self.cutter.start(begin, end), end)
        run_ends = [a for a, b in pairwise([*full, (0.0, -1)]) if a[0] < b[0]]
        for _worth, number in heapq.nsmallest(RUN_ENDS, run_ends):
            begin, end, _mark = self.hits[number]
            begun.setdefault(self.cutter.start(begin, end), end)
        return list(begun.items())

    def _pair_weight(self, pair: tuple[int, int]) -> float:
        return SIDE_BY_SIDE * min(self.sought.weights[pair[0]], self.sought.weights[pair[1]])

    def _shows_more(self, start: int, end: int, following: int) -> bool:
        """Whether end:following shows anything sought that start:end does not."""
        first, middle = bisect_left(self.starts, start), bisect_left(self.starts, end)
        last = bisect_left(self.starts, following)
        shown = {hit[2] for hit in self.hits[first:middle]}
        weights = self.sought.weights
        return any(weights[hit[2]] and hit[2] not in shown for hit in self.hits[middle:last])

    # ------------------------------------------------------------ weighing

    def _weighed(self, start: int, end: int) -> _Window:
        weights, neighbours = self.sought.weights, self.sought.neighbours
        seen: set[int] = set()
        again: set[int] = set()
        pairs: set[tuple[int, int]] = set()
        worth = 0.0
        known: list[int] = []
        previous_end, previous = -3, -1
        place, count = bisect_left(self.starts, start), len(self.hits)
        while place < count:
            hit_start, hit_end, mark = self.hits[place]
            if hit_end > end:
                break
            weight = weights[mark]
            if mark not in seen:
                worth += weight
                seen.add(mark)
            elif mark not in again:
                worth += weight * REPEATED
                again.add(mark)
            if hit_start - previous_end <= 2 and (previous, mark) in neighbours:
                pairs.add((previous, mark))
            previous_end, previous = hit_end, mark
            if weight:
                known.append(hit_end - start)
            place += 1
        worth += sum(map(self._pair_weight, pairs))
        shown = frozenset(mark for mark in seen if weights[mark])
        worth += HEADING * sum(weights[mark] for mark in self._heading(start) - shown)
        if self.sought.asked:
            passage = self.folded[start:end]
            best = max(holds_answer(kind, passage, known) for kind in self.sought.asked)
            worth *= 1.0 + ANSWER * best
        length = (end - start) / self.cutter.length
        worth *= 1.0 - TIGHT * length if length <= 1.0 else (1.0 - TIGHT) / math.sqrt(length)
        return _Window(start, end, worth * self._place(start), shown)

    def _heading(self, start: int) -> frozenset[int]:
        """The marks in the heading of the section around `start`."""
        section = section_at(self.outline.sections, start)
        if section is None:
            return frozenset()
        end = section.start + len(section.label) + len(section.title) + 4
        first, last = bisect_left(self.starts, section.start), bisect_left(self.starts, end)
        return frozenset(mark for _start, _end, mark in self.hits[first:last])

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


def _passage(outline: Outline, start: int, end: int, hits: Iterable[Hit]) -> Passage:
    return Passage(
        text=outline.text[start:end],
        start=start,
        page=page_at(outline.pages, start),
        section=citation(outline, start, end),
        marks=joined((first - start, last - start) for first, last, _mark in hits),
    )
