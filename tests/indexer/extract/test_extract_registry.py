"""What a file is, and what is said about files that are not read."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from indexer.extract import archive, registry
from indexer.extract.registry import detect, extract
from kb.errors import ExtractionFailed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
HTML = "<!DOCTYPE html><html><body><p>Công an tỉnh tổ chức hội nghị tại trụ sở.</p></body></html>"


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(500)


def zipped(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return path


def failure(path: Path) -> ExtractionFailed:
    with pytest.raises(ExtractionFailed) as caught:
        extract(path)
    assert str(caught.value).endswith(".") and caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", b"%PDF-1.4\n", "pdf"),
        ("a.doc", b"junk %PDF-1.4\n", "pdf"),
        ("a.doc", ole("WordDocument"), "doc"),
        ("a.doc", ole("Workbook"), "xls"),
        ("a.docx", ole("EncryptedPackage"), "encrypted-office"),
        ("a.ppt", ole("PowerPoint Document"), "ppt"),
        ("a.dat", OLE, "binary"),
        ("a.doc", b"{\\rtf1\\ansi Cong an}", "rtf"),
        ("a.pdf", HTML.encode(), "html"),
        ("a.doc", b"\xef\xbb\xbf\r\n  <html><body>x</body></html>", "html"),
        ("a.html", "chỉ có chữ".encode(), "html"),
        ("a.txt", HTML.encode("utf-16"), "html"),
        ("a.md", b"# Ke hoach\n", "markdown"),
        ("noname", "Công an tỉnh".encode(), "txt"),
        ("a.txt", "Công an tỉnh".encode("utf-16"), "txt"),
        ("a.txt", "Công an tỉnh tổ chức hội nghị".encode("utf-16-le"), "txt"),
        ("a.txt", b"Dung <b>the</b> HTML trong van ban", "txt"),
        ("a.bin", bytes(range(256)) * 20, "binary"),
        ("a.png", b"\x89PNG\r\n\x1a\n....", "image"),
        ("a.jpg", b"\xff\xd8\xff\xe0....", "image"),
        ("a.eml", b"From: a@example.org\r\nSubject: x\r\n\r\nXin chao", "mail"),
        ("a.gz", b"\x1f\x8b\x08....", "archive"),
        ("~$ke-hoach.docx", b"\x05Admin", "lock"),
        (".~lock.ke-hoach.odt#", b",admin,", "lock"),
        ("ke-hoach.doc", b"\x05Admin" + bytes(156), "lock"),
    ],
)
def test_formats_are_told_by_content(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert detect(path) == kind


def test_formats_in_zip(tmp_path: Path) -> None:
    assert detect(zipped(tmp_path / "a.bin", word__document_dot_xml=b"<x/>")) == "docx"
    assert detect(zipped(tmp_path / "b.docx", xl__workbook_dot_xml=b"<x/>")) == "xlsx"
    odt = zipped(tmp_path / "c.zip", mimetype=b"application/vnd.oasis.opendocument.text")
    assert detect(odt) == "odt"
    assert detect(zipped(tmp_path / "d.docx", a=b"x")) == "zip"


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("a.doc", ole("WordDocument"), "corrupt", ".doc"),
        ("a.doc", b"{\\rtf1 }", "no-text", "không có chữ"),
        ("a.xls", ole("Workbook"), "corrupt", ".xls"),
        ("a.ppt", ole("PowerPoint Document"), "corrupt", ".ppt"),
        ("a.msg", ole("__substg1.0_0037001F"), "corrupt", ".msg"),
        ("a.docx", ole("EncryptedPackage"), "encrypted", "mật khẩu"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "needs-ocr", "ảnh"),
        ("a.rar", b"Rar!\x1a\x07\x00", "unsupported", "nén"),
        ("a.mht", b"From: a\r\nContent-Type: multipart/related\r\n\r\n", "corrupt", ".mht"),
        ("a.zip", b"PK\x03\x04" + bytes(300), "corrupt", ".zip"),
        ("~$a.docx", b"x", "lock-file", "khóa"),
        ("a.txt", b"", "empty-file", "rỗng"),
        ("a.txt", b" \r\n \n", "empty-file", "rỗng"),
        ("a.txt", bytes(range(256)) * 20, "corrupt", ".txt"),
        ("a.txt", bytes(5000), "corrupt", ".txt"),
        ("a.pdf", bytes(range(256)) * 20, "corrupt", "PDF"),
        ("a.xyz", bytes(range(256)) * 20, "unsupported", "định dạng"),
        ("a.pdf", b"%PDF-1.7\n%%EOF", "corrupt", "PDF"),
        ("a.docx", b"PK\x03\x04" + bytes(300), "corrupt", "Word"),
        ("a.html", b"<html><body></body></html>", "no-text", "không có chữ"),
    ],
)
def test_refusals_say_why_and_what_to_do(
    tmp_path: Path, name: str, content: bytes, code: str, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    error = failure(path)
    assert error.code == code
    assert words in str(error)


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    assert failure(tmp_path).code == "unreadable"
    assert failure(tmp_path / "khong-co.pdf").code == "unreadable"
    assert failure(tmp_path / "x\0y.pdf").code == "unreadable"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    assert failure(path).code == "unreadable"


def test_every_format_that_is_not_read_has_a_refusal(tmp_path: Path) -> None:
    from indexer.extract import sniff

    named = {kind for _magic, kind in sniff._MAGIC} | {kind for _s, kind in sniff._OLE_STREAMS}
    named |= {kind for _e, kind in sniff._ZIP_ENTRIES} | set(sniff._ODF.values())
    for kind in named - set(registry._EXTRACTORS):
        assert registry._refusal(kind, tmp_path / "a").remedy


def test_a_html_page_named_pdf_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.pdf"
    path.write_text(HTML)
    extracted = extract(path)
    assert (extracted.format, extracted.text) == ("html", "Công an tỉnh tổ chức hội nghị tại trụ sở.")


def test_a_word_file_named_doc_is_read(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Kế hoạch công tác năm 2022")
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.docx").rename(tmp_path / "a.doc")
    assert extract(tmp_path / "a.doc").format == "docx"


def test_zip_bombs_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(tmp_path / "ratio.docx", word__document_dot_xml=bytes(30_000_000))
    assert failure(bomb).code == "too-big"
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000_000)
    big = zipped(tmp_path / "size.docx", word__document_dot_xml=os.urandom(1_100_000))
    assert failure(big).code == "too-big"
    monkeypatch.setattr(archive, "MAX_ENTRIES", 3)
    parts = {f"part{n}": b"x" for n in range(5)}
    many = zipped(tmp_path / "many.docx", word__document_dot_xml=b"<x/>", **parts)
    assert failure(many).code == "too-big"


def test_a_defect_of_ours_is_reported_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        format = "txt"

        def extract(self, path: Path) -> Any:
            raise ZeroDivisionError

    monkeypatch.setitem(registry._EXTRACTORS, "txt", Broken)
    path = tmp_path / "a.txt"
    path.write_text("chữ")
    error = failure(path)
    assert (error.code, "ZeroDivisionError" in str(error)) == ("internal-error", True)
