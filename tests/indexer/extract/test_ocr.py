"""OCR: pictures prepared, words of Tesseract made words of a paper, raw readings kept."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from indexer.extract import ocr_page, registry
from indexer.extract.assemble import Rect
from indexer.extract.ocr_image import cleaned, tilt
from indexer.extract.ocr_words import real_words
from indexer.programs import tesseract
from indexer.programs.tesseract import OcrFailed, OcrWord
from kb.errors import ExtractionFailed

DPI = ocr_page.DPI
A4 = (2480, 3508)
FONTS = ("dejavu/DejaVuSerif.ttf", "noto/NotoSerif-Regular.ttf")
needs_tesseract = pytest.mark.skipif(
    not tesseract.available(), reason="no Tesseract with Vietnamese (tesseract-ocr-vie)"
)


def font(size: int) -> Any:
    for name in FONTS:
        path = Path("/usr/share/fonts/truetype", name)
        if path.exists():
            return ImageFont.truetype(str(path), size)
    pytest.skip("no TrueType font with Vietnamese letters (Debian: fonts-dejavu)")


def sheet(lines: list[tuple[int, int, str]], size: int = 46) -> Image.Image:
    image = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(image)
    for x, y, text in lines:
        draw.text((x, y), text, fill=(20, 20, 20), font=font(size))
    return image


def line(*words: str, confidence: float = 0.9, number: int = 1) -> list[OcrWord]:
    found, x = [], 100.0
    for word in words:
        end = x + 20 * len(word)
        rect = Rect(x, 100 * number, end, 100 * number + 40)
        found.append(
            OcrWord(
                word, rect, confidence, (1, 1, number), Rect(100, 100 * number, 2000, 100 * number + 40)
            )
        )
        x = end + 15
    return found


# ---------------------------------------------------------------- pictures


def test_a_red_seal_goes_and_black_print_below_it_stays() -> None:
    image = sheet([(1500, 2500, "Nguyễn Văn A")])
    ImageDraw.Draw(image).ellipse((1400, 2300, 1830, 2730), outline=(215, 40, 60), width=14)
    black = image.getpixel((1400, 2515))
    assert black == (215, 40, 60)
    grey = cleaned(image, DPI)
    assert grey.getpixel((1403, 2515)) == 255
    plain = cleaned(sheet([(1500, 2500, "Nguyễn Văn A")]), DPI)
    box = (1500, 2495, 1800, 2565)
    assert min(grey.crop(box).tobytes()) < 60
    dark = [sum(v < 100 for v in picture.crop(box).tobytes()) for picture in (grey, plain)]
    assert dark[0] > 0.8 * dark[1]


def test_small_marks_in_colour_stay() -> None:
    image = sheet([])
    ImageDraw.Draw(image).text((300, 300), "MẬT", fill=(200, 30, 40), font=font(60))
    assert min(cleaned(image, DPI).tobytes()) < 120


@pytest.mark.parametrize("angle", [-2.3, 0.0, 0.7])
def test_the_tilt_of_a_page_is_found(angle: float) -> None:
    image = sheet(
        [(250, 300 + 90 * n, "Công an tỉnh xây dựng kế hoạch tổ chức Ngày hội") for n in range(20)]
    )
    tilted = image.convert("L").rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255)
    assert tilt(tilted) == pytest.approx(angle, abs=0.11)


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (["Só:2750", "/QÐ-BGDĐT"], ["Số:", "2750", "/QĐ-BGDĐT"]),
        (["Số2624"], ["Số:", "2624"]),
        (["QĐÐ-TTg"], ["QĐ-TTg"]),
        (["ngày22", "tháng", "I0năm", "2025"], ["ngày", "22", "tháng", "10", "năm", "2025"]),
        (["ngày", "l5", "tháng", "6", "năm", "201]"], ["ngày", "15", "tháng", "6", "năm", "2011"]),
        (["ngày", "hội"], ["ngày", "hội"]),
        (["-", "Như", "Điều", "3;"], ["-", "Như", "Điều", "3;"]),
        (["một", "số", "I"], ["một", "số", "I"]),
    ],
)
def test_words_of_a_paper(read: list[str], words: list[str]) -> None:
    assert [word.text for word in real_words(line(*read))] == words


def test_scrawls_are_left_out_but_not_unsure_symbols() -> None:
    words = [
        *line("ø4", "„", "~=", confidence=0.2),
        *line("1284/QĐ-BGDĐT", "vi,", "25", confidence=0.2, number=2),
    ]
    assert [word.text for word in real_words(words)] == ["1284/QĐ-BGDĐT", "25"]


# ---------------------------------------------------------------- documents


def scanned(paper: Any, pages: int = 1) -> Path:
    page = paper("scan.pdf")
    for _ in range(pages):
        page.rule(10, 10, 200, 200)
        page.page()
    path: Path = page.save()
    return path


def test_mended_words_keep_their_raw_reading(paper: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {
        1: [*line("QUYÉT", "ĐỊNH"), *line("Về", "việc", "kiểm", "soát", "thú", "tục", number=2)],
        2: line("Điều", "2.", "Quyêt", "định", "này", confidence=0.5),
    }
    asked = iter(sorted(pages))
    monkeypatch.setattr(tesseract, "read", lambda *_a, **_k: pages[next(asked)])
    monkeypatch.setattr(tesseract, "upright_turn", lambda _image: 0)
    extracted = registry.extract(scanned(paper, 2), ocr=True)
    assert extracted.text == "QUYẾT ĐỊNH\nVề việc kiểm soát thủ tục\n\nĐiều 2. Quyết định này"
    assert extracted.ocr is not None
    assert extracted.ocr.confidence == ((1, 0.9), (2, 0.5))
    readings = [(extracted.text[r.start : r.end], r.raw) for r in extracted.ocr.readings]
    assert readings == [("QUYẾT", "QUYÉT"), ("thủ", "thú"), ("Quyết", "Quyêt")]
    assert extracted.warnings == (
        "ocr: Trang được nhận dạng chữ từ ảnh (OCR): 1-2.",
        "ocr-doubtful: Trang nhận dạng không chắc, hãy xem ảnh gốc: 2.",
    )
    assert [box.start for box in extracted.pages[0].boxes][:2] == [0, 6]


def test_pages_with_text_are_not_read_again(paper: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    page = paper()
    page.text(85, 60, "Trang một có lớp chữ.")
    page.page()
    page.rule(10, 10, 200, 200)
    path = page.save()
    monkeypatch.setattr(tesseract, "read", lambda *_a, **_k: line("Trang", "hai"))
    monkeypatch.setattr(tesseract, "upright_turn", lambda _image: 0)
    extracted = registry.extract(path, ocr=True)
    assert extracted.text == "Trang một có lớp chữ.\n\nTrang hai"
    assert extracted.ocr is not None and [number for number, _share in extracted.ocr.confidence] == [2]


def test_a_page_that_cannot_be_read_costs_only_itself(
    paper: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_a: Any, **_k: Any) -> list[OcrWord]:
        raise OcrFailed("timeout")

    monkeypatch.setattr(tesseract, "read", fails)
    monkeypatch.setattr(tesseract, "upright_turn", lambda _image: 0)
    with pytest.raises(ExtractionFailed) as caught:
        registry.extract(scanned(paper), ocr=True)
    assert caught.value.code == "no-text"


def test_without_ocr_a_picture_needs_it(tmp_path: Path, paper: Any) -> None:
    picture = tmp_path / "a.png"
    Image.new("RGB", (600, 400), "white").save(picture)
    for path in (picture, scanned(paper)):
        with pytest.raises(ExtractionFailed) as caught:
            registry.extract(path)
        assert caught.value.code == "needs-ocr"


def test_the_program_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    tesseract.version.cache_clear()
    assert not tesseract.available()
    tesseract.version.cache_clear()


def test_tsv_is_read_by_its_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        "level page_num block_num par_num line_num word_num left top width height conf text".split(),
        "4 1 1 1 1 0 10 20 300 40 -1 -".split(),
        '5 1 1 1 1 1 10 22 50 38 96.5 "Số'.split(),
        "5 1 1 1 1 2 70 22 50 38 40 12".split(),
    ]
    rows[1][-1] = ""
    monkeypatch.setattr(tesseract, "_run", lambda *_a: "\n".join("\t".join(row) for row in rows))
    words = tesseract.read(Image.new("L", (10, 10)), DPI)
    assert [(w.text, w.confidence, w.line) for w in words] == [
        ('"Số', 0.965, (1, 1, 1)),
        ("12", 0.4, (1, 1, 1)),
    ]
    assert words[0].rect == Rect(10, 22, 60, 60)
    assert words[1].line_rect == Rect(10, 20, 310, 60)


@needs_tesseract
def test_a_drawn_page_is_read_with_its_fields(tmp_path: Path) -> None:
    from indexer.reader import read_whole  # the whole way of a file

    image = sheet(
        [
            (300, 300, "CÔNG AN TỈNH A"),
            (1200, 300, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (300, 480, "Số: 12/KH-CAT-PV05"),
            (1350, 380, "Độc lập - Tự do - Hạnh phúc"),
            (1350, 480, "Hà Tĩnh, ngày 15 tháng 6 năm 2022"),
            (1050, 700, "KẾ HOẠCH"),
            (600, 780, "Tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2022"),
            (300, 980, "Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh, Công an tỉnh xây dựng kế hoạch"),
            (300, 1060, "tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc như sau."),
        ]
    )
    path = tmp_path / "scan.tif"
    image.save(path, dpi=(300, 300))
    document = read_whole(str(path))
    assert document.format == "image"
    assert document.ocr is not None and document.ocr.confidence[0][1] > 0.8
    assert document.text_quality > 0.97
    assert document.metadata.symbol is not None
    assert document.metadata.symbol.value == "12/KH-CAT-PV05"
    assert document.metadata.kind is not None and document.metadata.kind.value == "ke-hoach"
    assert document.metadata.issued_on is not None
    assert document.metadata.issued_on.value.isoformat() == "2022-06-15"
