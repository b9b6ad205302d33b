"""Names and contents of files that are handed in: hostile until shown otherwise."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import sqlalchemy as sa

from kb.catalog import sources
from kb.catalog.database import open_database
from kb.curation import inbox as inbox_module
from kb.curation.inbox import Inbox, clean_name
from kb.errors import BadInput
from kb.model import Rejected


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    database: sa.Engine = open_database(f"sqlite:///{tmp_path / 'c.sqlite'}", write=True)
    return Inbox(tmp_path, database)


def refuse(inbox: Inbox, upload_id: str, name: str, sha256: str | None = None) -> None:
    database = open_database(f"sqlite:///{inbox.folder.parent / 'c.sqlite'}", write=True)
    path = str(inbox.folder / upload_id / name)
    with database.begin() as connection:
        refused = Rejected(path, "unsupported", "Không đọc được.", "", sha256=sha256)
        sources.reject(connection, refused)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Kế hoạch.docx", "Kế hoạch.docx"),
        ("Kê\u0301 hoa\u0323ch.docx", "Kế hoạch.docx"),  # as macOS sends it
        ("C:\\Users\\a\\bao cao.pdf", "bao cao.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "a_fdp.exe"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ('x<y>:"|?*.txt', "x_y______.txt"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_LPT1"),
        ("tên. ", "tên"),
        ("ế" * 300 + ".pdf", "ế" * 58 + ".pdf"),
    ],
)
def test_names_are_made_safe(given: str, kept: str) -> None:
    assert clean_name(given) == kept
    assert clean_name(kept) in (kept, f"_{kept}") and len(kept.encode()) <= 180


@pytest.mark.parametrize("name", ["", "/", "..", ".htaccess", "~$ke hoach.docx", "a.meta.toml", "a/"])
def test_names_that_are_none_are_refused(name: str) -> None:
    with pytest.raises(BadInput):
        clean_name(name)


def test_the_same_bytes_are_one_upload(inbox: Inbox) -> None:
    first = inbox.receive("a.txt", io.BytesIO(b"same"), "Nguyễn Văn A")
    second = inbox.receive("b.txt", io.BytesIO(b"same"), "Trần Thị B")
    assert first == second and len(inbox.uploads(9)) == 1
    files = [path.name for path in inbox.folder.rglob("*") if path.is_file()]
    assert sorted(files) == [".received.json", "a.txt"]


def test_a_withdrawn_file_can_be_handed_in_again(inbox: Inbox) -> None:
    upload = inbox.receive("a.txt", io.BytesIO(b"x"), "Nguyễn Văn A")
    with pytest.raises(BadInput):  # it may bear a secrecy mark
        inbox.withdraw(upload.id)
    refuse(inbox, upload.id, "a.txt")
    inbox.withdraw(upload.id)
    assert [each.state for each in inbox.uploads(9)] == ["withdrawn"]
    again = inbox.receive("a.txt", io.BytesIO(b"x"), "Nguyễn Văn A")
    assert [each.id for each in inbox.uploads(9)] == [again.id]
    assert [each.state for each in inbox.uploads(9)] == ["refused"]


def test_what_a_kill_left_half_done_is_mended_by_the_next_upload(inbox: Inbox) -> None:
    for lost in ("a.txt", ".received.json"):
        upload = inbox.receive("a.txt", io.BytesIO(b"x"), "Nguyễn Văn A")
        (inbox.folder / upload.id / lost).unlink()
        assert inbox.receive("a.txt", io.BytesIO(b"x"), "Nguyễn Văn A").id == upload.id
        assert (inbox.folder / upload.id / "a.txt").read_bytes() == b"x"
        assert [each.state for each in inbox.uploads(9)] == ["waiting"]


def test_a_kill_amid_deleting_a_marked_paper_is_made_good(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = inbox.receive("a.txt", io.BytesIO(b"x"), "Nguyễn Văn A")
    refuse(inbox, upload.id, "a.txt", sha256="0" * 64)
    with monkeypatch.context() as patch, pytest.raises(OSError, match="killed"):

        def killed(_path: Path) -> None:
            raise OSError("killed")

        patch.setattr(Path, "unlink", killed)
        inbox.drop_secrets()
    inbox.drop_secrets()
    assert not (inbox.folder / upload.id / "a.txt").exists()
    assert [each.state for each in inbox.uploads(9)] == ["secret"]


def test_too_large_a_file_leaves_nothing(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "LARGEST", 10)
    with pytest.raises(BadInput, match="lớn hơn"):
        inbox.receive("a.txt", io.BytesIO(b"x" * 11), "Nguyễn Văn A")
    assert list(inbox.folder.iterdir()) == []


def test_folders_of_others_are_left_alone(inbox: Inbox) -> None:
    (inbox.folder / "0123456789abcdef").mkdir(parents=True)
    (inbox.folder / "0123456789abcdef" / ".received.json").write_text("{", "utf-8")
    (inbox.folder / "của tôi").mkdir()
    assert inbox.uploads(9) == []
    inbox.drop_secrets()
