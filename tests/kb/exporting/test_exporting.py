"""What was found, to take along: citations, tables, a dossier, what is new, many queries at once."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from kb.access import PUBLIC
from kb.cli import kb
from kb.exporting import dossier, results
from kb.exporting.citation import citation
from kb.exporting.newly import newly_added
from kb.library import Library
from kb.results import Hit, Passage, SearchRequest


@pytest.fixture(scope="module")
def corpus(libraries: dict[str, Library]) -> Library:
    return libraries["tantivy"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            (
                "thong-tu",
                "124/2021/TT-BCA",
                date(2021, 12, 28),
                "Bộ Công an",
                "Thông tư quy định cư trú",
            ),
            "Thông tư số 124/2021/TT-BCA ngày 28/12/2021 của Bộ Công an quy định cư trú",
        ),
        (
            ("ke-hoach", None, date(2022, 6, 15), "Công an tỉnh A", "Kế hoạch tổ chức Ngày hội"),
            "Kế hoạch ngày 15/06/2022 của Công an tỉnh A tổ chức Ngày hội",
        ),
        (("tin-tuc", None, date(2022, 7, 1), None, "Ngày hội ở xã"), "“Ngày hội ở xã”, 01/07/2022"),
        ((None, None, None, None, "Không rõ"), "“Không rõ”"),
        ((None, "12/V05-P2", None, None, None), "Văn bản số 12/V05-P2"),
        (
            ("cong-van", "1/ANTT", None, None, "ANTT ở xã"),
            "Công văn số 1/ANTT ANTT ở xã",
        ),
    ],
)
def test_citations(fields, expected: str) -> None:
    kind, symbol, day, issuer, title = fields
    assert citation(kind=kind, symbol=symbol, issued_on=day, issuer=issuer, title=title) == expected


def test_all_hits_are_those_of_the_search(corpus: Library) -> None:
    request = SearchRequest(per_page=10)
    total = corpus.search(request, PUBLIC).total
    found = [hit.id for hit in results.all_hits(corpus, request, PUBLIC)]
    assert len(found) == len(set(found)) == total > 100
    assert [hit.id for hit in results.all_hits(corpus, request, PUBLIC, 7)] == found[:7]


def test_a_dossier_quotes_and_cites(corpus: Library) -> None:
    file = io.BytesIO()
    request = SearchRequest("thời hạn gửi hồ sơ an toàn ANTT")
    count = dossier.write(
        request.query, results.all_hits(corpus, request, PUBLIC, 5), file, date(2026, 1, 2)
    )
    assert count == 5
    document = docx.Document(file)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Hồ sơ tra cứu: thời hạn gửi hồ sơ an toàn ANTT" in text and "02/01/2026" in text
    assert "Thông tư số 124/2021/TT-BCA ngày 28/12/2021" in text
    assert any(run.font.highlight_color for p in document.paragraphs for run in p.runs)


def test_a_dossier_of_odd_text() -> None:
    passage = Passage("a\x00b\x0c\ud800c", 0, 1, None, ((0, 2),))
    hit = Hit("x", "t\x01", None, None, None, None, None, None, (), "/a", "txt", 1.0, (passage,))
    file = io.BytesIO()
    assert dossier.write("q\x02", [hit], file, date(2026, 1, 2)) == 1
    assert dossier.write("q", [], io.BytesIO(), date(2026, 1, 2)) == 0
    assert "abc" in "".join(p.text for p in docx.Document(file).paragraphs)


def test_what_is_new(corpus: Library) -> None:
    found = newly_added(corpus, SearchRequest("ngày hội"), PUBLIC, 5)
    assert len(found) == 5
    times = [each.added_at for each in found]
    assert times == sorted(times, reverse=True) and times[0].tzinfo is not None
    assert len(newly_added(corpus, SearchRequest(), PUBLIC, 1000)) == 123


def test_the_commands(corpus: Library, tmp_path: Path) -> None:
    env = {"KB_HOME": str(corpus.settings.home)}
    run = CliRunner()
    queries = tmp_path / "q.csv"
    queries.write_text("\ufeffCâu tìm,ghi chú\nngày hội,a\nzzzz qqqq,b\n", "utf-8")
    table = tmp_path / "out.xlsx"
    done = run.invoke(kb, ["batch", str(queries), "--output", str(table), "-n", "3"], env=env)
    assert done.exit_code == 0, done.output
    rows = list(openpyxl.load_workbook(table).active.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["ngày hội"] * 3 + ["zzzz qqqq"]
    assert rows[4][2] == "Không tìm thấy văn bản nào."
    for name in ("a.docx", "a.csv", "a.xlsx"):
        done = run.invoke(kb, ["search", "ngày hội", "--output", str(tmp_path / name)], env=env)
        assert done.exit_code == 0 and (tmp_path / name).stat().st_size > 1000
    before = (tmp_path / "a.csv").read_bytes()
    assert run.invoke(kb, ["search", "x", "--output", str(tmp_path / "a.pdf")], env=env).exit_code != 0
    assert run.invoke(kb, ["search", "x", "--output", str(tmp_path)], env=env).exit_code != 0
    assert (tmp_path / "a.csv").read_bytes() == before
    for content in (b"", b"\xff\xfe\x00"):
        queries.write_bytes(content)
        assert run.invoke(kb, ["batch", str(queries), "--output", str(table)], env=env).exit_code != 0
