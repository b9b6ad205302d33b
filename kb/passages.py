"""The best passages of a document for a query, and the words to mark: one code for every engine.

Finding works on the folded text, which has the same length as the NFC text, so an offset in one
is an offset in the other. A hit is then checked by its accents: a query syllable with accents
marks its own form and the same syllable typed without any accent, never one with other accents.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.model import Document, Section
from kb.query.planned import Mark
from kb.results import Passage
from kb.vietnamese.normalise import fold, match_form

LENGTH = 280  # characters a passage aims at
LONGEST = 400
HEAD = 0.3  # what a passage from the head of an official document counts
HEAD_LENGTH = 3_000  # characters; a span beyond them is not in the head
MAX_HITS = 2_000  # of one document: enough to choose from, bounded for very long texts
_GAP = r"[\W_]{1,4}"  # between the tokens of one mark
_GAPS = re.compile(_GAP)
# The point of a number that opens a line ("1." "IV.") ends no sentence; the line itself begins one.
_NUMBERED = r"(?<!\n\d)(?<!\n\d\d)(?<!\n[IVX])(?<!\n[IVX]{2})(?<!\n[IVX]{3})"
_SENTENCE_END = re.compile(
    _NUMBERED + r"[.!?;](?=\s)|\n\s*\n|\n(?=\s*(?:[-+*•]|[a-zđ]\)|\d+[.)]|[IVX]+\.)\s)"
)


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    term: int  # which mark


def find_marks(text: str, marks: Sequence[Mark]) -> tuple[tuple[int, int], ...]:
    """Where the marks stand in an NFC text: half-open ranges in order, overlaps joined."""
    return _joined((hit.start, hit.end) for hit in _find(text, tuple(dict.fromkeys(marks))))


def best_passages(document: Document, marks: Sequence[Mark], count: int = 3) -> tuple[Passage, ...]:
    """Up to `count` passages that show most of the query, best first.

    Without a hit (or without marks) the passage is the beginning of the body.
    """
    text = document.text
    distinct = tuple(dict.fromkeys(marks))
    hits = _find(text, distinct, MAX_HITS)
    if not hits:
        return _opening(document)
    weights = _weights(hits, len(distinct))
    chosen: list[tuple[int, int]] = []
    covered: set[int] = set()
    head = _head_end(document)
    windows = _windows(text, hits, head)

    def worth(window: tuple[int, int]) -> float:
        # The head repeats the title, which every list shows already.
        return _score(window, hits, weights, covered) * (HEAD if window[0] < head else 1.0)

    while windows and len(chosen) < count:
        best = max(windows, key=worth)
        if chosen and not worth(best) > 0:
            break
        windows = [w for w in windows if w[1] <= best[0] or w[0] >= best[1]]
        covered.update(hit.term for hit in hits if best[0] <= hit.start and hit.end <= best[1])
        chosen.append(best)
    return tuple(
        _passage(document, start, end, [h for h in hits if start <= h.start and h.end <= end])
        for start, end in chosen
    )


def page_at(document: Document, offset: int) -> int:
    """Number of the page that holds the offset (1 where there are no pages)."""
    starts = [page.start for page in document.pages]
    index = bisect_right(starts, offset) - 1
    return document.pages[max(index, 0)].number if document.pages else 1


def section_at(sections: Sequence[Section], offset: int) -> str | None:
    """The label of the innermost section around the offset, as people cite it."""
    inside = [section for section in sections if section.start <= offset < section.end]
    return max(inside, key=lambda section: section.level).label if inside else None


# ---------------------------------------------------------------- finding


@lru_cache(maxsize=256)
def _pattern(marks: tuple[Mark, ...]) -> re.Pattern[str]:
    """All marks as one pattern over folded text; numbers match with leading zeros too."""
    alternatives: dict[str, None] = {}
    for mark in sorted(marks, key=lambda m: -len(m.fold)):
        word = _GAP.join(map(re.escape, mark.fold.split(" ")))
        if mark.fold[0].isdigit():
            word = f"0*{word}"
        alternatives[word + (r"[^\W_]*" if mark.prefix else "")] = None
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(alternatives)})(?![^\W_])")


def _find(text: str, marks: tuple[Mark, ...], limit: int | None = None) -> list[_Found]:
    marks = tuple(mark for mark in marks if mark.fold)
    if not marks:
        return []
    by_fold: dict[str, list[int]] = {}
    for index, mark in enumerate(marks):
        if not mark.prefix:
            by_fold.setdefault(mark.fold, []).append(index)
    prefixes = [(index, mark) for index, mark in enumerate(marks) if mark.prefix]
    folded = fold(text)
    if len(folded) != len(text):  # a mark that composes with nothing was dropped: offsets would shift
        folded = "".join(fold(char) or " " for char in text)
    hits: list[_Found] = []
    for match in _pattern(marks).finditer(folded):
        start, end = match.span()
        found = match[0].lstrip("0") or match[0]
        raw = text[start:end]
        if not found.isalnum():  # several tokens: what stands between them does not count
            found, raw = _GAPS.sub(" ", found), _GAPS.sub(" ", raw)
        indices = by_fold.get(found, [])
        indices = indices + [index for index, mark in prefixes if found.startswith(mark.fold)]
        for index in indices:
            if _accents_agree(marks[index], raw, found):
                hits.append(_Found(start, end, index))
                break
        if limit is not None and len(hits) >= limit:
            break
    return hits


def _accents_agree(mark: Mark, raw: str, found: str) -> bool:
    if mark.any_accent:
        return True
    form = match_form(raw)
    if form == found:  # typed without any accent
        return True
    return form.startswith(mark.form) if mark.prefix else form == mark.form


# ---------------------------------------------------------------- choosing


def _weights(hits: Sequence[_Found], count: int) -> list[float]:
    """What seeing each mark is worth: rare ones in this document more."""
    frequency = [0] * count
    for hit in hits:
        frequency[hit.term] += 1
    return [1.0 / (1.0 + math.log(n)) if n else 0.0 for n in frequency]


def _head_end(document: Document) -> int:
    """Where the body begins: behind the symbol, date, kind and subject of an official document."""
    metadata = document.metadata
    values = (metadata.symbol, metadata.issued_on, metadata.subject)
    ends = [value.span.end for value in values if value is not None and value.span is not None]
    return max((end for end in ends if end < HEAD_LENGTH), default=0)


def _windows(text: str, hits: Sequence[_Found], head: int) -> list[tuple[int, int]]:
    """Candidate passages: whole sentences around the hits, about LENGTH characters long."""
    ends = {match.end() for match in _SENTENCE_END.finditer(text)}
    bounds = sorted({0, head, *ends, len(text)})
    windows: dict[tuple[int, int], None] = {}
    begun = -1  # the sentence the last window began with
    for hit in hits:
        first = bisect_right(bounds, hit.start) - 1
        start = bounds[first]
        if hit.end - start > LONGEST:  # a very long sentence: begin shortly before the hit
            start = _word_start(text, hit.start - LENGTH // 2)
        elif first == begun:
            continue
        begun = first
        last = bisect_right(bounds, start)
        end = bounds[min(last, len(bounds) - 1)]
        while last + 1 < len(bounds) and bounds[last + 1] - start <= LENGTH:
            last += 1
            end = bounds[last]
        if end - start > LONGEST:
            end = max(hit.end, _word_start(text, start + LENGTH))
        windows[_stripped(text, start, end)] = None
    return list(windows)


def _score(
    window: tuple[int, int], hits: Sequence[_Found], weights: Sequence[float], covered: set[int]
) -> float:
    """Different marks count most, and again if no chosen passage shows them; repeats a little."""
    start, end = window
    first = bisect_right(hits, start - 1, key=lambda hit: hit.start)
    seen: set[int] = set()
    score = 0.0
    previous: _Found | None = None
    for hit in hits[first:]:
        if hit.end > end:
            break
        new = hit.term not in seen
        seen.add(hit.term)
        worth = weights[hit.term] * (1.0 if new else 0.1)
        score += worth * (0.3 if hit.term in covered else 1.0)
        if previous is not None and hit.start - previous.end <= 2 and hit.term != previous.term:
            score += 0.5 * weights[hit.term]  # side by side, as in the query
        previous = hit
    return score


def _opening(document: Document) -> tuple[Passage, ...]:
    text = document.text
    body = next((section.start for section in document.sections), _head_end(document))
    start, end = _stripped(text, body, min(len(text), _word_start(text, body + LENGTH)))
    return (_passage(document, start, end, []),) if end > start else ()


def _passage(document: Document, start: int, end: int, hits: Iterable[_Found]) -> Passage:
    return Passage(
        text=document.text[start:end],
        start=start,
        page=page_at(document, start),
        section=section_at(document.sections, start),
        marks=_joined((hit.start - start, hit.end - start) for hit in hits),
    )


def _joined(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _word_start(text: str, offset: int) -> int:
    """The next beginning of a word at or after `offset`."""
    offset = max(0, min(offset, len(text)))
    while 0 < offset < len(text) and not text[offset - 1].isspace():
        offset += 1
    return offset


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
