"""Small PDFs and Word files that the extractor tests draw for themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT_FOLDER = Path("/usr/share/fonts/truetype")
FONTS = [
    ("dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSerif-Bold.ttf"),
    ("noto/NotoSerif-Regular.ttf", "noto/NotoSerif-Bold.ttf"),
]
WIDTH, HEIGHT = A4


class Paper:
    """A PDF in the making; positions are points from the top left corner."""

    def __init__(self, path: Path, password: str | None) -> None:
        encryption = StandardEncryption(password, canPrint=0) if password else None
        self.path = path
        self.canvas = Canvas(str(path), pagesize=A4, encrypt=encryption)

    def text(self, x: float, top: float, text: str, *, bold: bool = False, size: float = 10) -> None:
        """A line whose letters begin at `x`."""
        self.canvas.setFont("TestBold" if bold else "Test", size)
        self.canvas.drawString(x, HEIGHT - top - size, text)

    def centered(
        self, x: float, top: float, text: str, *, bold: bool = False, size: float = 10
    ) -> None:
        """A line with its middle at `x`."""
        width = pdfmetrics.stringWidth(text, "TestBold" if bold else "Test", size)
        self.text(x - width / 2, top, text, bold=bold, size=size)

    def rule(self, x0: float, top0: float, x1: float, top1: float) -> None:
        """A drawn line."""
        self.canvas.line(x0, HEIGHT - top0, x1, HEIGHT - top1)

    def page(self) -> None:
        """End the page."""
        self.canvas.showPage()

    def save(self) -> Path:
        """Write the file."""
        self.canvas.save()
        return self.path


MakePaper = Callable[..., Paper]


@pytest.fixture(scope="session")
def fonts() -> None:
    """A font with Vietnamese letters; the test is skipped where there is none."""
    for regular, bold in FONTS:
        if (FONT_FOLDER / regular).exists() and (FONT_FOLDER / bold).exists():
            pdfmetrics.registerFont(TTFont("Test", str(FONT_FOLDER / regular)))
            pdfmetrics.registerFont(TTFont("TestBold", str(FONT_FOLDER / bold)))
            return
    pytest.skip("no TrueType font with Vietnamese letters (Debian: fonts-dejavu)")


@pytest.fixture
def paper(fonts: None, tmp_path: Path) -> MakePaper:
    """A function that begins a PDF: `paper("a.pdf", password=None)`."""

    def make(name: str = "a.pdf", password: str | None = None) -> Paper:
        return Paper(tmp_path / name, password)

    return make


def lines_of(extracted: Any) -> list[str]:
    """The texts of all lines, cut out of the text by their offsets."""
    return [extracted.text[line.start : line.end] for line in extracted.lines]


@pytest.fixture
def check_offsets() -> Callable[[Any], None]:
    """A function that checks that every offset of an Extracted points at what it says."""

    def check(extracted: Any) -> None:
        text = extracted.text
        assert text == text.strip()
        end = 0
        for line in extracted.lines:
            piece = text[line.start : line.end]
            assert piece and piece == piece.strip() and "\n" not in piece
            assert text[end : line.start] in ("", "\n", "\n\n")
            end = line.end
        assert end == len(text)
        assert [page.number for page in extracted.pages] == list(range(1, len(extracted.pages) + 1))
        for page in extracted.pages:
            assert all(
                page.start <= line.start <= line.end <= page.end
                for line in extracted.lines
                if line.page == page.number
            )
            words = [text[box.start : box.end] for box in page.boxes]
            assert all(word and not any(c.isspace() for c in word) for word in words)
            if page.boxes:
                shown = [word for word in text[page.start : page.end].split() if word != "|"]
                assert words == shown

    return check


@pytest.fixture
def texts() -> Callable[[Any], list[str]]:
    """A function that gives the lines of an Extracted as texts."""
    return lines_of
