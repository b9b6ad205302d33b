"""A PDF page as pdfminer.six draws it: slow, thorough, for the pages pdf_pdfium.py leaves to it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from functools import reduce
from io import BytesIO
from itertools import islice
from pathlib import Path

from pdfminer.layout import (
    LAParams,
    LTAnno,
    LTChar,
    LTContainer,
    LTCurve,
    LTItem,
    LTLayoutContainer,
    LTPage,
    LTRect,
    LTTextLineHorizontal,
)
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from indexer.extract.assemble import Rect, Word
from indexer.extract.failures import encrypted
from indexer.extract.pdf_legacy import Glyph, LegacyAwareAggregator, decoded_glyphs
from indexer.extract.pdf_page import (
    BOLD_FONT,
    MAX_RULES,
    SHORTEST_RULE,
    THIN,
    WORD_GAP,
    RawPage,
    Rule,
    Segment,
    turned_back,
)
from kb.i18n import _
from kb.vietnamese.normalise import clean

# pdfminer tells of every oddity of a file; what matters becomes a warning or an ExtractionFailed.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

MAX_OPENED = 10_000  # pages: a damaged page tree may be endless
LAYOUT = LAParams(word_margin=WORD_GAP, detect_vertical=False)
_CID = re.compile(r"\(cid:\d+\)")


class SlowReader:
    """The pages of one file. Not thread-safe; keeps pdfminer's font cache.

    Opening and reading raise ExtractionFailed (`encrypted`), OSError, or whatever pdfminer raises.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            content = BytesIO(file.read())
        try:
            document = PDFDocument(PDFParser(content))
            self._pages = list(islice(PDFPage.create_pages(document), MAX_OPENED))
        except PDFPasswordIncorrect as error:
            raise encrypted(_("Tệp PDF")) from error
        self.title = _title(document)
        resources = PDFResourceManager()
        self._device = LegacyAwareAggregator(resources, laparams=None)
        self._interpreter = PDFPageInterpreter(resources, self._device)

    def __len__(self) -> int:
        return len(self._pages)

    def read(self, number: int) -> RawPage:
        """The content of page `number` (1-based)."""
        page = self._pages[number - 1]
        drawn = self._draw(page, 0)
        by_turn = _by_turn(_characters(drawn))
        # Upright text wins ties: a page is turned only if most of it stands sideways.
        turn = max(by_turn, key=lambda t: (len(by_turn[t]), t == 0), default=0)
        upright = by_turn.get(turn, [])
        if turn:
            drawn = self._draw(page, turn)
            upright = _by_turn(_characters(drawn)).get(0, [])
        raw = RawPage(number, drawn.width, drawn.height, turn)
        raw.segments = list(_segments(upright, drawn, raw))
        raw.rules = _rules(drawn)
        raw.drawn = sum(1 for item in drawn if not isinstance(item, LTChar))
        for other in sorted(set(by_turn) - {turn}):
            across = self._draw(page, other)
            found = _segments(_by_turn(_characters(across)).get(0, []), across, raw)
            back = (other - turn) % 360
            raw.sideways.extend(
                Segment(
                    [
                        w._replace(
                            rect=turned_back(w.rect, back, raw.width, raw.height) if w.rect else None
                        )
                        for w in segment.words
                    ],
                    turned_back(segment.rect, back, raw.width, raw.height),
                    segment.bold,
                )
                for segment in found
            )
        return raw

    def _draw(self, page: PDFPage, turn: int) -> LTPage:
        as_stored = page.rotate
        page.rotate = (as_stored + turn) % 360
        try:
            self._interpreter.process_page(page)
        finally:
            page.rotate = as_stored
        return self._device.get_result()


def _title(document: PDFDocument) -> str | None:
    """The title of the document's own properties, if it is text at all."""
    for info in document.info:
        try:
            title = resolve1(info.get("Title"))
        except PDFException:
            continue
        if isinstance(title, bytes) and decode_text(title).strip():
            return decode_text(title)
    return None


def _characters(container: Iterable[LTItem]) -> Iterator[LTChar]:
    """All characters, also those inside figures (forms): some printers put whole pages there."""
    for item in container:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            yield from _characters(item)


