"""One picture of a page to words, with their places and how surely they were read."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import fmean

from PIL import Image

from indexer.extract.ocr_image import cleaned, tilt
from indexer.extract.ocr_words import real_words
from indexer.programs import tesseract
from indexer.programs.tesseract import OcrFailed, OcrWord

DPI = 300  # Tesseract reads best letters of about 30 pixels: 10 to 14 pt type at 300 dpi
_UPSIDE_DOWN = 0.6  # mean confidence below which the page may stand on its head
_FEWEST = 8  # words to judge a page by


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was read from a page. Places are pixels of the page as it was turned for reading.

    `turn`: degrees clockwise from the page as it is shown to the one that was read.
    """

    width: int
    height: int
    turn: int = 0
    words: list[OcrWord] = field(default_factory=list)

    @property
    def confidence(self) -> float:
        """The mean of the words, 0 without any."""
        return fmean(word.confidence for word in self.words) if self.words else 0.0


def read_picture(image: Image.Image) -> PageReading:
    """The words of a page at DPI dots an inch; none where Tesseract fails."""
    grey = cleaned(image, DPI)
    reading = _read(grey, 0)
    if len(reading.words) < _FEWEST or reading.confidence < _UPSIDE_DOWN:
        turn = tesseract.upright_turn(grey)
        if turn:
            turned = _read(grey.rotate(-turn, expand=True), turn)
            if turned.confidence > reading.confidence:
                return turned
    return reading


def _read(grey: Image.Image, turn: int) -> PageReading:
    angle = tilt(grey)
    if angle:
        grey = grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    try:
        words = tesseract.read(grey, DPI)
    except OcrFailed:
        words = []
    return PageReading(grey.width, grey.height, turn, real_words(words))
