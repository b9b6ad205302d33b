"""Files handed in on a page are read by another process, found, withdrawn and put back."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_curators import cookie, let_in, token
from web_serving import served

from kb.access import PUBLIC
from kb.curation.inbox import Inbox
from kb.library import Library
from kb.results import SearchRequest
from kb.settings import Settings
from web.app import create_app
from web.curating import uploading
from web.curating.reader import Reader

ADDRESS = "/nap-van-ban"
PLAN = "Kế hoạch tổ chức chợ phiên an ninh tại xã vùng cao.\n\nNội dung: tuyên truyền pháp luật."
SECRET = "BỘ CÔNG AN\n\nTUYỆT MẬT\n\nBÁO CÁO\nvề nội dung chợ phiên không được lưu.\n"


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    with Library.writing(settings) as library:
        library.reindex()
    with closing(Library.open(settings)) as library:
        yield create_app(library, settings, curation=True)


@pytest.fixture
def inside(app: Flask, settings: Settings) -> FlaskClient:
    return let_in(app, settings)


def send(client: FlaskClient, *files: tuple[str, bytes]) -> str:
    form = {
        "token": token(client, ADDRESS),
        "file": [(io.BytesIO(content), name) for name, content in files],
    }
    answer = client.post(ADDRESS, data=form, follow_redirects=True)
    assert answer.status_code in (200, 400)
    return answer.get_data(as_text=True)


def until(page: Callable[[], str], shown: str) -> str:
    """The page, once it shows something: reading takes as long as starting Python."""
    for _try in range(600):
        text = page()
        if shown in text:
            return text
        time.sleep(0.1)
    raise AssertionError(text)


def quiet(app: Flask) -> None:
    while app.extensions[uploading.READER].busy:
        time.sleep(0.05)


def found(settings: Settings) -> int:
    with closing(Library.open(settings)) as library:
        return library.search(SearchRequest('"chợ phiên an ninh"'), PUBLIC).total


def test_a_file_is_read_found_withdrawn_and_put_back(
    app: Flask, inside: FlaskClient, settings: Settings
) -> None:
    def page() -> str:
        return inside.get(ADDRESS).get_data(as_text=True)

    first = send(inside, ("giay to/chợ phiên.txt", PLAN.encode()), ("rác.txt", b"\0\1\2"))
    assert "chợ phiên.txt" in first and "rác.txt" in first and "giay to" not in first
    assert 'http-equiv="refresh"' in first and "every 1s" in first
    text = until(page, "Mọi tệp đã được đọc.")
    assert "đã đọc" in text and "không nhận" in text and "every 1s" not in text
    assert found(settings) == 1
    upload = next(
        u for u in app.extensions[uploading.INBOX].uploads(9) if u.note.name == "chợ phiên.txt"
    )
    assert upload.documents[0][1].startswith("Kế hoạch tổ chức chợ phiên")
    form = {"token": token(inside, ADDRESS), "id": upload.id}
    assert inside.post(f"{ADDRESS}/rut", data=form).status_code == 302
    quiet(app)
    assert found(settings) == 0 and "đã rút" in page()
    assert inside.post(f"{ADDRESS}/nap-lai", data=form).status_code == 302
    quiet(app)
    assert found(settings) == 1
    assert upload in app.extensions[uploading.INBOX].uploads(9)  # under its old id


def test_nothing_stays_of_a_paper_with_a_secrecy_mark(
    app: Flask, inside: FlaskClient, settings: Settings
) -> None:
    send(inside, ("bao cao.txt", SECRET.encode()))
    quiet(app)
    page = inside.get(ADDRESS).get_data(as_text=True)
    assert "không nhận" in page and "rút lại" not in page
    left = [path for path in settings.home.rglob("*") if path.is_file()]
    assert not any("không được lưu".encode() in path.read_bytes() for path in left)
    (upload,) = app.extensions[uploading.INBOX].uploads(9)
    assert upload.state == "secret" and upload.problems
    send(inside, ("khac.txt", PLAN.encode()))  # the next run must not forget the notice
    quiet(app)
    assert {u.state for u in app.extensions[uploading.INBOX].uploads(9)} == {"secret", "kept"}


def test_what_cannot_be_kept_is_told_beside_what_can(inside: FlaskClient, app: Flask) -> None:
    page = send(inside, ("tốt.txt", PLAN.encode()), ("rỗng.txt", b""), (".ẩn", b"x"), ("~$a.doc", b"x"))
    assert page.count("<li>") >= 4
    assert "rỗng.txt rỗng." in page and "Tên tệp không dùng được: .ẩn" in page
    assert "Chưa chọn tệp nào." in send(inside)
    quiet(app)
    names = {upload.note.name for upload in app.extensions[uploading.INBOX].uploads(9)}
    assert names == {"tốt.txt"}


def test_only_curators_hand_in(app: Flask, inside: FlaskClient, settings: Settings) -> None:
    stranger = app.test_client()
    assert stranger.get(ADDRESS).location.startswith("/dang-nhap")
    big = {"file": (io.BytesIO(b"x" * 100_000), "a.txt")}
    assert stranger.post(ADDRESS, data=big).status_code == 403
    forged = {"file": (io.BytesIO(b"x"), "a.txt"), "token": "x"}
    assert inside.post(ADDRESS, data=forged).status_code == 400
    assert not (settings.home / "inbox").exists()
    for place in ("rut", "nap-lai"):
        for wrong in ("", "..", "0" * 16, "../../etc"):
            form = {"token": token(inside, ADDRESS), "id": wrong}
            assert inside.post(f"{ADDRESS}/{place}", data=form).status_code == 404


def test_refused_files_are_read_again(app: Flask, inside: FlaskClient, tmp_path: Path) -> None:
    send(inside, ("rác.txt", b"\0\1\2"))
    quiet(app)
    status = inside.get("/tinh-trang").get_data(as_text=True)
    assert "Đọc lại các tệp này" in status
    asked: list[tuple[str, ...]] = []
    app.extensions[uploading.READER].soon = lambda *arguments: asked.append(arguments)
    form = {"token": token(inside, ADDRESS)}
    assert inside.post(f"{ADDRESS}/doc-lai", data=form).status_code == 302
    assert asked == [("reindex", "--failed")]
    assert "Đọc lại" not in app.test_client().get("/cach-tim").get_data(as_text=True)


def test_the_reader_waits_for_another_writer_and_tells_of_failures(settings: Settings) -> None:
    ended: list[int] = []
    reader = Reader(settings, after=lambda: ended.append(1))
    with Library.writing(settings):
        reader.soon("reindex")
        reader.soon("reindex")
        time.sleep(3)
        assert reader.busy and not ended
    while reader.busy:
        time.sleep(0.05)
    assert ended and reader.problem == ""
    reader.soon("add", "/khong/co")
    while reader.busy:
        time.sleep(0.05)
    assert "/khong/co" in reader.problem


def test_dropped_files_are_sent_with_progress(
    app: Flask, settings: Settings, open_page: Callable[..., Any]
) -> None:
    with served(app) as address:
        drop_and_choose(open_page(), address, app, settings)


def drop_and_choose(page: Any, address: str, app: Flask, settings: Settings) -> None:
    page.context.add_cookies([cookie(app, settings, address)])
    page.goto(address + ADDRESS)
    page.evaluate("window.same = true")
    drop = """(text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "chợ phiên.txt", {type: "text/plain"}));
      document.getElementById("upload").dispatchEvent(
        new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
    }"""
    page.evaluate(drop, PLAN)
    page.wait_for_selector("#uploads .state.good", timeout=60_000)
    assert page.evaluate("window.same")  # all of it without loading the page again
    page.set_input_files("#files", {"name": "rỗng.txt", "mimeType": "text/plain", "buffer": b""})
    page.wait_for_selector("#upload-problems li")
    assert "rỗng.txt rỗng." in page.inner_text("#upload-problems")


def test_a_full_disk_leaves_nothing(app: Flask, settings: Settings, monkeypatch) -> None:
    inbox: Inbox = app.extensions[uploading.INBOX]

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kb.curation.inbox.os.fsync", full)
    with pytest.raises(Exception, match="No space left"):
        inbox.receive("a.txt", io.BytesIO(b"x"), "Nguyễn Văn A")
    assert [path for path in inbox.folder.rglob("*") if path.is_file()] == []
