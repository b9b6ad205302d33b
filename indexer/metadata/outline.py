"""The outline a file brings itself (bookmarks of a PDF) as sections, where the text shows none.

Papers are numbered by the rules of Nghị định 30/2020 and cited by those numbers, so the numbering of
the text comes first; presentations, handbooks and scans of books often have bookmarks only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter

from indexer.extract.base import Bookmark, Extracted
from kb.model import Section
from kb.vietnamese.normalise import clean

_LONGEST = 160  # characters of a heading


def outline_sections(extracted: Extracted) -> tuple[Section, ...]:
    """A section a bookmark, from its heading (or its page) to the next of its level or above."""
    placed = ((_start(mark, extracted), mark) for mark in extracted.outline)
    found = sorted(((s, mark) for s, mark in placed if s is not None), key=itemgetter(0))
    sections = []
    for at, (start, mark) in enumerate(found):
        end = _end(at, found, len(extracted.text))
        sections.append(Section(start, end, mark.level, " ".join(mark.title.split()), ""))
    return tuple(sections)


def _start(mark: Bookmark, extracted: Extracted) -> int | None:
    """Where the heading stands on its page, else where the page begins; None without such a page."""
    page = next((page for page in extracted.pages if page.number == mark.page), None)
    words = [re.escape(word) for word in clean(mark.title).split()]
    if page is None or not words or len(mark.title) > _LONGEST:
        return None
    heading = re.compile(r"\s+".join(words), re.I).search(extracted.text, page.start, page.end)
    return heading.start() if heading else page.start


def _end(at: int, found: Sequence[tuple[int, Bookmark]], length: int) -> int:
    level = found[at][1].level
    return next((start for start, mark in found[at + 1 :] if mark.level <= level), length)
