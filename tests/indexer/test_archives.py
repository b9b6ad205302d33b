"""ZIP archives as folders of documents: new, changed, vanished, refused, nested and hostile ones."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from hostile_samples import zipped

from indexer import archives, pipeline
from indexer.pipeline import Report, ingest
from kb.access import PUBLIC
from kb.catalog import sources
from kb.errors import ExtractionFailed
from kb.library import Library
from kb.results import SearchRequest

PLAN, REPORT = "Kế hoạch phòng chống ma túy ở xã.", "Báo cáo mô hình camera an ninh."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "van-ban"
    place.mkdir()
    return place


def archive(folder: Path, members: dict[str, bytes | str], name: str = "nam-2022.zip") -> Path:
    path = folder / name
    path.write_bytes(zipped(members))
    return path


def run(library: Library, folder: Path, **options: object) -> Report:
    report = ingest(library, [folder], jobs=1, **options)  # type: ignore[arg-type]
    library.reindex()
    return report


def known(library: Library) -> list[str]:
    with library.database.connect() as connection:
        return sorted(sources.list_sources(connection))


def refused(library: Library) -> dict[str, str]:
    with library.database.connect() as connection:
        return {item.path: item.code for item in sources.list_rejected(connection)}


def found(library: Library, query: str) -> list[str]:
    return [hit.source for hit in library.search(SearchRequest(query), PUBLIC).hits]


def test_members_are_documents_of_their_own(library: Library, folder: Path) -> None:
    path = archive(folder, {"thang-1/mot.txt": PLAN, "hai.txt": REPORT, "__MACOSX/._hai.txt": "x"})
    told: list[tuple[str, str, str]] = []
    report = run(library, folder, told=lambda *news: told.append(news))
    assert report.counts["added"] == 2
    assert found(library, "camera an ninh") == [f"{path}/hai.txt"]
    assert found(library, "ma túy") == [f"{path}/thang-1/mot.txt"]
    assert [(where, what) for where, what, _reason in told] == [
        (str(path), "opened"),
        (f"{path}/hai.txt", "added"),
        (f"{path}/thang-1/mot.txt", "added"),
    ]
    again = run(library, folder)
    assert (again.read, again.changed) == (0, False)
    assert len(known(library)) == 2


def test_the_same_file_inside_and_outside_is_one_document(library: Library, folder: Path) -> None:
    archive(folder, {"hai.txt": REPORT})
    (folder / "ban-sao.txt").write_text(REPORT, "utf-8")
    run(library, folder)
    assert len(known(library)) == 2
    assert library.search(SearchRequest("camera"), PUBLIC).total == 1


def test_a_changed_archive_loses_and_gains_members(library: Library, folder: Path) -> None:
    path = archive(folder, {"mot.txt": PLAN, "hai.txt": REPORT})
    run(library, folder)
    archive(folder, {"hai.txt": REPORT, "ba.txt": "Thông báo lịch tiếp công dân ở phường."})
    report = run(library, folder)
    assert (report.gone, report.removed) == (1, 1)
    assert known(library) == [f"{path}/ba.txt", f"{path}/hai.txt"]


def test_a_vanished_archive_takes_its_members_along(library: Library, folder: Path) -> None:
    path = archive(folder, {"mot.txt": PLAN})
    (folder / "con-lai.txt").write_text(REPORT, "utf-8")
    run(library, folder)
    path.unlink()
    assert run(library, folder).gone == 1
    with library.database.connect() as connection:
        assert sources.list_archives(connection) == {}
    assert known(library) == [str(folder / "con-lai.txt")]


def test_an_archive_that_broke_keeps_its_members(library: Library, folder: Path) -> None:
    path = archive(folder, {"mot.txt": PLAN})
    run(library, folder)
    path.write_bytes(b"PK\x03\x04 broken")
    report = run(library, folder)
    assert report.gone == 0
    assert known(library) == [f"{path}/mot.txt"]
    assert list(refused(library)) == [str(path)]
    archive(folder, {"mot.txt": PLAN})
    run(library, folder)
    assert refused(library) == {}


def test_a_text_or_a_folder_takes_the_place_of_an_archive(library: Library, folder: Path) -> None:
    path = archive(folder, {"mot.txt": PLAN}, "a.txt")
    run(library, folder)
    path.write_text(REPORT, "utf-8")
    run(library, folder)
    assert known(library) == [str(path)]
    path.unlink()
    path.mkdir()
    (path / "mot.txt").write_text(PLAN, "utf-8")
    run(library, folder)
    assert known(library) == [f"{path}/mot.txt"]
    with library.database.connect() as connection:
        assert sources.list_sources(connection)[f"{path}/mot.txt"].archive is None


def test_members_that_cannot_be_read_are_refused_one_by_one(library: Library, folder: Path) -> None:
    path = archive(folder, {"mot.txt": PLAN, "hong.pdf": b"%PDF-1.4 broken", "rong.txt": b""})
    run(library, folder)
    assert refused(library) == {f"{path}/hong.pdf": "corrupt", f"{path}/rong.txt": "empty-file"}
    assert known(library) == [f"{path}/mot.txt"]
    assert run(library, folder).read == 0
    retried = run(library, folder, failed_only=True)
    assert retried.read == 3  # the archive, and the two
    assert known(library) == [f"{path}/mot.txt"]


def test_a_member_marked_secret_is_refused_alone(library: Library, folder: Path) -> None:
    secret = f"MẬT\n\nCÔNG AN TỈNH\n\nKẾ HOẠCH\n\n{REPORT}"
    path = archive(folder, {"mot.txt": PLAN, "mat.txt": secret})
    run(library, folder)
    assert refused(library) == {f"{path}/mat.txt": "secret"}
    assert found(library, "camera an ninh") == []


def test_archives_in_archives_are_folders_too(library: Library, folder: Path) -> None:
    inner = zipped({"mot.txt": PLAN})
    path = archive(folder, {"con.zip": inner, "sau/con.zip": zipped({"con.zip": inner})})
    run(library, folder)
    assert known(library) == [f"{path}/con.zip/mot.txt", f"{path}/sau/con.zip/con.zip/mot.txt"]


def test_a_sidecar_inside_speaks_for_the_file_beside_it(library: Library, folder: Path) -> None:
    archive(folder, {"a/mot.txt": PLAN, "a/mot.txt.meta.toml": 'title = "Tên đặt tay"'})
    run(library, folder)
    (hit,) = library.search(SearchRequest("ma túy"), PUBLIC).hits
    assert hit.title == "Tên đặt tay"


def test_the_original_is_the_archive(library: Library, folder: Path) -> None:
    path = archive(folder, {"mot.txt": PLAN})
    run(library, folder)
    (hit,) = library.search(SearchRequest("ma túy"), PUBLIC).hits
    assert library.original(hit.id, PUBLIC) == path


def test_names_cannot_lead_out_or_hide(folder: Path) -> None:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w") as writer:
        for name in ("../../etc/passwd", "/tmp/x.txt", "a\\b.txt", "c\x07d.txt"):
            writer.writestr(name, "x")
        writer.writestr("a/b.txt", "y")
    names = [place.path.removeprefix(f"{path}/") for place in archives.contents(path).places]
    assert sorted(names) == ["a/b.txt", "a/b.txt~", "c_d.txt", "etc/passwd", "tmp/x.txt"]


def test_many_members_of_a_large_inner_archive_are_work(folder: Path, monkeypatch) -> None:
    inner = zipped({f"{n}.txt": os.urandom(2_000) for n in range(20)})
    path = archive(folder, {"con.zip": inner})
    archives.contents(path)
    monkeypatch.setattr(archives, "MAX_WORK", 20 * len(inner))
    with pytest.raises(ExtractionFailed) as caught:
        archives.contents(path)
    assert caught.value.code == "too-big"


def test_an_encrypted_member_is_refused_alone(library: Library, folder: Path) -> None:
    content = bytearray(zipped({"khoa.txt": REPORT, "mo.txt": PLAN}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag of the first entry
        content[content.index(mark) + offset] |= 1
    path = folder / "a.zip"
    path.write_bytes(content)
    run(library, folder)
    assert refused(library) == {f"{path}/khoa.txt": "encrypted"}
    assert known(library) == [f"{path}/mo.txt"]


def test_after_a_kill_the_rest_is_read(library: Library, folder: Path, monkeypatch) -> None:
    archive(folder, {f"{n}.txt": f"{PLAN} Số {n}." for n in range(5)})
    keep = pipeline._Run._keep
    kept: list[str] = []

    def killed(self, connection, outcome):
        if len(kept) == 3:
            raise KeyboardInterrupt
        kept.append(outcome.item.path)
        return keep(self, connection, outcome)

    monkeypatch.setattr("indexer.outcomes.COMMIT_EVERY", 1)
    monkeypatch.setattr(pipeline._Run, "_keep", killed)
    with pytest.raises(KeyboardInterrupt):
        ingest(library, [folder], jobs=1)
    monkeypatch.setattr(pipeline._Run, "_keep", keep)
    assert len(known(library)) == 2
    run(library, folder)
    assert len(known(library)) == 5


def test_an_archive_with_nothing_inside_is_refused(library: Library, folder: Path) -> None:
    content = io.BytesIO()
    zipfile.ZipFile(content, "w").close()
    (folder / "rong.zip").write_bytes(content.getvalue())
    run(library, folder)
    assert refused(library) == {str(folder / "rong.zip"): "no-text"}
