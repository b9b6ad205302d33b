"""Suggestions below the search box in a real browser: keys, mouse, input methods, no obstacle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from web_shelf import Shelf

OPEN = "#suggestions:not([hidden])"


def typed(page: Any, address: str, text: str) -> Any:
    """The page with the text typed and its suggestions open."""
    page.goto(address)
    page.click("#q")
    page.keyboard.type(text)
    page.wait_for_selector(OPEN)
    return page


def suggested(asked: list[str]) -> list[str]:
    """The requests that asked for suggestions."""
    return [url for url in asked if "/suggest?" in url]


def active(page: Any) -> str:
    """The id of the option the box points to, which must be the one that looks so."""
    pointed = page.get_attribute("#q", "aria-activedescendant") or ""
    selected = page.locator("[role=option][aria-selected=true]")
    assert [pointed] == [row.get_attribute("id") for row in selected.all()] or (
        pointed == "" and selected.count() == 0
    )
    return pointed


def test_it_is_a_combobox(open_page: Callable[..., Any], address: str) -> None:
    page = open_page()
    page.goto(address)
    box = page.locator("#q")
    assert box.get_attribute("role") == "combobox"
    assert box.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.id") == "q"  # as before the script ran
    typed(page, address, "ngay h")
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-controls") == page.get_attribute("[role=listbox]", "id")
    assert page.get_attribute("[role=listbox]", "aria-label") == "Gợi ý"
    count = page.locator("[role=option]").count()
    assert page.inner_text("#search [role=status]") == f"Có {count} gợi ý; chọn bằng phím mũi tên."
    assert page.locator("[role=option] .typed").first.inner_text() == "ngày h"


def test_the_arrows_go_round_and_enter_takes(open_page: Callable[..., Any], address: str) -> None:
    page = typed(open_page(), address, "ngay h")
    count = page.locator("[role=option]").count()
    for place in [*range(count), -1, 0]:
        page.keyboard.press("ArrowDown")
        assert active(page) == ("" if place < 0 else f"suggestion-{place}")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert active(page) == f"suggestion-{count - 1}"
    assert page.input_value("#q") == "ngay h"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#suggestion-0 .label").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_selector(".hits")
    assert page.input_value("#q") == chosen


def test_enter_without_a_choice_searches_for_what_was_typed(
    open_page: Callable[..., Any], address: str
) -> None:
    page = typed(open_page(), address, "ngay h")
    page.keyboard.type("oi")
    page.keyboard.press("Enter")  # before the suggestions for it are there
    page.wait_for_selector(".hits")
    assert page.input_value("#q") == "ngay hoi"
    assert page.locator(OPEN).count() == 0
    page.fill("#q", "phong")
    page.click("#search button")
    page.wait_for_url("**/?q=phong*")


def test_escape_closes_and_keeps_the_text(open_page: Callable[..., Any], address: str) -> None:
    page = typed(open_page(), address, "ngay h")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.locator(OPEN).count() == 0
    assert page.input_value("#q") == "ngay h"
    assert active(page) == ""
    assert page.get_attribute("#q", "aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(OPEN)


def test_tab_takes_a_phrase_and_goes_on(open_page: Callable[..., Any], address: str) -> None:
    page = typed(open_page(), address, "ngay h")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#suggestion-0 .label").inner_text()
    page.keyboard.press("Tab")
    assert page.input_value("#q") == chosen
    assert page.locator(OPEN).count() == 0
    assert page.evaluate("document.activeElement.type") == "submit"


def test_a_symbol_opens_its_document_by_mouse(
    open_page: Callable[..., Any], address: str, shelf: Shelf
) -> None:
    page = typed(open_page(), address, "12/kh")
    page.click("[role=option] >> nth=0")
    page.wait_for_url(f"**{shelf.plan}")
    page.go_back()
    assert page.locator(OPEN).count() == 0


def test_a_topic_becomes_a_filter(open_page: Callable[..., Any], address: str) -> None:
    page = typed(open_page(), address, "ngay hoi")
    page.click("[role=option].topic")
    page.wait_for_selector(".chip")
    assert "topic=phong-trao" in page.url


def test_a_topic_keeps_the_filters_that_are_set(open_page: Callable[..., Any], address: str) -> None:
    page = open_page()
    page.goto(f"{address}/?q=phong&unit=catp-ha-noi&topic=moi-truong&from=2020")
    page.fill("#q", "")
    page.click("#q")
    page.keyboard.type("ke hoach ngay h")
    page.click("[role=option].topic")
    page.wait_for_url("**topic=phong-trao**")
    query = parse_qs(urlsplit(page.url).query)
    assert query["unit"] == ["catp-ha-noi"]
    assert query["from"] == ["2020"]
    assert query["topic"] == ["phong-trao/ngay-hoi"]  # the one chosen, instead of the other
    assert query["q"] == ["ke hoach"]


def test_leaving_the_box_closes(open_page: Callable[..., Any], address: str) -> None:
    page = typed(open_page(), address, "ngay h")
    page.evaluate("document.getElementById('q').blur()")
    assert page.locator(OPEN).count() == 0


def test_nothing_happens_while_an_input_method_composes(
    open_page: Callable[..., Any], address: str
) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    session = page.context.new_cdp_session(page)
    page.click("#q")
    for text in ("n", "ng", "nga", "ngà", "ngày"):
        session.send("Input.imeSetComposition", {"text": text, "selectionStart": 1, "selectionEnd": 1})
        page.wait_for_timeout(180)
    assert suggested(asked) == []
    session.send("Input.insertText", {"text": "ngày"})
    page.wait_for_selector(OPEN)
    assert len(suggested(asked)) == 1
    assert page.input_value("#q") == "ngày"


def test_fast_typing_asks_once(open_page: Callable[..., Any], address: str) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.evaluate(
        """() => {
          const box = document.getElementById("q");
          for (const letter of "ke hoach ngay") {
            box.value += letter;
            box.dispatchEvent(new Event("input", { bubbles: true }));
          }
        }"""
    )
    page.wait_for_selector(OPEN)
    (address,) = map(urlsplit, suggested(asked))
    assert parse_qs(address.query)["q"] == ["ke hoach ngay"]


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_list_stays_on_the_page(open_page: Callable[..., Any], address: str, width: int) -> None:
    for path in ("/", "/?q=phong"):
        page = open_page(width, 844)
        page.goto(address + path)
        page.fill("#q", "")
        page.keyboard.type("ngay h")
        page.wait_for_selector(OPEN)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shape = page.locator(OPEN).bounding_box()
        assert shape["x"] >= 0 and shape["x"] + shape["width"] <= width
        assert page.locator("[role=option]").first.is_visible()