def _by_turn(characters: Iterable[LTChar]) -> dict[int, list[LTChar]]:
    """Characters by the turn that puts them upright; slanting ones (watermarks) are dropped."""
    found: dict[int, list[LTChar]] = {}
    for character in characters:
        a, b = character.matrix[:2]
        if abs(b) <= 0.1 * abs(a):
            turn = 0 if a > 0 else 180
        elif abs(a) <= 0.1 * abs(b):
            turn = 90 if b > 0 else 270
        else:
            continue
        found.setdefault(turn, []).append(character)
    return found


def _without_overprint(characters: list[LTChar]) -> list[LTChar]:
    """Drop letters printed again at (almost) the same place, which imitates bold type."""
    seen: dict[tuple[str, int, int], list[LTChar]] = {}
    kept = []
    for character in characters:
        column, row = int(character.x0 // 4), int(character.y0 // 4)
        near = 0.12 * character.size
        twins = (
            twin
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for twin in seen.get((character.get_text(), column + dx, row + dy), ())
        )
        if character.get_text().strip() and any(
            abs(twin.x0 - character.x0) < near and abs(twin.y0 - character.y0) < near for twin in twins
        ):
            continue
        seen.setdefault((character.get_text(), column, row), []).append(character)
        kept.append(character)
    return kept


def _segments(characters: list[LTChar], page: LTPage, raw: RawPage) -> Iterator[Segment]:
    """Pieces of lines; counts letters and garbled glyphs into `raw`."""
    inside = [
        c
        for c in _without_overprint(characters)
        if -2 <= (c.x0 + c.x1) / 2 <= page.width + 2 and -2 <= (c.y0 + c.y1) / 2 <= page.height + 2
    ]
    if not inside:
        return
    grouped = LTLayoutContainer(page.bbox).group_objects(LAYOUT, inside)
    lines = [line for line in grouped if isinstance(line, LTTextLineHorizontal)]
    decoded = decoded_glyphs(lines, raw.legacy)
    for line in lines:
        words: list[Word] = []
        rects: list[Rect] = []
        bold = letters = 0
        for glyphs in _words(line):
            letters_of = [decoded.get(id(c)) or Glyph(c.get_text(), c.get_text()) for c in glyphs]
            text = "".join(glyph.text for glyph in letters_of)
            garbled = len(_CID.findall(text))
            raw.garbled += garbled
            raw.letters += len(glyphs) - garbled
            letters += len(glyphs)
            bold += sum(1 for c in glyphs if BOLD_FONT.search(c.fontname))
            text = _joined(text)
            if text:
                rects.append(_around(glyphs, page.height))
                printed = _joined("".join(glyph.printed for glyph in letters_of))
                words.append(Word(text, rects[-1], printed if printed != text else None))
        if words:
            yield Segment(words, reduce(Rect.union, rects), bold > letters / 2)


def _joined(text: str) -> str:
    """The letters of a word, cleaned."""
    return "".join(clean(_CID.sub("", text)).split())


def _words(line: LTTextLineHorizontal) -> Iterator[list[LTChar]]:
    word: list[LTChar] = []
    for item in line:
        if isinstance(item, LTAnno) or item.get_text().isspace():
            if word:
                yield word
            word = []
        elif isinstance(item, LTChar):
            word.append(item)
    if word:
        yield word


def _around(characters: list[LTChar], page_height: float) -> Rect:
    return Rect(
        round(min(c.x0 for c in characters), 2),
        round(page_height - max(c.y1 for c in characters), 2),
        round(max(c.x1 for c in characters), 2),
        round(page_height - min(c.y0 for c in characters), 2),
    )


def _rules(page: LTPage) -> list[Rule]:
    """Ruled lines and the edges of drawn rectangles; none if there are too many to be tables."""
    rules: list[Rule] = []
    for item in page:
        if not isinstance(item, LTCurve):
            continue
        x0, x1 = item.x0, item.x1
        y0, y1 = page.height - item.y1, page.height - item.y0
        wide, high = x1 - x0, y1 - y0
        if high < THIN and wide >= SHORTEST_RULE:
            rules.append(Rule(True, (y0 + y1) / 2, x0, x1))
        elif wide < THIN and high >= SHORTEST_RULE:
            rules.append(Rule(False, (x0 + x1) / 2, y0, y1))
        elif (
            isinstance(item, LTRect) and item.stroke and wide >= SHORTEST_RULE and high >= SHORTEST_RULE
        ):
            rules += [Rule(True, y0, x0, x1), Rule(True, y1, x0, x1)]
            rules += [Rule(False, x0, y0, y1), Rule(False, x1, y0, y1)]
        if len(rules) > MAX_RULES:
            return []
    return rules
