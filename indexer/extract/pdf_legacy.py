"""Legacy Vietnamese fonts in PDFs: what each glyph of a page really is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTAnno, LTChar, LTTextLineHorizontal
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdffont import PDFFont, PDFSimpleFont
from pdfminer.pdfinterp import PDFGraphicState
from pdfminer.utils import Matrix

from indexer.extract.legacy import LegacyDecoder, Run
from indexer.extract.legacy_fonts import sign_of

_SOFT_HYPHEN = 0xAD
_TAKEN_FOR = (" ", "-", "\u2010")
_CID = re.compile(r"\(cid:(\d{1,3})\)")


class LegacyAwareAggregator(PDFPageAggregator):
    """Draws pages like its parent, but keeps the code 0xAD, which pdfminer takes for a blank.

    WinAnsiEncoding has a soft hyphen there, which cleaning drops unless it proves to be a letter: ư in
    TCVN3, ễ in VISCII, Ứ in VPS.
    """

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """As pdfminer's; `cid` is the code."""
        advance = super().render_char(matrix, font, fontsize, scaling, rise, cid, ncs, graphicstate)
        if cid == _SOFT_HYPHEN and isinstance(font, PDFSimpleFont):
            drawn = self.cur_item._objs[-1]
            if isinstance(drawn, LTChar) and drawn.get_text() in _TAKEN_FOR:
                drawn._text = chr(_SOFT_HYPHEN)
        return advance


class Glyph(NamedTuple):
    """The letters of a glyph, and how its font draws them where that differs: as capitals."""

    text: str
    printed: str


def decoded_glyphs(lines: Iterable[LTTextLineHorizontal], found: Counter[str]) -> dict[int, Glyph]:
    """The glyphs that are not what pdfminer took them for, by the id() of their LTChar.

    `lines` are those of one page; `found` counts the characters decoded by encoding.
    """
    rows = [list(_items(line)) for line in lines]
    decoder = LegacyDecoder(run for row in rows for run in _joined(run for _item, run in row))
    if decoder.idle:
        return {}
    glyphs: dict[int, Glyph] = {}
    for row in rows:
        runs = [run for _item, run in row]
        texts = decoder.decode(runs)
        printed = decoder.printed(runs, texts)
        for (item, _run), text, shown in zip(row, texts, printed, strict=True):
            if isinstance(item, LTChar) and (text, shown) != (item.get_text(),) * 2:
                glyphs[id(item)] = Glyph(text, shown)
    found.update(decoder.found)
    return glyphs


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """The glyphs of a line put together as long as the font is the same."""
    for font, group in groupby(runs, key=attrgetter("font")):
        yield Run("".join(run.text for run in group), font)


def _items(line: LTTextLineHorizontal) -> Iterator[tuple[LTChar | LTAnno, Run]]:
    """The glyphs of a line and the blanks between them, each in its font."""
    font = None
    for item in line:
        if isinstance(item, LTAnno):
            yield item, Run(" ", font)
        elif isinstance(item, LTChar):
            font, text = item.fontname, item.get_text()
            code = _CID.fullmatch(text)
            if code and int(code[1]) < 256 and sign_of(font) is not None:
                text = chr(int(code[1]))  # a font without names for its glyphs: the code itself
            yield item, Run(text, font)
