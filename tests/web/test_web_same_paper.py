"""Copies and versions on the pages, as a browser without JavaScript sees them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from urllib.parse import urljoin

import near_samples
import pytest
from flask.testing import FlaskClient
from lxml import html
from web_shelf import Get, getter

from kb.catalog import documents as stored
from kb.library import Library
from kb.settings import Settings
from web.app import create_app
from web.params import SearchState

TEXT = near_samples.paper(1)
DRAFT = "DỰ THẢO\n" + TEXT.replace("Số: 12/", "Số:     /").replace("ngày 15 tháng", "ngày     tháng")
TITLE = "Kế hoạch thực hiện công tác dân vận <năm 2022>"
ASKED = "/?q=công+tác+dân+vận"


@pytest.fixture
def client(library: Library, make_document, settings: Settings) -> Iterator[FlaskClient]:
    """A plan as Word file and scan, its draft, an internal scan."""
    signed = {"title": TITLE, "symbol": "12/KH-CAT-PV05", "issued_on": date(2022, 6, 15)}
    scans = [near_samples.misread(TEXT, random.Random(seed)) for seed in (1, 2)]
    with library.database.begin() as connection:
        for document in (
            make_document(TEXT, "/d/ky.docx", **signed),
            make_document(scans[0], "/d/scan.pdf", **signed),
            make_document(DRAFT, "/d/du-thao.docx", title=TITLE),
            make_document(scans[1], "/d/canary-noi-bo.pdf", label="internal", **signed),
        ):
            stored.store(connection, document)
    library.reindex()
    return create_app(library, settings).test_client()


@pytest.fixture
def get(client: FlaskClient) -> Get:
    return getter(client)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_hit_opens_to_its_copies_and_versions(get: Get, client: FlaskClient) -> None:
    page = get(ASKED)
    (hit,) = page.xpath("//li[@class='hit']")
    (summary,) = (s for s in hit.xpath(".//details/summary") if "gần giống" in text(s))
    assert text(summary) == "2 bản gần giống (trên đây là bản ký)"
    items = summary.getparent().xpath(".//li")
    assert "bản dự thảo" in text(items[0]) and "du-thao.docx" in text(items[0])
    assert "bản ký · 12/KH-CAT-PV05 · 15/06/2022" in text(items[1])
    for item in items:
        assert TITLE in text(item)  # escaped
        assert client.get(item.find(".//a").get("href")).status_code == 200
    assert text(page.find(".//h1")).startswith("3 văn bản")  # the engine's total


def test_everything_can_be_listed_and_folded_again(get: Get) -> None:
    page = get(ASKED)
    unfold = next(a.get("href") for a in page.iter("a") if "Liệt kê riêng từng bản" in text(a))
    assert "fold=0" in unfold
    page = get(urljoin("/", unfold))
    assert len(page.xpath("//li[@class='hit']")) == 3
    assert not [s for s in page.xpath("//summary") if "gần giống" in text(s)]
    assert page.xpath("//form[@id='search']//input[@name='fold']/@value") == ["0"]
    fold = next(a.get("href") for a in page.iter("a") if "Gộp các bản" in text(a))
    assert "fold" not in fold
    assert len(get(urljoin("/", fold)).xpath("//li[@class='hit']")) == 1


def test_the_page_of_a_draft_leads_to_what_was_signed(get: Get) -> None:
    page = get(ASKED + "&fold=0")
    addresses = page.xpath("//a[@class='hit-link']/@href")
    pages = {text(p.xpath("//*[@class='sources']")[0]).split()[0]: p for p in map(get, addresses)}
    draft = pages["du-thao.docx"]
    notice = next(text(p) for p in draft.xpath("//p[@class='notice']") if "dự thảo" in text(p))
    assert notice.startswith("Đây là bản dự thảo. Bản ký: 12/KH-CAT-PV05")
    panel = draft.get_element_by_id("cac-ban")
    assert [text(h) for h in panel.iter("h3")] == ["Dự thảo và bản ký"]
    assert len(panel.xpath(".//li")) == 2
    signed = pages["ky.docx"]
    assert not [p for p in signed.xpath("//p[@class='notice']") if "dự thảo" in text(p)]
    panel = signed.get_element_by_id("cac-ban")
    assert [text(h) for h in panel.iter("h3")] == ["Dự thảo và bản ký", "Bản gần giống"]


def test_nothing_tells_of_the_internal_scan(client: FlaskClient, get: Get) -> None:
    for address in (ASKED, ASKED + "&fold=0"):
        body = client.get(address).get_data(as_text=True)
        assert "canary" not in body
        for link in get(address).xpath("//a[@class='hit-link']/@href"):
            assert "canary" not in client.get(link).get_data(as_text=True)


def test_the_address_keeps_the_choice_wherever_one_goes() -> None:
    state = SearchState(query="a").folding(False)
    for other in (state.at_page(2), state.toggled("kind", "ke-hoach"), state.without_filters()):
        assert ("fold", "0") in other.pairs()
    assert state.at_page(3).folding(True).pairs() == [("q", "a"), ("page", "3")]
    assert not state.request().fold
