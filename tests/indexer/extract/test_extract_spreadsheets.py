"""Workbooks: XLSX as openpyxl writes it, XLS and ODS as LibreOffice does (samples/)."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from legacy_samples import encoded
from olefile import OleFileIO
from openpyxl import Workbook
from openpyxl.styles import Font

from indexer.extract import registry, spreadsheet
from indexer.extract.legacy_tables import TCVN3, VNI
from indexer.extract.spreadsheet import shown_value
from indexer.extract.xls import XlsExtractor
from indexer.programs import libreoffice
from kb.errors import ExtractionFailed

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def book(tmp_path):
    made = Workbook()

    def save() -> Path:
        path = tmp_path / "a.xlsx"
        made.save(path)
        return path

    return made, save


@pytest.mark.parametrize("name", ["sheet.xls", "sheet.ods"])
def test_sheet_by_sheet(name):
    extracted = registry.extract(SAMPLES / name)
    assert extracted.format == name[-3:]
    assert extracted.text == (
        "Danh sach\n\nSố TT Họ và tên người nhận 2005.5\n\nTrang hai\n\nTổng cộng 12"
    )
    first, second = (extracted.text[p.start : p.end] for p in extracted.pages)
    assert first.startswith("Danh sach")
    assert second.startswith("Trang hai")


def test_fonts_of_cells_decide(book):
    made, save = book
    sheet = made.active
    sheet.append([encoded("Số", TCVN3), encoded("Số", VNI), "Số", None, 3])
    sheet["A1"].font, sheet["B1"].font = Font(name=".VnTime"), Font(name="VNI-Times")
    extracted = registry.extract(save())
    assert extracted.text == "Số Số Số 3"
    assert len(extracted.pages) == 1


def test_values_as_they_are_shown():
    assert [
        shown_value(v)
        for v in (5.0, 0.1 + 0.2, 1 / 3, date(2019, 8, 4), datetime(2019, 8, 4, 7, 30), None)
    ] == ["5", "0.3", "0.3333333333", "04/08/2019", "04/08/2019 07:30", ""]


def test_an_empty_book_has_no_text(book):
    _made, save = book
    with pytest.raises(ExtractionFailed) as caught:
        registry.extract(save())
    assert caught.value.code == "no-text"


def test_too_many_cells_are_refused(book, monkeypatch):
    made, save = book
    monkeypatch.setattr(spreadsheet, "MAX_CELLS", 5)
    made.active.append([1, 2, 3])
    made.active.append([1, 2, 3])
    with pytest.raises(ExtractionFailed) as caught:
        registry.extract(save())
    assert caught.value.code == "too-big"


@pytest.mark.parametrize("name", ["sheet.xls", "sheet.ods"])
def test_torn_workbooks_are_refused_or_lose_nothing(tmp_path, monkeypatch, name):
    monkeypatch.setattr(libreoffice, "available", lambda: False)
    whole = (SAMPLES / name).read_bytes()
    refused = 0
    for part in (0.3, 0.6, 0.9):
        path = tmp_path / name
        path.write_bytes(whole[: int(len(whole) * part)])
        try:  # the end of an .xls may be of other things than its sheets
            assert registry.extract(path).text == registry.extract(SAMPLES / name).text
        except ExtractionFailed as failure:
            assert failure.code in ("corrupt", "no-text")
            refused += 1
    assert refused >= 2


def test_sectors_in_a_circle_are_refused(tmp_path):
    """xlrd follows the short sectors of a stream for ever."""
    content = bytearray((SAMPLES / "sheet.xls").read_bytes())
    with OleFileIO(BytesIO(bytes(content))) as ole:
        at = 512 * (1 + ole.first_mini_fat_sector)  # behind the head of the file
        entry = ole.root.kids_dict["workbook"].isectStart
    content[at + 4 * entry : at + 4 * entry + 4] = entry.to_bytes(4, "little")
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    with pytest.raises(ExtractionFailed) as caught:
        XlsExtractor().extract(path)
    assert caught.value.code == "corrupt"
