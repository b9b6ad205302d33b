"""Headers, hostile input, paths that must not leak."""

from __future__ import annotations

from urllib.parse import quote

import pytest
import web_samples
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from web_fake_library import FakeLibrary
from web_shelf import Get, Shelf

from kb.errors import IndexMissing
from web.errors import hide_paths
from web.security import HEADERS

ROUTES = {
    "/": ["/", "/?q=phong", "/?q=xyzzy", "/?kind=bao-cao"],
    "/cach-tim": ["/cach-tim"],
    "/suggest": ["/suggest", "/suggest?q=phong", "/suggest?q=%00"],
    "/van-ban/<document_id:document_id>": ["/van-ban/d0", "/van-ban/d0?q=phong", "/van-ban/d999"],
    "/van-ban/<document_id:document_id>/tap-goc": ["/van-ban/d0/tap-goc", "/van-ban/d999/tap-goc"],
    "/tinh-trang": ["/tinh-trang"],
    "/healthz": ["/healthz"],
    "/favicon.ico": ["/favicon.ico"],
    "/thuat-ngu": ["/thuat-ngu", "/thuat-ngu?tim=%3Cscript%3E&chu=%00"],
    "/van-ban/<document_id:document_id>/so-lieu.<any(xlsx, csv):form>": ["/van-ban/d0/so-lieu.csv"],
    "/van-ban/<document_id:document_id>/so-sanh/<document_id:old_id>": ["/van-ban/d0/so-sanh/d1"],
    "/readyz": ["/readyz"],
    "/metrics": ["/metrics"],
    "/api": ["/api"],
    "/api/v1/openapi.json": ["/api/v1/openapi.json"],
    "/api/v1/search": ["/api/v1/search?q=a", "/api/v1/search?page=0"],
    "/api/v1/suggest": ["/api/v1/suggest?q=a"],
    "/api/v1/documents/<id>": ["/api/v1/documents/d0", "/api/v1/documents/x"],
    "/api/v1/documents/<id>/similar": [],
    "/api/v1/documents/<id>/relations": [],
    "/api/v1/documents/<id>/chain": [],
    "/api/v1/documents/<id>/series": [],
    "/api/v1/documents/<id>/compare/<old>": [],
    "/api/v1/documents/<id>/figures": [],
    "/api/v1/glossary": ["/api/v1/glossary"],
    "/api/v1/status": ["/api/v1/status"],
    "/chu-de": ["/chu-de"],
    "/chu-de/<path:topic_id>": ["/chu-de/phong-trao", "/chu-de/..%2f..", "/chu-de/x/y/z"],
    "/don-vi/<unit_id>": ["/don-vi/bca", "/don-vi/%3Cscript%3E"],
    "/van-ban/<document_id:document_id>/trang/<int:number>": ["/van-ban/d0/trang/1"],
    "/van-ban/<document_id:document_id>/trang/<int:number>.png": ["/van-ban/d0/trang/1.png"],
    "/xuat/ket-qua.<any(xlsx, csv, docx):form>": ["/xuat/ket-qua.csv?q=a"],
    "/atom.xml": ["/atom.xml"],
    "/moi.json": ["/moi.json?since=2020-01-01", "/moi.json"],
    "/viec-can-lam": ["/viec-can-lam"],
    "/dong-thoi-gian": ["/dong-thoi-gian", "/dong-thoi-gian?q=phong&page=0&year=x&sort=oldest"],
    "/van-ban/<document_id:document_id>/quy-trinh": ["/van-ban/d0/quy-trinh"],
    "/api/v1/documents/<id>/procedure": [],
    "/static/<path:filename>": ["/static/app.css", "/static/none.css"],
}
ERRORS = ["/none", "/van-ban/", "/van-ban/a%00b", "/van-ban/..%2f..%2fetc%2fpasswd", "//evil.example/"]


def test_every_route_is_listed_here_and_only_reads(app: Flask) -> None:
    assert {rule.rule for rule in app.url_map.iter_rules()} == set(ROUTES)
    assert all(rule.methods == {"GET", "HEAD"} for rule in app.url_map.iter_rules())


@pytest.mark.parametrize("address", [a for addresses in ROUTES.values() for a in addresses] + ERRORS)
def test_headers_are_on_every_answer(fake_client: FlaskClient, fake: FakeLibrary, address: str) -> None:
    for failure in (None, IndexMissing("Chưa có chỉ mục."), ValueError("x")):
        fake.fails = failure
        response = fake_client.get(address)
        for name, value in HEADERS.items():
            assert response.headers.get(name) == value, (address, failure)
        assert "Server" not in response.headers or "Werkzeug" not in response.headers["Server"]
        assert not address.startswith("/static") or response.status_code in (200, 404)


