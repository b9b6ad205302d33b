"""`/suggest`: the JSON below the search box, and the box itself in a real browser."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import web_samples
from flask.testing import FlaskClient
from web_fake_library import FakeLibrary
from web_shelf import Shelf

from kb.results import Suggestion
from web.app import STATIC
from web.suggest import MAX_QUERY


def items(client: FlaskClient, query: str, **parameters: str) -> list[dict[str, Any]]:
    response = client.get("/suggest", query_string={"q": query, **parameters})
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    found: list[dict[str, Any]] = response.get_json()["items"]
    return found


def test_documents_open_and_filters_narrow(client: FlaskClient, shelf: Shelf) -> None:
    (symbol, *_others) = items(client, "12/KH")
    assert (symbol["kind"], symbol["text"], symbol["url"]) == ("symbol", "12/KH-CAT-PV05", shelf.plan)
    assert symbol["pieces"] == [["12/KH", True], ["-CAT-PV05", False]]
    found = {item["kind"]: item for item in items(client, "ke hoach ngay h")}
    assert found["phrase"]["url"] is None
    assert found["phrase"]["text"].startswith("kế hoạch")
    assert found["title"]["url"] == shelf.plan
    topic = urlsplit(found["topic"]["url"])
    assert (topic.path, parse_qs(topic.query)) == (
        "/",
        {"q": ["ke hoach"], "topic": ["phong-trao/ngay-hoi"]},
    )
    assert client.get(found["topic"]["url"]).status_code == 200
    for item in found.values():
        assert all(text for text, _typed in item["pieces"])


def test_what_narrows_keeps_the_filters_that_are_set(client: FlaskClient) -> None:
    set_ = {"unit": "catp-ha-noi", "topic": "moi-truong", "from": "2020", "year": "2021", "page": "3"}
    found = {item["kind"]: item for item in items(client, "ke hoach ngay h", **set_)}
    assert parse_qs(urlsplit(found["topic"]["url"]).query) == {
        "q": ["ke hoach"],
        "topic": ["phong-trao/ngay-hoi"],  # the one chosen, instead of the other
        "unit": ["catp-ha-noi"],
        "from": ["2020"],
        "year": ["2021"],
    }
    assert "?" not in found["title"]["url"]


def test_the_end_of_a_word_is_passed_on(fake_client: FlaskClient, fake: FakeLibrary) -> None:
    for typed in ("ngày", "ngày ", "  ngày", "x" * 500, "", "   ", "a\0b"):
        items(fake_client, typed)
    assert fake.asked == ["ngày", "ngày ", "ngày", "x" * MAX_QUERY, "a b"]


def test_nobody_but_the_browser_may_keep_it(client: FlaskClient) -> None:
    response = client.get("/suggest?q=ngay")
    assert response.headers["Cache-Control"] == "private, max-age=60"
    assert "Cookie" in response.headers["Vary"]


def test_groups_are_named_in_the_language_of_the_page(client: FlaskClient) -> None:
    assert items(client, "12/KH")[0]["group"] == "Số ký hiệu"
    assert items(client, "12/KH", lang="en")[0]["group"] == "Symbol"


def test_an_error_is_no_list(fake_client: FlaskClient, fake: FakeLibrary) -> None:
    fake.fails = ValueError("x")
    assert fake_client.get("/suggest?q=ngay").status_code == 500


def test_pieces_are_cut_where_characters_end(fake_client: FlaskClient, fake: FakeLibrary) -> None:
    fake.suggestions = (
        Suggestion("title", "🎉 Ngày hội", "🎉 Ngày hội", "d0", marks=((2, 6),)),
        Suggestion("phrase", web_samples.HOSTILE, web_samples.HOSTILE, count=2),
    )
    title, hostile = items(fake_client, "ngay")
    assert title["pieces"] == [["🎉 ", False], ["Ngày", True], [" hội", False]]
    assert hostile["pieces"] == [[web_samples.HOSTILE, False]]


@pytest.mark.parametrize("address", ["/", "/?q=phong", "/cach-tim", "/tinh-trang", "{plan}"])
def test_every_search_box_has_suggestions(client: FlaskClient, shelf: Shelf, address: str) -> None:
    page = client.get(address.format(plan=shelf.plan)).get_data(as_text=True)
    assert page.count('data-suggest="/suggest"') == 1
    assert "suggest.js" in page


def test_the_script_is_small() -> None:
    assert (STATIC / "suggest.js").stat().st_size < 5_000
