"""The ruled lines of a page as PDFium sees them: the sides of tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import c_int, c_void_p
from struct import unpack_from

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from indexer.extract.pdf_page import MAX_RULES, SHORTEST_RULE, THIN, RawPage, Rule
from indexer.extract.pdf_pdfium_native import Buffer, native

_MOST_OF_PAGE = 0.5
_LOOKED_AT = 20  # segments of a path that tell a drawing from a table
Point = tuple[float, float]

_count = native(raw.FPDFPage_CountObjects, c_int, c_void_p)
_object = native(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
_type = native(raw.FPDFPageObj_GetType, c_int, c_void_p)
_bounds = native(raw.FPDFPageObj_GetBounds, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
_draw_mode = native(raw.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
_matrix = native(raw.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
_segments = native(raw.FPDFPath_CountSegments, c_int, c_void_p)
_segment = native(raw.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
_segment_type = native(raw.FPDFPathSegment_GetType, c_int, c_void_p)
_point = native(raw.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)


def read_drawings(page: pdfium.PdfPage, left: float, top: float, into: RawPage) -> list[Rule]:
    """Ruled lines and the sides of drawn rectangles; none if there are too many to be tables.

    `left` and `top` are the corner of the page in PDF coordinates (y upwards). Pictures are counted
    in `into`.
    """
    rules: list[Rule] = []
    filled = _MOST_OF_PAGE * into.width * into.height
    handle = ctypes.addressof(page.raw.contents)
    buffer = Buffer(16)
    b0, b1, b2, b3 = (buffer.address + 4 * at for at in range(4))
    for at in range(_count(handle)):
        shape = _object(handle, at)
        kind = _type(shape)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        into.drawn += 1
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            continue
        _bounds(shape, b0, b1, b2, b3)
        x0, y0, x1, y1 = unpack_from("4f", buffer.data)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            into.picture = into.picture or (x1 - x0) * (y1 - y0) >= filled
            continue
        if min(x1 - x0, y1 - y0) < THIN:  # most are one line, or collinear ones
            rules += _rules_of(x0 - left, top - y1, x1 - left, top - y0, False)
        else:
            for points, framed in _parts(shape):
                xs, ys = [p[0] for p in points], [p[1] for p in points]
                rules += _rules_of(min(xs) - left, top - max(ys), max(xs) - left, top - min(ys), framed)
        if len(rules) > MAX_RULES:
            return []
    return rules


def _rules_of(x0: float, y0: float, x1: float, y1: float, framed: bool) -> list[Rule]:
    wide, high = x1 - x0, y1 - y0
    if high < THIN and wide >= SHORTEST_RULE:
        return [Rule(True, (y0 + y1) / 2, x0, x1)]
    if wide < THIN and high >= SHORTEST_RULE:
        return [Rule(False, (x0 + x1) / 2, y0, y1)]
    if framed and wide >= SHORTEST_RULE and high >= SHORTEST_RULE:
        return [
            Rule(True, y0, x0, x1),
            Rule(True, y1, x0, x1),
            Rule(False, x0, y0, y1),
            Rule(False, x1, y0, y1),
        ]
    return []


def _parts(shape: int) -> Iterator[tuple[list[Point], bool]]:
    """The points of each part of a path, and whether it is a stroked rectangle.

    A part begins where the pen is lifted. A path that begins with curves has none: it is lettering.
    """
    count = min(_segments(shape), MAX_RULES)
    if count > _LOOKED_AT:
        kinds = [_segment_type(_segment(shape, at)) for at in range(_LOOKED_AT)]
        if kinds.count(raw.FPDF_SEGMENT_BEZIERTO) > _LOOKED_AT / 2:
            return
    modes = (c_int * 2)()
    _draw_mode(shape, ctypes.addressof(modes), ctypes.addressof(modes) + 4)
    buffer = Buffer(24)
    _matrix(shape, buffer.address)
    a, b, c, d, e, f = unpack_from("6f", buffer.data)
    parts: list[list[Point]] = []
    for at in range(count):
        segment = _segment(shape, at)
        _point(segment, buffer.address, buffer.address + 4)
        x, y = unpack_from("2f", buffer.data)
        if not parts or _segment_type(segment) == raw.FPDF_SEGMENT_MOVETO:
            parts.append([])
        parts[-1].append((round(a * x + c * y + e, 1), round(b * x + d * y + f, 1)))
    for points in parts:
        square = (
            len(set(points)) == 4 and len({p[0] for p in points}) == len({p[1] for p in points}) == 2
        )
        yield points, square and modes[1] != 0
