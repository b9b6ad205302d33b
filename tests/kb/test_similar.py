"""Documents about the same matter, for each principal; never the paper itself in other bytes."""

from __future__ import annotations

import json
import random
from datetime import date

import near_samples
import pytest
from click.testing import CliRunner

from kb.access import PUBLIC, Principal
from kb.catalog import documents as stored
from kb.cli import kb
from kb.errors import NotFound
from kb.library import Library

STAFF = Principal("staff", frozenset({"public", "internal"}))
PLAN = near_samples.paper(1)
HEAD = {
    "title": "Kế hoạch thực hiện công tác dân vận năm 2022",
    "symbol": "12/KH-CAT",
    "issued_on": date(2022, 6, 15),
}
OTHERS = {
    "/d/bao-cao.txt": (
        "Báo cáo kết quả thực hiện công tác dân vận: tổ chức tuyên truyền sâu rộng trong quần chúng;"
        " vận động gia đình ký cam kết; phối hợp với Mặt trận Tổ quốc và các đoàn thể.",
        "public",
    ),
    "/d/noi-bo.txt": (
        "Thông báo phân công thực hiện công tác dân vận: tuyên truyền trong quần chúng, vận động gia"
        " đình, phối hợp với các đoàn thể.",
        "internal",
    ),
    "/d/bao-lu.txt": ("Công điện ứng phó bão lũ: trực ban, cứu hộ, đê điều.", "public"),
    "/d/rung.txt": ("Phương án chữa cháy rừng mùa khô: băng cản lửa, trực gác.", "public"),
    "/d/xe.txt": ("Hướng dẫn đăng ký xe: hồ sơ, lệ phí, biển số.", "public"),
}


@pytest.fixture
def filled(library: Library, make_document) -> tuple[Library, dict[str, str]]:
    documents = [
        make_document(PLAN, "/d/ke-hoach.docx", **HEAD),
        make_document(near_samples.misread(PLAN, random.Random(1)), "/d/scan.pdf", **HEAD),
        *(make_document(text, path, label=label, title=text) for path, (text, label) in OTHERS.items()),
    ]
    with library.database.begin() as connection:
        ids = {each.source.path: stored.store(connection, each).id for each in documents}
    library.reindex()
    return library, ids


def found(library: Library, document_id: str, principal: Principal = PUBLIC) -> list[str]:
    return [item.id for item in library.similar(document_id, principal)]


def test_the_same_matter_comes_first_and_copies_do_not_come(filled) -> None:
    library, ids = filled
    similar = found(library, ids["/d/ke-hoach.docx"])
    assert similar[0] == ids["/d/bao-cao.txt"]
    assert ids["/d/scan.pdf"] not in similar
    assert ids["/d/ke-hoach.docx"] not in similar


def test_only_what_the_principal_may_see(filled) -> None:
    library, ids = filled
    report = ids["/d/bao-cao.txt"]
    assert ids["/d/noi-bo.txt"] in found(library, report, STAFF)
    assert ids["/d/noi-bo.txt"] not in found(library, report)
    with pytest.raises(NotFound):
        library.similar(ids["/d/noi-bo.txt"], PUBLIC)


def test_a_document_without_words_has_no_similar_ones(library: Library, make_document) -> None:
    with library.database.begin() as connection:
        lonely = stored.store(connection, make_document("1 2 3", "/d/so.txt")).id
        stored.store(connection, make_document("4 5 6", "/d/so-khac.txt"))
    library.reindex()
    assert found(library, lonely) == []


def test_the_command(filled, monkeypatch) -> None:
    library, ids = filled
    monkeypatch.setenv("KB_HOME", str(library.settings.home))

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(kb, ["similar", ids["/d/ke-hoach.docx"], *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    assert json.loads(run("--json"))[0]["id"] == ids["/d/bao-cao.txt"]
    assert ids["/d/bao-cao.txt"] in run()
