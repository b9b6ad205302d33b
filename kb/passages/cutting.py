"""Where a passage that begins somewhere ends: along sentences, lists and headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kb.passages.finding import Hit
from kb.passages.sentences import PLAIN, RANKS, ROW, Sentences
from kb.vietnamese.analyser import MAX_TOKEN

LENGTH = 280  # characters a passage aims at
LONGEST = 400
LONGEST_LIST = 600  # with the items a lead-in announces, where a list is wanted
SHORT = 80  # what is shorter takes in what follows
ITEMS = (RANKS["letter"], RANKS["dash"], ROW)  # what lists and tables are made of
_ENCLOSING = ("Chương", "CHƯƠNG", "Phần", "PHẦN", "Mục", "MỤC")
_FULL_STOPS = '.;:,!?”"'


class Cutter:
    """Cuts passages from one text.

    `shows_more(start, end, following)` tells whether end:following shows anything sought that start:end
    does not. Where a list is wanted, the
    one that follows a lead-in or a heading is shown to its end. No passage reaches beyond `stop`.
    """

    def __init__(
        self,
        text: str,
        shows_more: Callable[[int, int, int], bool],
        *,
        wants_list: bool,
        stop: int,
    ) -> None:
        self._text = text
        self._shows_more = shows_more
        self._wants_list = wants_list
        self._stop = stop
        self._sentences = Sentences(text)
        # What a passage may measure before its length counts against it.
        self.length = LONGEST_LIST if wants_list else LENGTH

    def starts(self, hits: Iterable[Hit]) -> Iterator[tuple[int, int]]:
        """Where passages that hold hits begin: with the sentence, of a list item with what leads in to
        the list; and the end of the first hit in it. `hits` are in order."""
        start = until = -1
        for begin, end, _mark in hits:
            if begin >= until:
                sentence, until = self._sentences.around(begin)
                start = self._lead_in(self.below_headings(sentence))
                yield self._near(start, begin, end), end
            elif end - start > LONGEST:
                yield self._near(start, begin, end), end

    def _near(self, start: int, begin: int, end: int) -> int:
        """`start`, or in a very long sentence shortly before begin:end."""
        return word_start(self._text, begin - LENGTH // 2) if end - start > LONGEST else start

    def below_headings(self, start: int) -> int:
        """`start`, or the first article of a chapter that is headed there: a more exact citation."""
        if self._sentences.rank(start) != 0:
            return start
        following = self._sentences.next(start)
        while self._sentences.rank(start) == self._sentences.rank(following) == 0:
            if not self._text.startswith(_ENCLOSING, start):
                break
            start, following = following, self._sentences.next(following)
        return start

    def _lead_in(self, start: int) -> int:
        """Where the sentence begins that announces the list of the item at `start`; `start` itself for
        anything else, or where that is too far away."""
        rank = self._sentences.rank(start)
        if rank is None or rank not in ITEMS:
            return start
        item = start
        while item and start - item < LENGTH:
            before = self._sentences.start(item - 1)
            if self._leads_in(before, item):
                return before
            if before == item or self._sentences.rank(before) not in (rank, None):
                if rank == ROW:  # the table from its first row, below its heading
                    headed = self._is_heading(self._sentences.rank(before), before, item)
                    return before if headed else item
                break
            item = before
        return start

    def end(self, start: int, needed: int) -> int:
        """Where a passage that begins with a sentence at `start` and holds `needed` ends: with a whole
        sentence of the same part of the document."""
        opened = self._sentences.rank(start)
        rank = PLAIN if opened is None else opened
        end = self._sentences.next(start)
        only_headings = self._is_heading(opened, start, end)
        in_list = self._leads_in(start, end) or (self._wants_list and only_headings)
        shown = end  # the same, without a heading at the end that nothing follows
        while end < len(self._text) and end != self._stop:
            following = self._sentences.next(end)
            if end >= needed and following - start > self._limit(in_list):
                break
            opens = self._sentences.rank(end)
            heading = self._is_heading(opens, end, following)
            if opens is not None and end >= needed and not only_headings:
                if heading and rank == PLAIN:
                    break
                if heading and opens <= rank:  # the next part
                    break
                if not self._belongs(start, end, following, rank, opens, in_list):
                    break
            end = following
            if not heading:
                only_headings, shown = False, end
            in_list = in_list or opens == ROW or self._leads_in(start, end)
        return self._trimmed(start, max(shown, needed), needed, in_list)

    def _limit(self, in_list: bool) -> int:
        if not in_list:
            return LENGTH
        return LONGEST_LIST if self._wants_list else LONGEST

    def _trimmed(self, start: int, end: int, needed: int, in_list: bool) -> int:
        longest = max(self._limit(in_list), LONGEST)
        if end - start > longest:
            end = max(needed, word_start(self._text, start + (longest if in_list else LENGTH)))
        while end > start and self._text[end - 1].isspace():
            end -= 1
        return end

    def _belongs(
        self, start: int, end: int, following: int, rank: int, opens: int, in_list: bool
    ) -> bool:
        """Whether the paragraph end:following goes on with what began at `start`."""
        if opens == 0:  # another article
            return False
        if opens == ROW:
            return True
        deeper = opens > rank
        if in_list and opens < PLAIN and (deeper or rank == PLAIN):
            return True
        if end - start < SHORT:
            return opens >= rank
        if opens == PLAIN or not deeper:
            return self._shows_more(start, end, following)
        return True

    def _is_heading(self, rank: int | None, start: int, end: int) -> bool:
        """Whether a paragraph is the heading of what follows: numbered, no sentence."""
        if rank is None or rank >= ROW or end - start > LENGTH:
            return False
        return self._text[start:end].rstrip()[-1:] not in _FULL_STOPS

    def _leads_in(self, start: int, end: int) -> bool:
        return self._text[start:end].rstrip().endswith(":")


def word_start(text: str, offset: int) -> int:
    """The next beginning of a word at or after `offset`; `offset` itself in an endless word."""
    offset = max(0, min(offset, len(text)))
    for start in range(offset, min(offset + MAX_TOKEN, len(text))):
        if start == 0 or text[start - 1].isspace():
            return start
    return offset
