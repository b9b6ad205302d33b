"""Scans wait behind other files; without the program they are listed with what to do."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from indexer import pipeline
from indexer.extract import ocr
from indexer.pipeline import ingest
from kb.access import PUBLIC
from kb.library import Library
from kb.results import SearchRequest

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if not FONT.exists():
        pytest.skip("no TrueType font with Vietnamese letters (Debian: fonts-dejavu)")
    place = tmp_path / "van-ban"
    place.mkdir()
    image = Image.new("RGB", (2480, 3508), "white")
    font = ImageFont.truetype(str(FONT), 46)
    ImageDraw.Draw(image).text((300, 300), "Kế hoạch phòng chống ma túy ở xã", fill=0, font=font)
    image.save(place / "a-scan.pdf", resolution=300)
    (place / "b.txt").write_text("Báo cáo mô hình camera an ninh.", "utf-8")
    return place


def test_without_the_program_a_scan_is_listed(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "has_ocr", lambda: False)
    report = ingest(library, [folder], jobs=1)
    assert [(Path(item.path).name, item.code) for item in report.rejected] == [
        ("a-scan.pdf", "needs-ocr")
    ]
    assert "Tesseract" in report.rejected[0].remedy
    again = ingest(library, [folder], jobs=1)
    assert (again.read, again.unchanged) == (0, 2)


@pytest.mark.skipif(not ocr.available(), reason="no Tesseract with Vietnamese (tesseract-ocr-vie)")
def test_scans_are_read_last_and_found(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setattr(pipeline, "has_ocr", lambda: False)
        ingest(library, [folder / "a-scan.pdf"], jobs=1)
    told: list[str] = []
    report = ingest(library, [folder], jobs=1, told=lambda path, *_why: told.append(Path(path).name))
    assert told == ["b.txt", "a-scan.pdf"]  # and the rejected one is tried again
    assert report.rejected == []
    library.reindex()
    hits = library.search(SearchRequest(query="phòng chống ma túy"), PUBLIC).hits
    assert [(Path(hit.source).name, hit.ocr) for hit in hits] == [("a-scan.pdf", True)]
    document = library.get(hits[0].id, PUBLIC).document
    assert document.ocr is not None and document.ocr.program.startswith("tesseract")
    assert document.warnings[0].startswith("ocr: ")


@pytest.mark.skipif(not ocr.available(), reason="no Tesseract with Vietnamese (tesseract-ocr-vie)")
def test_scans_in_archives_and_mail_are_read_and_not_tried_for_ever(
    library: Library, folder: Path
) -> None:
    scan = folder / "a-scan.pdf"
    with zipfile.ZipFile(folder / "quet.zip", "w") as archive:
        archive.write(scan, "trong.pdf")
        archive.writestr("trang.png", _blank())
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Gửi bản quét", "a@example.vn", "b@example.vn"
    mail.set_content("Kính gửi bản quét đính kèm.")
    mail.add_attachment(scan.read_bytes(), maintype="application", subtype="pdf", filename="a-scan.pdf")
    (folder / "thu.eml").write_bytes(mail.as_bytes())
    scan.unlink()
    report = ingest(library, [folder], jobs=1)
    library.reindex()
    hits = {Path(hit.source).name: hit for hit in library.search(SearchRequest("ma túy"), PUBLIC).hits}
    assert set(hits) == {"trong.pdf", "thu.eml"}
    stored = library.get(hits["thu.eml"].id, PUBLIC).document
    assert stored.ocr is not None
    assert [page for page, _sure in stored.ocr.confidence] == [2]  # the mail itself is page 1
    assert [item.code for item in report.rejected] == ["no-text"]
    assert ingest(library, [folder], jobs=1).read == 0


def _blank() -> bytes:
    content = io.BytesIO()
    Image.new("L", (800, 1000), 255).save(content, "PNG")
    return content.getvalue()
