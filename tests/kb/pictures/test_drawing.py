"""Pages as they look: drawn in a child, kept, refused where they cannot be."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import PIL.Image
import pytest

from kb.errors import NotFound
from kb.model import Document
from kb.pictures import drawing
from kb.pictures.drawing import Pictures

SAMPLE = Path(__file__).parents[3] / "corpus" / "documents" / "104-thong-tu-124-2021.pdf"


@pytest.fixture
def pdf(make_document) -> Document:
    return replace(make_document("x"), format="pdf")


def test_a_page_and_its_size(pdf: Document) -> None:
    picture = Pictures().page(SAMPLE, pdf, 1)
    assert (round(picture.width), round(picture.height)) == (595, 842)  # A4
    image = PIL.Image.open(io.BytesIO(picture.png))
    assert image.width == drawing.WIDTH
    assert image.convert("L").getextrema()[0] < 100  # there is ink


def test_it_is_drawn_once(pdf: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = Pictures()
    first = pictures.page(SAMPLE, pdf, 1)
    monkeypatch.setattr(drawing, "_draw", None)
    assert pictures.page(SAMPLE, pdf, 1) is first


def test_only_the_last_ones_are_kept(pdf: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = Pictures()
    monkeypatch.setattr(drawing, "_KEPT", 1)
    for number in (1, 2):
        pictures.page(SAMPLE, pdf, number)
    assert [number for _sha, number in pictures._kept] == [2]


@pytest.mark.parametrize("number", [0, 99, -1])
def test_no_such_page(pdf: Document, number: int) -> None:
    with pytest.raises(NotFound):
        Pictures().page(SAMPLE, pdf, number if number >= 0 else 10**6)


def test_what_is_broken_or_of_another_format_has_no_picture(pdf: Document, tmp_path: Path) -> None:
    broken = tmp_path / "a.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    for document in (pdf, replace(pdf, format="image"), replace(pdf, format="docx")):
        with pytest.raises(NotFound):
            Pictures().page(broken, document, 1)


def test_a_file_that_never_ends_is_given_up(pdf: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "SECONDS", 0.01)
    with pytest.raises(NotFound):
        Pictures().page(SAMPLE, pdf, 1)


def test_a_scan_that_is_a_picture(pdf: Document, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    PIL.Image.new("RGB", (1654, 2339), "white").save(path, dpi=(200, 200))
    picture = Pictures().page(path, replace(pdf, format="image"), 1)
    assert (round(picture.width), round(picture.height)) == (595, 842)
