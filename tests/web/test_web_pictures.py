"""A page as it looks, with the hits marked where they stand; over corpus/."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from web_shelf import Get

from kb.access import PUBLIC
from kb.library import Library
from kb.results import SearchRequest


@pytest.fixture(scope="module")
def circular(corpus: Library) -> str:
    hit = corpus.search(SearchRequest("124/2021/TT-BCA"), PUBLIC).hits[0]
    assert hit.format == "pdf"
    return f"/van-ban/{hit.id}"


def test_hits_are_marked_on_the_picture_and_in_the_text(corpus_get: Get, circular: str) -> None:
    page = corpus_get(f"{circular}/trang/1?find=khu+d%C3%A2n+c%C6%B0")
    (svg,) = page.xpath("//svg")
    width, height = map(float, svg.get("viewbox").split()[2:])
    places = page.xpath("//rect[@class='hit']")
    texts = [" ".join(mark.text_content().split()) for mark in page.xpath("//mark")]
    assert any(text.lower() == "khu dân cư" for text in texts)
    assert len(places) >= len(texts)
    for place in places:
        x, y = float(place.get("x")), float(place.get("y"))
        assert 0 <= x < width and 0 <= y < height
        assert 2 < float(place.get("height")) < 40
    assert page.xpath("//a[@rel='next']/@href")[0].startswith(f"{circular}/trang/2?find=")


def test_the_picture_may_be_kept_by_the_browser(corpus_client: FlaskClient, circular: str) -> None:
    answer = corpus_client.get(f"{circular}/trang/1.png")
    assert answer.content_type == "image/png" and answer.data.startswith(b"\x89PNG")
    assert "private" in answer.headers["Cache-Control"]
    again = corpus_client.get(
        f"{circular}/trang/1.png", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("page", ["0", "99", "99.png", "99999999999.png"])
def test_no_such_page(corpus_client: FlaskClient, circular: str, page: str) -> None:
    assert corpus_client.get(f"{circular}/trang/{page}").status_code == 404


def test_a_document_that_is_not_drawn_says_so(
    corpus: Library, corpus_client: FlaskClient, corpus_get: Get, circular: str
) -> None:
    other = next(hit for hit in corpus.search(SearchRequest(formats=("docx",)), PUBLIC).hits)
    answer = corpus_client.get(f"/van-ban/{other.id}/trang/1")
    assert answer.status_code == 404 and "phần chữ" in answer.get_data(as_text=True)
    assert "xem trang gốc" not in corpus_get(f"/van-ban/{other.id}").text_content()
    assert "xem trang gốc" in corpus_get(circular).text_content()
