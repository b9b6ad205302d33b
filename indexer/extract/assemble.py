"""From cleaned lines to `Extracted`: the one place where offsets are made.

Extractors describe pages as lists of draft lines; here the lines are laid end to end. Inside a
paragraph they are separated by one \\n, between paragraphs by an empty line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from indexer.extract.base import Extracted, Line
from indexer.extract.encodings import LONGEST_RUN
from indexer.extract.failures import no_text
from kb.boxes import Boxes
from kb.i18n import _
from kb.model import Page
from kb.vietnamese.normalise import clean
from kb.vietnamese.syllables import quality

# Below this share of possible syllables a text is rather an unknown encoding than Vietnamese.
MAX_WORD = 256  # characters; what goes on without a blank is cut: bytes, not words
SUSPECT_QUALITY = 0.75
# ______ and ------ under a heading stand for a drawn line: they part paragraphs and are no text.
_RULE_LINE = re.compile(r"[_\-–—=~.…\s]{3,}")


class Rect(NamedTuple):
    """Points (1/72 inch) from the top left corner of the page, y downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    def union(self, other: Rect) -> Rect:
        """The smallest rectangle around both."""
        x0, y0, x1, y1 = self
        left, top, right, low = other
        return Rect(  # with min() and max() it takes twice as long: a page has many unions
            x0 if x0 < left else left,
            y0 if y0 < top else top,
            x1 if x1 > right else right,
            y1 if y1 > low else low,
        )


class Word(NamedTuple):
    """A stretch without blanks, and where it stands; `rect` is None where the format cannot tell.

    `printed` is how the font shows the text, if otherwise: in capitals, though typed small.
    """

    text: str
    rect: Rect | None = None
    printed: str | None = None


@dataclass(slots=True)
class DraftLine:
    """A line before it has offsets. `new_paragraph` puts an empty line before it."""

    words: list[Word]
    rect: Rect | None = None
    bold: bool = False
    centered: bool = False
    column: str | None = None
    new_paragraph: bool = True

    @property
    def text(self) -> str:
        """The words, one blank between them."""
        return " ".join([word.text for word in self.words])

    @property
    def printed(self) -> str:
        """The same as the fonts show it."""
        return " ".join([word.printed or word.text for word in self.words])


@dataclass(slots=True)
class DraftPage:
    """A page of the source. Sizes in points where the format has them."""

    number: int
    lines: list[DraftLine] = field(default_factory=list)
    width: float | None = None
    height: float | None = None


def words_of(text: str, printed: str | None = None) -> list[Word]:
    """The words of a plain text, cleaned, without positions; `printed` is it as for Word."""
    words = clean(text).split()
    shown = clean(printed).split() if printed and printed != text else []
    if list(map(len, shown)) != list(map(len, words)):
        return [Word(word) for word in words]
    return [Word(a, None, b if a != b else None) for a, b in zip(words, shown, strict=True)]


def assemble(
    format_name: str,
    pages: Iterable[DraftPage],
    *,
    title: str | None = None,
    published_on: date | None = None,
    url: str | None = None,
    site: str | None = None,
    warnings: Iterable[str] = (),
) -> Extracted:
    """The text of `pages` with offsets for pages, lines and words.

    Raises ExtractionFailed (`no-text`) if no page has a line. Words must be clean already.
    A page is let go when its lines have offsets.
    """
    text_parts: list[str] = []
    printed_parts: list[str] = []
    length = 0
    lines: list[Line] = []
    finished: list[Page] = []
    for page in pages:
        boxes: list[tuple[int, int, float, float, float, float]] = []
        start: int | None = None
        ruled_off = False
        for draft in page.lines:
            draft.words = _cut(draft.words)
            line_text = draft.text
            if not draft.words or _RULE_LINE.fullmatch(line_text):
                ruled_off = True
                continue
            if length:
                separator = "\n\n" if draft.new_paragraph or ruled_off else "\n"
                text_parts.append(separator)
                printed_parts.append(separator)
                length += len(separator)
            ruled_off = False
            start = length if start is None else start
            at = length
            as_printed = line_text
            for word, rect, printed in draft.words:
                end = at + len(word)
                if rect is not None:
                    boxes.append((at, end, *rect))
                if printed is not None:
                    as_printed = draft.printed
                at = end + 1
            text_parts.append(line_text)
            printed_parts.append(as_printed)
            lines.append(_finished(draft, page.number, length, at - 1))
            length = at - 1
        first = length if start is None else start
        finished.append(Page(page.number, first, length, page.width, page.height, Boxes.of(boxes)))
    if not lines:
        raise no_text()
    text, printed = "".join(text_parts), "".join(printed_parts)
    text_quality = quality(text)
    return Extracted(
        format=format_name,
        text=text,
        printed=None if printed == text else printed,
        pages=tuple(finished),
        lines=tuple(lines),
        title=_one_line(title),
        published_on=published_on,
        url=url,
        site=_one_line(site),
        text_quality=text_quality,
        warnings=(*warnings, *_encoding_warning(text, text_quality)),
    )


def _cut(words: list[Word]) -> list[Word]:
    """Words of a bearable length (patterns take the square of it); of endless ones the head."""
    if max([len(text) for text, _rect, _printed in words], default=0) <= MAX_WORD:
        return words
    return [
        Word(
            word.text[at : at + MAX_WORD], word.rect, word.printed and word.printed[at : at + MAX_WORD]
        )
        for word in words
        for at in range(0, min(len(word.text), LONGEST_RUN), MAX_WORD)
    ]


def _finished(draft: DraftLine, page: int, start: int, end: int) -> Line:
    x0, y0, x1, y1 = draft.rect if draft.rect is not None else (None, None, None, None)
    return Line(start, end, page, x0, y0, x1, y1, draft.bold, draft.centered, draft.column)


def _one_line(text: str | None) -> str | None:
    return " ".join(clean(text).split()) or None if text else None


def _encoding_warning(text: str, text_quality: float) -> tuple[str, ...]:
    """A warning for text that looks like TCVN3, VNI or other wreckage; plain ASCII (English) passes."""
    if text_quality >= SUSPECT_QUALITY or text.isascii():
        return ()
    return (
        "encoding-suspect: " + _("Nhiều từ không phải tiếng Việt: có thể do bảng mã cũ (TCVN3, VNI)."),
    )
