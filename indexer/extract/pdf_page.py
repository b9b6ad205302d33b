"""What a PDF page holds, whichever library drew it: pieces of lines with their words, and ruled lines.

pdf_pdfium.py and pdf_pdfminer.py fill a RawPage; what belongs together beyond that (rows, columns,
tables, paragraphs) is decided in pdf_layout.py.
"""

from __future__ import annotations

import pickle
import re
import zlib
from collections import Counter
from dataclasses import dataclass, field

from indexer.extract.assemble import Rect, Word

# The default 0.1 of pdfminer tears letters off words in Vietnamese PDFs ("v ẫn"); 0.5 glues words.
WORD_GAP = 0.2  # of the type size: a wider gap parts words
MAX_RULES = 3_000  # more are a drawing, not tables
THIN = 3.0  # points; a filled rectangle thinner than this is a ruled line
SHORTEST_RULE = 6.0  # points
BOLD_FONT = re.compile("bold|black|heavy|demi", re.I)


@dataclass(slots=True)
class Segment:
    """Neighbouring words on one line."""

    words: list[Word]
    rect: Rect
    bold: bool = False

    @property
    def text(self) -> str:
        """The words, one blank between them."""
        return " ".join([word.text for word in self.words])

    def turned_back(self, turn: int, width: float, height: float) -> Segment:
        """The segment with its places as `turned_back` gives them."""
        words = [
            word._replace(rect=turned_back(word.rect, turn, width, height) if word.rect else None)
            for word in self.words
        ]
        return Segment(words, turned_back(self.rect, turn, width, height), self.bold)


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: horizontal at y=`at` from x=`start` to `end`, or vertical with x and y swapped."""

    horizontal: bool
    at: float
    start: float
    end: float

    def turned(self, turn: int, width: float, height: float) -> Rule:
        """The rule on the page turned by `turn` degrees clockwise; sizes are those before the turn."""
        far = height if self.horizontal else width
        length = width if self.horizontal else height
        if turn == 180:
            return Rule(self.horizontal, far - self.at, length - self.end, length - self.start)
        if (turn == 90) == self.horizontal:  # from the far edge, its ends as they are
            return Rule(not self.horizontal, far - self.at, self.start, self.end)
        return Rule(not self.horizontal, self.at, length - self.end, length - self.start)


@dataclass(slots=True)
class RawPage:
    """The content of a page, turned so that most of its text is upright.

    `turn` (0, 90, 180, 270 degrees clockwise) leads from the page as it is shown to `width`,
    `height` and all rectangles here. `sideways` holds the text that stands across the rest.
    """

    number: int
    width: float
    height: float
    turn: int = 0
    segments: list[Segment] = field(default_factory=list)
    sideways: list[Segment] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    letters: int = 0
    garbled: int = 0  # glyphs without a known letter, "(cid:n)"
    drawn: int = 0  # pictures, lines and shapes
    picture: bool = False  # whether one picture fills most of the page
    legacy: Counter[str] = field(default_factory=Counter)  # glyphs decoded, by encoding
    packed: bytes | None = None  # segments, sideways and rules, while the page is set aside

    @property
    def has_text(self) -> bool:
        """Whether there is a word on the page, set aside or not."""
        return bool(self.packed or self.segments or self.sideways)

    def set_aside(self) -> None:
        """Pack what is on the page: the words of a book take twenty times as much room unpacked."""
        if self.segments or self.sideways:
            content = (self.segments, self.sideways, self.rules)
            self.packed = zlib.compress(pickle.dumps(content, pickle.HIGHEST_PROTOCOL), level=1)
            self.segments, self.sideways, self.rules = [], [], []

    def take_back(self) -> None:
        """Unpack a page that was set aside."""
        if self.packed is not None:
            self.segments, self.sideways, self.rules = pickle.loads(zlib.decompress(self.packed))
            self.packed = None


def turned_back(rect: Rect, turn: int, width: float, height: float) -> Rect:
    """`rect` of a page turned by `turn` degrees clockwise, as it lies on the unturned page.

    `width` and `height` are those of the unturned page.
    """
    x0, y0, x1, y1 = rect
    if turn == 90:
        return Rect(y0, height - x1, y1, height - x0)
    if turn == 180:
        return Rect(width - x1, height - y1, width - x0, height - y0)
    if turn == 270:
        return Rect(width - y1, x0, width - y0, x1)
    return rect
