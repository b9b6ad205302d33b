"""Curators correct fields on the pages; nobody else changes anything."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from web_curators import NAME, let_in, token

from kb.access import PUBLIC
from kb.catalog import documents as stored
from kb.cli import kb
from kb.curation import curators
from kb.errors import BadInput
from kb.library import Library
from kb.results import SearchRequest
from kb.settings import Settings
from web.app import create_app
from web.curating import uploading


@pytest.fixture
def home(tmp_path: Path, make_document) -> tuple[Settings, str]:
    settings = Settings(home=tmp_path / "home", jobs=1)
    document = make_document(
        "Kế hoạch tổ chức Ngày hội.", "/d/a.txt", title="Kế hoạch Ngày hội", kind="ke-hoach",
        symbol="12/KH-CAT",
    )  # fmt: skip
    with Library.writing(settings) as library:
        with library.database.begin() as connection:
            document_id = stored.store(connection, document).id
        library.reindex()
    return settings, document_id


@pytest.fixture
def app(home: tuple[Settings, str]) -> Flask:
    settings, _id = home
    return create_app(Library.open(settings), settings, curation=True)


@pytest.fixture
def inside(app: Flask, home: tuple[Settings, str]) -> FlaskClient:
    return let_in(app, home[0])


def test_a_field_is_corrected_found_and_taken_back(
    inside: FlaskClient, home: tuple[Settings, str]
) -> None:
    settings, document_id = home
    address = f"/van-ban/{document_id}/sua"
    form = {"token": token(inside, address), "symbol": "13/KH-CAT", "note": "theo bản giấy"}
    assert inside.post(address, data=form).status_code == 302
    page = inside.get(address).get_data(as_text=True)
    assert "Kế hoạch tổ chức Ngày hội." in page  # the text to compare with
    assert "Máy đọc: 12/KH-CAT" in page and NAME in page and "theo bản giấy" in page
    library = Library.open(settings)
    for _try in range(100):  # the index follows in a moment
        if library.search(SearchRequest("số:13/KH-CAT"), PUBLIC).total:
            break
        time.sleep(0.1)
    assert library.search(SearchRequest("số:13/KH-CAT"), PUBLIC).total == 1
    undo = {"token": token(inside, address), "field": "symbol"}
    assert inside.post(f"{address}/hoan-tac", data=undo).status_code == 302
    symbol = library.get(document_id, PUBLIC).document.metadata.symbol
    assert symbol is not None and symbol.value == "12/KH-CAT"
    library.close()


def test_what_makes_no_sense_is_told_and_typed_words_stay(
    inside: FlaskClient, home: tuple[Settings, str]
) -> None:
    address = f"/van-ban/{home[1]}/sua"
    form = {"token": token(inside, address), "issued_on": "hôm qua", "symbol": "14/KH-CAT"}
    answer = inside.post(address, data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400 and "không phải ngày" in page
    assert 'value="hôm qua"' in page and 'value="14/KH-CAT"' in page


def test_others_are_sent_to_the_door(app: Flask, home: tuple[Settings, str]) -> None:
    client = app.test_client()
    address = f"/van-ban/{home[1]}/sua"
    answer = client.get(address)
    assert answer.status_code == 302 and answer.location.startswith("/dang-nhap?den=")
    assert client.post(address, data={"symbol": "9/KH-CAT"}).status_code == 403
    wrong = {"token": token(client, "/dang-nhap"), "key": "0" * 40}
    assert client.post("/dang-nhap", data=wrong).status_code == 403
    for cookie in ("", "x", "eyJhIjoxfQ.abc.def"):
        client.set_cookie("curator", cookie)
        assert client.get(address).status_code == 302


def test_the_door_leads_back_behind_a_proxy(app: Flask, home: tuple[Settings, str]) -> None:
    client = app.test_client()
    prefix = {"SCRIPT_NAME": "/tra-cuu"}
    answer = client.get("/nap-van-ban", environ_overrides=prefix)
    assert answer.location == "/tra-cuu/dang-nhap?den=/tra-cuu/nap-van-ban?"
    page = client.get("/dang-nhap?den=/tra-cuu/nap-van-ban?", environ_overrides=prefix)
    assert 'name="den" value="/tra-cuu/nap-van-ban"' in page.get_data(as_text=True)


def test_a_form_of_another_site_is_refused(inside: FlaskClient, home: tuple[Settings, str]) -> None:
    address = f"/van-ban/{home[1]}/sua"
    for forged in ({}, {"token": ""}, {"token": "x"}, {"token": "-.abc.def"}):
        assert inside.post(address, data={**forged, "symbol": "9/KH-CAT"}).status_code == 400
    cookie = inside.get_cookie("curator")
    assert cookie is not None and cookie.http_only and cookie.same_site == "Strict"


def test_a_key_taken_away_ends_the_session(inside: FlaskClient, home: tuple[Settings, str]) -> None:
    address = f"/van-ban/{home[1]}/sua"
    assert inside.get(address).status_code == 200
    assert curators.remove(home[0].home, NAME)
    assert inside.get(address).status_code == 302


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil", "x", "/a\nb"])
def test_the_door_leads_nowhere_else(app: Flask, home: tuple[Settings, str], wanted: str) -> None:
    client = app.test_client()
    key = curators.add(home[0].home, NAME)
    form = {"token": token(client, "/dang-nhap"), "key": key, "den": wanted}
    assert client.post("/dang-nhap", data=form).location == "/"


def test_without_the_option_nothing_can_be_changed(home: tuple[Settings, str]) -> None:
    settings, document_id = home
    client = create_app(Library.open(settings), settings).test_client()
    assert client.get("/dang-nhap").status_code == 404
    assert client.get(f"/van-ban/{document_id}/sua").status_code == 404
    assert "/sua" not in client.get(f"/van-ban/{document_id}").get_data(as_text=True)


def test_keys_are_given_once_and_kept_as_hashes(tmp_path: Path) -> None:
    key = curators.add(tmp_path, NAME)
    assert curators.whose(tmp_path, key) == NAME
    assert curators.whose(tmp_path, key + "0") is None
    content = (tmp_path / "curators.toml").read_text("utf-8")
    assert key not in content
    assert (tmp_path / "curators.toml").stat().st_mode & 0o077 == 0
    assert curators.whose(tmp_path, curators.add(tmp_path, NAME)) == NAME
    assert curators.whose(tmp_path, key) is None
    with pytest.raises(BadInput):
        curators.add(tmp_path, "a\n[[curator]]")
    (tmp_path / "curators.toml").write_text("x", "utf-8")
    with pytest.raises(BadInput):
        curators.names(tmp_path)


def test_the_command(tmp_path: Path) -> None:
    env = {"KB_HOME": str(tmp_path / "home")}
    run = CliRunner()
    given = run.invoke(kb, ["curator", "add", NAME], env=env)
    assert given.exit_code == 0
    assert run.invoke(kb, ["curator", "list"], env=env).output == f"{NAME}\n"
    assert run.invoke(kb, ["curator", "remove", NAME], env=env).exit_code == 0
    assert run.invoke(kb, ["curator", "remove", NAME], env=env).exit_code != 0


def test_questions_that_found_nothing_are_listed(
    inside: FlaskClient, app: Flask, home: tuple[Settings, str]
) -> None:
    address = "/cau-hoi-khong-thay"
    assert app.test_client().get(address).status_code == 302
    for query in ("xyzzy+abc", "XYZZY+abc", "ke+hoach", "KÉ+HOACH", "%3Cscript%3Exyz"):
        inside.get(f"/?q={query}")
    page = inside.get(address).get_data(as_text=True)
    assert "XYZZY abc" in page and "2 lần" in page and "hoach" not in page.lower()
    assert "&lt;script&gt;xyz" in page and "<script>xyz" not in page
    form = {"token": token(inside, address), "query": "xyzzy ABC"}
    assert inside.post(address, data=form).status_code == 302
    assert "XYZZY" not in inside.get(address).get_data(as_text=True)
    settings = home[0]
    plain = create_app(Library.open(settings), settings).test_client()
    plain.get("/?q=qqqq+zzzz")  # nobody is there to read it: not kept
    assert "qqqq" not in (settings.home / "failed-queries.tsv").read_text("utf-8")


def test_phrases_of_topics_are_added_and_taken_back(
    inside: FlaskClient, app: Flask, home: tuple[Settings, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/cum-tu-chu-de"
    asked: list[tuple[str, ...]] = []
    app.extensions[uploading.READER].soon = lambda *arguments: asked.append(arguments)
    form = {"token": token(inside, address), "topic": "phong-trao/ngay-hoi", "strength": "strong"}
    assert inside.post(address, data={**form, "phrases": "đêm hội\nhội làng"}).status_code == 302
    page = inside.get(address).get_data(as_text=True)
    assert "đêm hội" in page and "hội làng" in page
    away = {**form, "phrase": "hội làng", "do": "away"}
    assert inside.post(f"{address}/doi", data=away).status_code == 302
    assert "hội làng" not in inside.get(address).get_data(as_text=True)
    answer = inside.post(address, data={**form, "topic": "", "phrases": "x y"})
    assert answer.status_code == 400 and "x y" in answer.get_data(as_text=True)
    new = {**form, "phrases": "chợ phiên", "label": "Chợ phiên"}
    assert inside.post(address, data=new).status_code == 302
    assert "phong-trao/cho-phien" in (home[0].topics_file).read_text("utf-8")
    assert inside.post(address, data=new).status_code == 400  # it is there already
    assert inside.post(f"{address}/ap-dung", data=form).status_code == 302
    assert asked == [("topics", "apply")]
