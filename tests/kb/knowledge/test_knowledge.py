"""Glossary and figures of a library, and their commands."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from kb import spreadsheet
from kb.access import PUBLIC
from kb.catalog import documents as stored
from kb.cli import kb
from kb.errors import NotFound
from kb.library import Library

TERMS = """Điều 2. Giải thích từ ngữ

1. Chốt dân phòng là nơi trực của lực lượng ban đêm.
"""
REPORT = "Báo cáo. Toàn xã có 98 mô hình, ủy ban nhân dân (UBND) khen 05 tập thể."


@pytest.fixture
def ids(library: Library, make_document) -> list[str]:
    found = []
    with library.database.begin() as connection:
        for document in (
            make_document(TERMS, "/d/a.txt", kind="thong-tu", title="Thông tư", symbol="1/2020/TT-BCA"),
            make_document(REPORT, "/d/b.txt", kind="bao-cao", title="Báo cáo", symbol="5/BC-UBND"),
            make_document(TERMS.replace("Chốt", "Bốt"), "/d/c.txt", label="internal"),
        ):
            found.append(stored.store(connection, document).id)
    library.reindex()
    return found


def terms(library: Library, text: str) -> list[str]:
    return [entry.term for entry in library.knowledge.glossary(PUBLIC, text)]


def test_the_glossary_joins_abbreviations_and_terms(library: Library, ids: list[str]) -> None:
    (entry,) = library.knowledge.glossary(PUBLIC, "chot dan phong")
    assert [(each.id, each.text) for each in entry.definitions] == [
        (ids[0], "nơi trực của lực lượng ban đêm.")
    ]
    assert "UBND" in terms(library, "ủy ban nhân dân")
    shipped = library.knowledge.glossary(PUBLIC)
    assert len(shipped) > 100
    letters = [entry.letter for entry in shipped]
    assert letters.index("D") < letters.index("Đ") < letters.index("E" if "E" in letters else "G")


def test_what_may_not_be_seen_defines_nothing(library: Library, ids: list[str]) -> None:
    assert terms(library, "bốt dân phòng") == []
    with pytest.raises(NotFound):
        library.knowledge.figures(ids[2], PUBLIC)


def test_figures_of_a_document_and_of_all(library: Library, ids: list[str]) -> None:
    found = library.knowledge.figures(ids[1], PUBLIC)
    assert [(each.value, each.measure) for each in found] == [(98, "mô hình"), (5, "tập thể")]
    assert [each.id for each in library.knowledge.all_figures(PUBLIC)] == [ids[1], ids[1]]
    assert list(library.knowledge.all_figures(PUBLIC, [ids[0]])) == []


def test_commands(library: Library, ids: list[str], tmp_path: Path) -> None:
    env = {"KB_HOME": str(library.settings.home)}
    library.close()
    run = CliRunner()
    told = run.invoke(kb, ["glossary", "chốt", "--json"], env=env)
    assert json.loads(told.output)[0]["definitions"][0]["id"] == ids[0]
    assert "98  mô hình" in run.invoke(kb, ["figures", ids[1]], env=env).output
    sheet = tmp_path / "a.xlsx"
    assert run.invoke(kb, ["figures", "--output", str(sheet)], env=env).exit_code == 0
    rows = list(openpyxl.load_workbook(sheet).active.iter_rows(values_only=True))
    assert rows[1][:4] == (ids[1], "5/BC-UBND", None, 98)
    assert run.invoke(kb, ["figures", "--output", str(tmp_path)], env=env).exit_code != 0
    assert run.invoke(kb, ["figures", "khong-co"], env=env).exit_code != 0


def test_cells_are_no_formulas(tmp_path: Path) -> None:
    hostile = ["=1+1", "@SUM(A1)", "-1", "a\x00b"]
    text = io.StringIO(newline="")
    spreadsheet.write_csv(["a", "b", "c", "d"], [hostile], text)
    _columns, row = csv.reader(io.StringIO(text.getvalue().removeprefix("\ufeff")))
    assert [spreadsheet.unguarded(cell) for cell in row] == hostile
    assert row[:3] == ["'=1+1", "'@SUM(A1)", "'-1"]
    file = tmp_path / "a.xlsx"
    with file.open("wb") as opened:
        spreadsheet.write_xlsx(["a", "b", "c", "d"], [hostile], opened)
    cells = list(openpyxl.load_workbook(file).active.iter_rows())[1]
    assert [cell.data_type for cell in cells] == ["s"] * 4
    assert [cell.value for cell in cells] == ["=1+1", "@SUM(A1)", "-1", "ab"]
