"""A scanned page made ready for reading: stamps and signatures taken out, lines made level."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter

_WIDEST_TILT = 4.0  # degrees; more is no tilt but another page
_LEAST_TILT = 0.15  # degrees; less does no harm
_STEPS = (1.0, 0.25, 0.05)  # degrees, each search around the best of the one before
_SMALL = 900  # pixels of width to look for the tilt on
_COLOURED = 45  # of 255: how far apart the channels of coloured ink are
_DARK = 120  # of 255: the brightest channel of black print, also below a stamp
_HALO = 5  # pixels around coloured ink that its colour bleeds into
_CELL = 2.0  # mm: coloured ink closer than this hangs together
_LEAST_INK = 0.01  # of a cell
# NĐ 30/2020: seals are round, 36 mm and more; marks (MẬT, HỎA TỐC) are up to 8 mm high, so they stay.
_STAMP_HEIGHT = 14.0  # mm
_MM = 25.4

Cell = tuple[int, int]


def cleaned(image: Image.Image, dpi: int) -> Image.Image:
    """The page in greys, without seals and signatures in coloured ink.

    They cover names and titles, and give words that are none. Black print below stays: its brightest
    channel is dark. Small things in colour stay as well: marks, numbers and days written by hand.
    """
    red, green, blue = image.convert("RGB").split()
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    ink = ImageChops.subtract(brightest, darkest).point(lambda v: 255 if v > _COLOURED else 0)
    grey = image.convert("L")
    for box in _stamps(ink, dpi):
        seal = ink.crop(box).filter(ImageFilter.MaxFilter(_HALO))
        bright = brightest.crop(box).point(lambda v: 255 if v > _DARK else 0)
        grey.paste(255, box, ImageChops.darker(seal, bright))
    return grey


def _stamps(ink: Image.Image, dpi: int) -> Iterator[tuple[int, int, int, int]]:
    """The boxes (pixels) of what hangs together and is as high as a stamp."""
    cell = _CELL / _MM * dpi
    size = max(1, round(ink.width / cell)), max(1, round(ink.height / cell))
    shares = ink.resize(size, Image.Resampling.BOX).tobytes()
    inked = {(at % size[0], at // size[0]) for at, v in enumerate(shares) if v > 255 * _LEAST_INK}
    while inked:
        found = _connected(inked)
        left, right = min(x for x, _y in found), max(x for x, _y in found) + 1
        top, bottom = min(y for _x, y in found), max(y for _x, y in found) + 1
        if (bottom - top) * _CELL >= _STAMP_HEIGHT:
            across, down = ink.width / size[0], ink.height / size[1]
            yield round(left * across), round(top * down), round(right * across), round(bottom * down)


def _connected(cells: set[Cell]) -> list[Cell]:
    """One group of neighbouring cells, taken out of `cells`."""
    found = [cells.pop()]
    for x, y in found:  # grows while it is walked through
        beside = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & cells
        cells -= beside
        found += beside
    return found


def tilt(grey: Image.Image) -> float:
    """By how many degrees counterclockwise a page must be turned for its lines to be level."""
    height = max(1, round(grey.height * _SMALL / grey.width))
    small = ImageChops.invert(grey.resize((_SMALL, height), Image.Resampling.BOX))
    best, reach = 0.0, _WIDEST_TILT
    for step in _STEPS:
        count = math.ceil(reach / step)
        best = max(
            (best + step * k for k in range(-count, count + 1)), key=lambda a: _sharpness(small, a)
        )
        reach = step
    return best if _LEAST_TILT <= abs(best) <= _WIDEST_TILT else 0.0


def _sharpness(inverted: Image.Image, angle: float) -> float:
    """How sharply rows of text and the rows between differ once the page is turned."""
    turned = inverted.rotate(angle, Image.Resampling.BILINEAR)
    margin = inverted.width // 12  # where turning brings in what is not on the page
    inner = turned.crop((margin, margin, inverted.width - margin, inverted.height - margin))
    rows = inner.resize((1, inner.height), Image.Resampling.BOX).tobytes()
    return float(sum((a - b) ** 2 for a, b in pairwise(rows)))
