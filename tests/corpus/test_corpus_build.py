"""What corpus/build.py writes: up to date, deterministic, and holding what gold promises."""

from __future__ import annotations

import codecs
import json
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from blocks import parse_blocks
from build import DOCUMENTS, GOLD, LAYOUTS, TEXTS, gold_text, outdated, same_document
from docx import Document
from heads import long_date
from layout_pdf import font_folder
from pdfminer.high_level import extract_text
from samples import Sample, SampleError, read_sample, read_samples

SAMPLES = read_samples(TEXTS)
needs_fonts = pytest.mark.skipif(font_folder() is None, reason="Noto Serif is not installed")


def one(file_format: str, style: str = "official") -> Sample:
    return next(s for s in SAMPLES if s.format == file_format and s.style == style)


def test_checked_in_documents_are_up_to_date() -> None:
    assert outdated(SAMPLES) == [], "run python corpus/build.py"
    if font_folder() is None:
        pytest.skip("Noto Serif is not installed: all but the PDFs are up to date")


@pytest.mark.parametrize("file_format", [pytest.param("pdf", marks=needs_fonts), "docx", "html", "txt"])
def test_same_bytes_at_every_run(file_format: str) -> None:
    sample = one(file_format)
    assert LAYOUTS[file_format](sample) == LAYOUTS[file_format](sample)


def test_a_changed_text_makes_a_different_document() -> None:
    sample = one("docx")
    built = LAYOUTS["docx"](sample)
    changed = Sample(**{key: getattr(sample, key) for key in sample.__slots__} | {"body": "Khác."})
    assert same_document(built, LAYOUTS["docx"](sample))
    assert not same_document(built, LAYOUTS["docx"](changed))


def text_of(sample: Sample) -> str:
    """The text a reader finds in the first page (PDF) or the whole file, blanks collapsed."""
    data = (DOCUMENTS / sample.file_name).read_bytes()
    if sample.format == "pdf":
        text = extract_text(BytesIO(data), maxpages=1)
    elif sample.format == "docx":
        document = Document(BytesIO(data))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])
    else:
        text = data.decode("utf-16" if data.startswith(codecs.BOM_UTF16_LE) else "utf-8-sig")
    return " ".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_document_holds_its_own_head(sample: Sample) -> None:
    text = text_of(sample)
    if sample.style == "news":
        assert not sample.title or sample.title in text
        return
    assert sample.symbol and sample.date and sample.subject
    assert sample.symbol in text
    assert long_date(sample.date) in text
    assert " ".join(sample.subject.split()[:6]) in text
    assert "CỘNG HÒA XÃ HỘI" in text or "ĐẢNG CỘNG SẢN" in text


def test_gold_is_keyed_by_file_name() -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    assert set(gold) == {path.name for path in DOCUMENTS.iterdir()}
    assert gold["124-ke-hoach-12-ngay-hoi-cat-ha-tinh-2022.docx"]["issued_on"] == "2022-06-15"
    assert gold_text([]) == "{}\n"


def test_documents_stay_small() -> None:
    assert sum(path.stat().st_size for path in DOCUMENTS.iterdir()) < 6_000_000


def test_docx_members_carry_no_clock() -> None:
    with zipfile.ZipFile(DOCUMENTS / one("docx").file_name) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_text_files_come_in_all_encodings() -> None:
    files = [(DOCUMENTS / s.file_name).read_bytes() for s in SAMPLES if s.format == "txt"]
    assert any(data.startswith(codecs.BOM_UTF16_LE) for data in files)
    assert any(data.startswith(codecs.BOM_UTF8) for data in files)
    utf8 = [data.decode() for data in files if not data.startswith(codecs.BOM_UTF16_LE)]
    assert any(text != unicodedata.normalize("NFC", text) for text in utf8)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Chương II", "title"),
        ("QUYẾT ĐỊNH:", "title"),
        ("PHỤ LỤC I", "title"),
        ("(Kèm theo Kế hoạch số 188/KH-UBND)", "note"),
        ("IV. TỔ CHỨC THỰC HIỆN", "heading"),
        ("I- QUAN ĐIỂM", "heading"),
        ("1. Mục đích", "subheading"),
        ("1. Công an tỉnh chủ trì, báo cáo trước ngày 15/11.", "item"),
        ("đ) Nơi nhận.", "item"),
        ("- Như trên;", "item"),
        ("Điều 4. Tiêu chí công nhận", "article"),
        ("| TT | Nội dung |", "table"),
        ("Phát huy kết quả đã đạt được, yêu cầu:", "paragraph"),
    ],
)
def test_block_kinds(line: str, kind: str) -> None:
    assert [block.kind for block in parse_blocks(line)] == [kind]


def test_wrapped_lines_are_one_paragraph_and_finished_ones_are_not() -> None:
    blocks = parse_blocks(
        "Thực hiện chỉ đạo của\nBộ Công an.\nCông an tỉnh yêu cầu:\n\n1. Một.\na) Hai."
    )
    assert [b.text for b in blocks] == [
        "Thực hiện chỉ đạo của Bộ Công an.",
        "Công an tỉnh yêu cầu:",
        "1. Một.",
        "a) Hai.",
    ]


def test_article_with_a_title_is_bold_throughout() -> None:
    titled, plain = parse_blocks("Điều 1. Phạm vi\nĐiều 2. Quyết định có hiệu lực kể từ ngày ký.")
    assert (titled.label, titled.text) == ("Điều 1. Phạm vi", "")
    assert (plain.label, plain.text) == ("Điều 2.", "Quyết định có hiệu lực kể từ ngày ký.")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("format = ", 'mau = "đỏ"\nformat = '), "unknown key 'mau'"),
        (('format = "docx"', 'format = "odt"'), "format must be one of"),
        (('kind = "KẾ HOẠCH"', 'kind = "KẾ HỌACH"'), "unknown kind"),
        (("issued_on = ", "issued = "), "gold has no 'issued_on'"),
        (("signer = ", "# signer = "), "key 'signer' is missing"),
        (("[gold]", "[gold"), "not valid TOML"),
    ],
)
def test_a_slip_in_a_text_is_named(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    source = TEXTS / "124-ke-hoach-12-ngay-hoi-cat-ha-tinh-2022.toml"
    broken = tmp_path / source.name
    broken.write_text(source.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(SampleError, match="124-ke-hoach") as caught:
        read_sample(broken)
    assert message in str(caught.value)
