"""Legacy encodings where they occur: plain text, web pages, DOCX, PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from legacy_samples import TEXT, encoded

from indexer.extract import registry
from indexer.extract.legacy_tables import ENCODINGS, TCVN3, VNI

PARTS = (0, 40, 90, 140)


def repaired(extracted) -> bool:
    return any(warning.startswith("encoding-repaired: ") for warning in extracted.warnings)


# ---------------------------------------------------------------- plain text


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda e: e.name)
def test_plain_text(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes(encoded(TEXT, encoding).encode("latin-1"))
    extracted = registry.extract(tmp_path / "a.txt")
    assert extracted.text == TEXT
    assert repaired(extracted)
    assert extracted.text_quality == 1.0


def test_plain_text_of_two_encodings(tmp_path):
    rows = [encoded(TEXT, TCVN3), encoded(TEXT, VNI), encoded(TEXT, TCVN3)]
    (tmp_path / "a.txt").write_bytes("\n\n".join(rows).encode("latin-1"))
    assert registry.extract(tmp_path / "a.txt").text == "\n\n".join([TEXT] * 3)


# ---------------------------------------------------------------- web pages


@pytest.mark.parametrize(
    ("head", "opened", "closed"),
    [
        ("", '<font face=".VnTime, Arial">', "</font>"),
        ("", "<span style=\"color:red; font-family:'.VnTime'\">", "</span>"),
        (
            "<style>.c1, p.c2 {font-size:9pt; font-family: .VnTime}</style>",
            '<span class="x c1">',
            "</span>",
        ),
        ("<style>i {font-family: '.VnTime', serif}</style>", "<i>", "</i>"),
    ],
)
def test_pages_by_font(tmp_path, head, opened, closed):
    text = f"<p>A {opened}Sè th¸ng<b> nµy</b>{closed} có sẵn</p>"
    page = f"<html><head>{head}</head><body>{text}</body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    extracted = registry.extract(tmp_path / "a.html")
    assert extracted.text == "A Số tháng này có sẵn"
    assert repaired(extracted)


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda e: e.name)
def test_pages_by_what_the_words_say(tmp_path, encoding):
    body = encoded(TEXT, encoding)
    page = f"<html><head><meta charset=iso-8859-1></head><body><p>{body}</p><p>{body}</p></body></html>"
    (tmp_path / "a.html").write_bytes(page.encode("latin-1"))
    assert registry.extract(tmp_path / "a.html").text == f"{TEXT}\n\n{TEXT}"


def test_scripts_and_unicode_pages_stay_as_they_are(tmp_path):
    page = f"<html><body><script>var a='Sè';</script><p>{TEXT} © ® § «trích»</p></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    extracted = registry.extract(tmp_path / "a.html")
    assert extracted.text == f"{TEXT} © ® § «trích»"
    assert not repaired(extracted)


# ---------------------------------------------------------------- DOCX


def docx_run(paragraph, text: str, font: str | None) -> None:
    """A run whose U+00AD are w:softHyphen elements, as LibreOffice and Word write them."""
    run = paragraph.add_run()
    if font:
        run.font.name = font
    for number, part in enumerate(text.split("\xad")):
        if number:
            run._r.append(OxmlElement("w:softHyphen"))
        run._r.append(element := OxmlElement("w:t"))
        element.text = part
        element.set(qn("xml:space"), "preserve")


def test_docx_by_run_and_the_soft_hyphen(tmp_path):
    document = Document()
    paragraph = document.add_paragraph()
    docx_run(paragraph, encoded("Thủ trưởng nước ta ", TCVN3), ".VnTime")
    docx_run(paragraph, "và bạn ", "Times New Roman")
    docx_run(paragraph, encoded("được hưởng", VNI), "VNI-Times")
    docx_run(document.add_paragraph(), "thu\xadong", "Arial")
    document.save(str(tmp_path / "a.docx"))
    extracted = registry.extract(tmp_path / "a.docx")
    assert extracted.text == "Thủ trưởng nước ta và bạn được hưởng\n\nthuong"
    assert repaired(extracted)


def test_docx_fonts_of_styles_and_capitals(tmp_path):
    document = Document()
    document.styles["Normal"].font.name = ".VnTimeH"
    docx_run(document.add_paragraph(), encoded("quyết định", TCVN3), None)
    paragraph = document.add_paragraph()
    docx_run(paragraph, "về việc khen thưởng", "Times New Roman")
    paragraph.runs[0].font.all_caps = True
    document.save(str(tmp_path / "a.docx"))
    extracted = registry.extract(tmp_path / "a.docx")
    assert extracted.text == "quyết định\n\nvề việc khen thưởng"
    assert extracted.as_printed().text == "QUYẾT ĐỊNH\n\nVỀ VIỆC KHEN THƯỞNG"


# ---------------------------------------------------------------- PDF


def write_pdf(path: Path, runs: list[tuple[str, bytes]]) -> None:
    """A page with a line for each run: (font name, codes), in fonts without a ToUnicode table."""
    fonts = dict.fromkeys(font for font, _codes in runs)
    names = {font: f"F{number}" for number, font in enumerate(fonts)}
    widths = "[" + " ".join(["500"] * 224) + "]"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "", ""]
    resources = []
    for font, name in names.items():
        objects.append(
            f"<< /Type /FontDescriptor /FontName /{font} /Flags 32 /FontBBox [0 -200 1000 900] "
            "/ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>"
        )
        objects.append(
            f"<< /Type /Font /Subtype /TrueType /BaseFont /{font} /FirstChar 32 /LastChar 255 "
            f"/Widths {widths} /FontDescriptor {len(objects)} 0 R /Encoding /WinAnsiEncoding >>"
        )
        resources.append(f"/{name} {len(objects)} 0 R")
    stream = b"".join(
        f"BT /{names[font]} 12 Tf 60 {780 - 30 * line} Td <{codes.hex()}> Tj ET\n".encode()
        for line, (font, codes) in enumerate(runs)
    )
    objects[2] = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        f"/Resources << /Font << {' '.join(resources)} >> >> >>"
    )
    objects[3] = f"<< /Length {len(stream)} >>\nstream\n{stream.decode('latin-1')}\nendstream"
    content = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    content += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF"
    ).encode()
    path.write_bytes(content)


def test_pdf_by_the_font_of_each_glyph(tmp_path):
    write_pdf(
        tmp_path / "a.pdf",
        [
            ("ABCDEF+.VnTimeH", encoded("quyết định", TCVN3).encode("latin-1")),
            ("ABCDEG+.VnTime", encoded("Thủ trưởng các đơn vị nhà nước", TCVN3).encode("latin-1")),
            ("ABCDEH+VNI-Times", encoded("chịu trách nhiệm thi hành", VNI).encode("latin-1")),
            ("ABCDEI+Arial", b"The end"),
        ],
    )
    extracted = registry.extract(tmp_path / "a.pdf")
    assert " ".join(extracted.text.split()) == (
        "quyết định Thủ trưởng các đơn vị nhà nước chịu trách nhiệm thi hành The end"
    )
    assert extracted.as_printed().text.startswith("QUYẾT ĐỊNH")
    assert repaired(extracted)
    assert [extracted.text[b.start : b.end] for b in extracted.pages[0].boxes][:3] == [
        "quyết",
        "định",
        "Thủ",
    ]


@pytest.mark.parametrize("encoding", [TCVN3, VNI], ids=lambda e: e.name)
def test_pdf_by_what_the_words_say(tmp_path, encoding):
    rows = [TEXT[at : at + 60] for at in range(0, len(TEXT), 60)]
    write_pdf(tmp_path / "a.pdf", [("Arial", encoded(row, encoding).encode("latin-1")) for row in rows])
    assert "".join(registry.extract(tmp_path / "a.pdf").text.split()) == "".join(TEXT.split())
