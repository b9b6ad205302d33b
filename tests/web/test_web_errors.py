"""What goes wrong becomes a page that says what to do."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import web_samples
from flask import Flask
from flask.testing import FlaskClient
from web_fake_library import FakeLibrary

from kb.errors import BadInput, IndexCorrupt, IndexMissing, IndexOutdated, KbError, Locked, NotFound
from kb.settings import Settings
from web.app import create_app


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (BadInput("Không hiểu.", "Viết lại."), 400),
        (NotFound("Không có.", "Tìm lại."), 404),
        (IndexMissing("Chưa có chỉ mục."), 503),
        (IndexOutdated("Chỉ mục cũ."), 503),
        (IndexCorrupt("Chỉ mục hỏng."), 503),
        (Locked("Đang ghi."), 503),
        (KbError("Lỗi khác.", "Báo quản trị."), 500),
    ],
)
def test_expected_errors(
    fake_client: FlaskClient, fake: FakeLibrary, error: KbError, status: int
) -> None:
    fake.fails = error
    for address in ("/?q=a", "/van-ban/d0", "/tinh-trang"):
        response = fake_client.get(address)
        page = response.get_data(as_text=True)
        assert response.status_code == status
        assert str(error) in page and error.remedy in page and "Về trang đầu" in page


def test_health_tells_the_error_too(fake_client: FlaskClient, fake: FakeLibrary) -> None:
    fake.fails = IndexMissing("Chưa có chỉ mục.")
    response = fake_client.get("/readyz")
    assert response.status_code == 503
    assert response.get_json() == {
        "status": "error",
        "error": "Chưa có chỉ mục.",
        "remedy": "Chạy: kb reindex",
    }


def test_an_unexpected_error_is_logged_and_says_nothing(
    fake_client: FlaskClient, fake: FakeLibrary, caplog: pytest.LogCaptureFixture
) -> None:
    fake.fails = ZeroDivisionError("bí mật")
    with caplog.at_level(logging.ERROR, "web.errors"):
        response = fake_client.get("/?q=a")
    page = response.get_data(as_text=True)
    assert response.status_code == 500
    assert "bí mật" not in page and "Traceback" not in page
    reference = caplog.records[-1].getMessage().split()[-1]
    assert reference in page and "ZeroDivisionError" in caplog.text


def test_a_broken_page_is_still_an_answer(fake: FakeLibrary, tmp_path: Path) -> None:
    app = create_app(fake, Settings(home=tmp_path))  # type: ignore[arg-type]
    app.jinja_env.globals.pop("LANGUAGES")
    response = app.test_client().get("/")
    assert response.status_code == 500
    assert response.mimetype == "text/plain" and "quản trị viên" in response.get_data(as_text=True)
    assert "Content-Security-Policy" in response.headers


def test_unknown_addresses(client: FlaskClient) -> None:
    for address in ("/khong-co", "/van-ban/khong-co", "/van-ban/khong-co/khac"):
        response = client.get(address)
        assert response.status_code == 404
        assert "Không tìm thấy" in response.get_data(as_text=True)


def test_a_library_that_opens_later(tmp_path: Path) -> None:
    """A factory that fails is an error page, and is asked again by the next request."""
    opened: list[FakeLibrary] = []

    def factory() -> FakeLibrary:
        if not opened:
            opened.append(FakeLibrary(web_samples.all_documents()))
            raise IndexMissing("Chưa có chỉ mục.")
        opened.append(opened[0])
        return opened[0]

    app: Flask = create_app(factory, Settings(home=tmp_path))  # type: ignore[arg-type]
    client = app.test_client()
    assert [client.get("/").status_code for _ in range(3)] == [503, 200, 200]
    assert len(opened) == 2
