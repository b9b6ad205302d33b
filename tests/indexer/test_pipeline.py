"""From folders to the catalog: new, changed, moved, vanished, refused files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from indexer.pipeline import Report, ingest, patience
from kb.access import PUBLIC
from kb.catalog import reading, sources
from kb.library import Library
from kb.results import SearchRequest


@pytest.fixture
def folder(tmp_path) -> Path:
    place = tmp_path / "van-ban"
    (place / "con").mkdir(parents=True)
    (place / "mot.txt").write_text("Kế hoạch phòng chống ma túy ở xã.", "utf-8")
    (place / "con" / "hai.txt").write_text("Báo cáo mô hình camera an ninh.", "utf-8")
    return place


def run(library: Library, *paths: Path, **options) -> Report:
    report = ingest(library, paths, jobs=1, **options)
    library.reindex()
    return report


def found(library: Library, query: str) -> list[str]:
    hits = library.search(SearchRequest(query=query), PUBLIC).hits
    return [Path(hit.source).name for hit in hits]


def ids(library: Library) -> dict[str, str]:
    with library.database.connect() as connection:
        rows = connection.exec_driver_sql("SELECT path, document_id FROM sources")
        return {Path(path).name: document_id for path, document_id in rows}


def test_folders_are_read_with_all_below_and_only_once(library, folder):
    first = run(library, folder)
    assert (first.seen, first.counts["added"]) == (2, 2)
    assert found(library, "camera an ninh") == ["hai.txt"]
    second = run(library, folder)
    assert (second.read, second.unchanged, second.changed) == (0, 2, False)


def test_changed_new_and_vanished_files(library, folder):
    run(library, folder)
    before = ids(library)
    (folder / "mot.txt").write_text("Kế hoạch tổ chức Ngày hội toàn dân.", "utf-8")
    (folder / "ba.txt").write_text("Thông báo lịch tiếp công dân.", "utf-8")
    (folder / "con" / "hai.txt").unlink()
    report = run(library, folder)
    assert dict(report.counts) == {"new-version": 1, "added": 1}
    assert (report.gone, report.removed) == (1, 1)
    assert ids(library)["mot.txt"] == before["mot.txt"]
    assert found(library, "ngày hội toàn dân") == ["mot.txt"]
    assert found(library, "camera") == []
    assert found(library, "ma túy") == []


def test_moved_and_copied_files_keep_one_document(library, folder):
    run(library, folder)
    before = ids(library)
    shutil.move(folder / "mot.txt", folder / "con" / "moi.txt")
    shutil.copy(folder / "con" / "hai.txt", folder / "ban-sao.txt")
    report = run(library, folder)
    assert report.removed == 0
    after = ids(library)
    assert after["moi.txt"] == before["mot.txt"]
    assert after["ban-sao.txt"] == after["hai.txt"] == before["hai.txt"]
    with library.database.connect() as connection:
        assert reading.count(connection) == 2


def test_a_touched_file_is_no_change(library, folder):
    run(library, folder)
    os.utime(folder / "mot.txt", (1, 1))
    report = run(library, folder)
    assert dict(report.counts) == {"unchanged": 1}
    assert run(library, folder).read == 0


def test_refused_files_are_kept_with_reason_and_not_read_again(library, folder):
    (folder / "hong.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "rong.docx").write_bytes(b"")
    report = run(library, folder)
    assert {Path(item.path).name for item in report.rejected} == {"hong.pdf", "rong.docx"}
    assert all(item.reason and item.remedy and item.code for item in report.rejected)
    assert report.counts["added"] == 2
    again = run(library, folder)
    assert again.read == 0
    assert len(library.status(PUBLIC).rejected) == 2
    assert run(library, folder, failed_only=True).read == 2
    (folder / "hong.pdf").unlink()
    (folder / "rong.docx").unlink()
    run(library, folder)
    assert library.status(PUBLIC).rejected == ()


def test_a_document_stays_searchable_when_its_file_turns_bad(library, folder):
    run(library, folder)
    (folder / "mot.txt").write_bytes(b"\x00\x01\x02\x03" * 500)
    report = run(library, folder)
    assert [item.code for item in report.rejected]
    assert found(library, "ma túy") == ["mot.txt"]


def test_a_folder_out_of_reach_forgets_nothing(library, folder):
    run(library, folder)
    folder.rename(folder.with_name("elsewhere"))
    report = run(library, folder)
    assert (report.gone, report.unreachable) == (0, [str(folder)])
    assert found(library, "ma túy") == ["mot.txt"]


def test_only_what_lies_below_the_given_paths_can_be_gone(library, folder):
    run(library, folder)
    (folder / "mot.txt").unlink()
    assert run(library, folder / "con").gone == 0
    assert run(library, folder).gone == 1


def test_noise_sidecars_and_the_home_itself_are_no_documents(library, folder, settings):
    (folder / ".an").write_text("ẩn", "utf-8")
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "mot.txt.meta.toml").write_text('kind = "ke-hoach"\n', "utf-8")
    assert run(library, folder).seen == 2
    assert run(library, settings.home.parent).seen == 2


def test_a_sidecar_that_changes_is_read(library, folder):
    run(library, folder)
    (folder / "mot.txt.meta.toml").write_text('title = "Kế hoạch đặc biệt"\n', "utf-8")
    assert dict(run(library, folder).counts) == {"updated": 1}
    hits = library.search(SearchRequest(query="ma túy"), PUBLIC).hits
    assert hits[0].title == "Kế hoạch đặc biệt"
    assert run(library, folder).read == 0


def test_symlink_loops_and_broken_links_do_not_stop_the_walk(library, folder):
    (folder / "vong").symlink_to(folder, target_is_directory=True)
    (folder / "gay.txt").symlink_to(folder / "khong-co")
    report = run(library, folder)
    assert report.counts["added"] == 2
    assert [item.code for item in report.rejected] == ["unreadable"]


def test_rejections_of_other_folders_stay(library, folder, tmp_path):
    other = tmp_path / "khac"
    other.mkdir()
    (other / "x.pdf").write_bytes(b"%PDF-1.4")
    run(library, other)
    run(library, folder)
    with library.database.connect() as connection:
        assert len(sources.list_rejected(connection)) == 1


def test_a_big_file_may_take_longer():
    assert patience(60, 0) == 60
    assert patience(60, 1_500_000) == 240
    assert patience(60, 10**9) == patience(60, 0, ocr=True) == 1_800