def test_the_policy_allows_nothing_from_outside_and_nothing_inline() -> None:
    assert HEADERS["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_only_reading_is_allowed(client: FlaskClient, method: str) -> None:
    response = getattr(client, method)("/")
    assert response.status_code == 405
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(
    "identifier",
    [
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e",
        "a%00",
        "a b",
        "a.b",
        "-a",
        "%E2%80%AEfdp",
        "a" * 101,
        "đ",
        "c:\\windows",
        "%5c%5chost",
    ],
)
def test_odd_ids_never_reach_the_library(
    fake_client: FlaskClient, fake: FakeLibrary, identifier: str
) -> None:
    fake.fails = AssertionError("asked")
    for tail in ("", "/tap-goc"):
        assert fake_client.get(f"/van-ban/{identifier}{tail}").status_code == 404


def scripts(page: str) -> list[str]:
    """Everything in a page that could run."""
    tree = html.fromstring(page)
    inline = [element.get("src") or "inline" for element in tree.iter("script")]
    handlers = [
        f"{e.tag} {a}"
        for e in tree.iter()
        if isinstance(e.tag, str)
        for a in e.attrib
        if a.startswith("on")
    ]
    images = [image.get("src") for image in tree.iter("img")]
    links = [
        a.get("href")
        for a in tree.iter("a")
        if (a.get("href") or "").strip().lower().startswith("javascript")
    ]
    return [s for s in inline + handlers + images + links if not (s or "").startswith("/static/")]


@pytest.mark.parametrize(
    "address",
    [
        "/?q=" + quote("độc hại"),  # title, symbol, passage, file name
        "{hostile}?q=" + quote("script"),  # marks inside the tag of the text
        "/tinh-trang",  # names of rejected files
        "/?q=" + quote(f'{web_samples.HOSTILE}"><img src=x onerror=alert(1)>'),
        "/?q=a&from=" + quote("<script>x</script>"),
        "/?kind=" + quote(web_samples.HOSTILE),
        "/?unit=" + quote('"onmouseover="alert(1)'),
        "{plan}?find=" + quote(web_samples.HOSTILE),
        "/?lang=" + quote(web_samples.HOSTILE),
        "/?q=a&" + quote(web_samples.HOSTILE) + "=1",
        "/" + quote(web_samples.HOSTILE),
    ],
)
def test_nothing_hostile_runs(client: FlaskClient, shelf: Shelf, address: str) -> None:
    page = client.get(address.format(hostile=shelf.hostile, plan=shelf.plan)).get_data(as_text=True)
    assert scripts(page) == []
    assert "<script>alert" not in page


def test_hostile_text_is_still_readable(get: Get, shelf: Shelf) -> None:
    page = get(shelf.hostile + "?q=script")
    paper = page.xpath("//article")[0].text_content()
    assert "<script>alert('x')</script> có mã độc & ký tự < > \" '" in paper
    assert len(page.xpath("//mark")) == 2


def test_a_download_has_a_harmless_name(client: FlaskClient, shelf: Shelf) -> None:
    response = client.get(shelf.hostile + "/tap-goc")
    assert response.status_code == 200
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "\u202e" not in disposition and "%E2%80%AE" not in disposition


def test_no_page_shows_a_path_of_the_server(fake_client: FlaskClient, fake: FakeLibrary) -> None:
    addresses = [a for group in ROUTES.values() for a in group if not a.endswith("tap-goc")]
    for failure in (None, IndexMissing("Không có /srv/kho/index.", "Xem /srv/kho/doc.txt")):
        fake.fails = failure
        for address in addresses:
            assert b"/srv" not in fake_client.get(address).data, address


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("Không đọc được /srv/kho/a.pdf: hỏng", "Không đọc được a.pdf: hỏng"),
        ("Tệp “/home/an/kho/b.docx”", "Tệp “b.docx”"),
        ("C:\\kho\\van-ban\\c.pdf", "c.pdf"),
        ("Văn bản 12/KH-UBND ngày 12/3/2025", "Văn bản 12/KH-UBND ngày 12/3/2025"),
        ("Chạy: kb reindex", "Chạy: kb reindex"),
    ],
)
def test_paths_are_cut_from_messages(message: str, shown: str) -> None:
    assert hide_paths(message) == shown


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.booleans(),
    st.dictionaries(
        st.sampled_from(
            ["q", "kind", "topic", "unit", "year", "from", "to", "sort", "page", "at", "find", "lang"]
        ),
        st.text(max_size=30),
        max_size=4,
    ),
)
def test_no_parameter_breaks_a_page(
    client: FlaskClient, shelf: Shelf, inside: bool, parameters: dict[str, str]
) -> None:
    response = client.get(shelf.plan if inside else "/", query_string=parameters)
    assert response.status_code == 200, parameters
    assert scripts(response.get_data(as_text=True)) == []


def test_pages_are_not_kept_by_shared_caches(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "private, no-cache"
