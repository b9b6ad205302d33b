"""Results as files and as a feed; searches kept in the browser."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import docx
import openpyxl
import pytest
from flask.testing import FlaskClient
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
QUERY = f"?q={quote('ngày hội')}&kind=ke-hoach"


def test_files_hold_what_the_page_lists(client: FlaskClient) -> None:
    page = client.get(f"/{QUERY}").get_data(as_text=True)
    for form in ("docx", "xlsx", "csv"):
        assert f"/xuat/ket-qua.{form}?" in page
    answer = client.get(f"/xuat/ket-qua.xlsx{QUERY}")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert {row[1] for row in rows[1:]} == {"Kế hoạch"}
    assert docx.Document(io.BytesIO(client.get(f"/xuat/ket-qua.docx{QUERY}").data)).paragraphs
    assert client.get(f"/xuat/ket-qua.csv{QUERY}").data.startswith(b"\xef\xbb\xbf")
    assert client.get(f"/xuat/ket-qua.exe{QUERY}").status_code == 404


def test_the_feed_is_atom(client: FlaskClient) -> None:
    answer = client.get(f"/atom.xml{QUERY}")
    assert answer.content_type.startswith("application/atom+xml")
    feed = etree.fromstring(answer.data)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for name in ("title", "id", "updated", "summary"):
        assert entries[0].findtext(f"{ATOM}{name}")
    assert etree.fromstring(client.get("/atom.xml?q=%3Cscript%3E%26").data).tag == f"{ATOM}feed"


def test_how_many_are_new(client: FlaskClient) -> None:
    assert client.get(f"/moi.json{QUERY}&since=2000-01-01T00:00:00Z").get_json()["count"] > 0
    assert client.get(f"/moi.json{QUERY}&since=2999-01-01T00:00:00Z").get_json()["count"] == 0
    assert client.get(f"/moi.json{QUERY}&since=x").status_code == 400


def test_a_search_is_kept_told_and_forgotten(open_page: Callable[..., Any], address: str) -> None:
    page = open_page()
    page.goto(f"{address}/{QUERY}")
    page.click("[data-keep]")
    assert page.locator("[data-keep]").is_disabled()
    old = "localStorage.getItem('tracuu.kept').replace(/20\\d\\d-/, '2000-')"
    page.evaluate(f"localStorage.setItem('tracuu.kept', {old})")
    page.goto(address)
    kept = page.locator("#kept")
    assert kept.is_visible()
    kept.locator(".count", has_text="mới").wait_for()
    kept.locator("a").click()
    assert "ke-hoach" in page.url
    page.goto(address)
    page.click("#kept button")
    assert not page.locator("#kept").is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_without_script_nothing_is_offered_that_needs_it(
    open_page: Callable[..., Any], address: str, script: bool
) -> None:
    page = open_page(script=script)
    page.goto(f"{address}/{QUERY}")
    assert page.locator("[data-keep]").is_visible() is script
    assert page.locator("text=Atom").is_visible()
