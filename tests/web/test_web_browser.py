"""The main journey in a real browser: search, filter, open, step through the hits, go back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from web_shelf import Shelf

from web import facets

PAGES = (
    "/",
    "/?q=phong&kind=bao-cao",
    "/?q=xyzzy",
    "{plan}?q=phong",
    "{hostile}",
    "/tinh-trang",
    "/cach-tim",
)


def search_and_open(page: Any, address: str) -> None:
    page.goto(address)
    page.fill("#q", "ngày hội")
    page.press("#q", "Enter")
    page.wait_for_selector(".hits")
    assert "38 văn bản" in page.inner_text("h1")
    page.click(".filters >> text=Kế hoạch")
    page.wait_for_url("**kind=ke-hoach*")
    assert page.locator(".hit").count() == 1
    page.click(".hit-link")
    page.wait_for_selector(".paper")
    assert "Ngày hội" in page.inner_text("h1")
    assert page.inner_text(".position") == "1/7"


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_journey(open_page: Callable[..., Any], address: str, script: bool) -> None:
    page = open_page(script=script)
    search_and_open(page, address)
    page.click("#hit-next")
    page.click("#hit-next")
    assert page.inner_text(".position") == "3/7"
    current = page.locator("mark.current")
    assert current.count() == 1 and current.bounding_box()["y"] < 900
    page.click("text=Về kết quả tìm")
    page.wait_for_selector(".hits")
    assert "kind=ke-hoach" in page.url and page.input_value("#q") == "ngày hội"


def test_the_back_button_leads_back(open_page: Callable[..., Any], address: str) -> None:
    page = open_page()
    search_and_open(page, address)
    page.keyboard.press("n")
    page.go_back()
    page.wait_for_selector(".hits")
    assert "kind=ke-hoach" in page.url
    page.go_back()
    page.wait_for_selector("h1:has-text('38 văn bản')")


def test_the_keyboard(open_page: Callable[..., Any], address: str) -> None:
    page = open_page()
    search_and_open(page, address)
    for key, position in (
        ("n", "2/7"),
        ("n", "3/7"),
        ("p", "2/7"),
        ("p", "1/7"),
        ("p", "7/7"),
        ("n", "1/7"),
    ):
        page.keyboard.press(key)
        assert page.inner_text(".position") == position
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("n")  # not while the help is open
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.inner_text(".position") == "1/7"
    page.keyboard.press("/")
    page.keyboard.type("n?")  # typed, not obeyed
    assert page.input_value("#q") == "n?"
    page.goto(f"{address}/?q=phong")
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement === document.querySelectorAll('.hit-link')[1]")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out(
    open_page: Callable[..., Any], address: str, shelf: Shelf, width: int
) -> None:
    page = open_page(width, 844)
    for path in (
        "/",
        "/?q=phong&kind=bao-cao",
        "/?q=xyzzy",
        "{plan}?q=phong",
        "{hostile}",
        "/tinh-trang",
        "/cach-tim",
    ):
        page.goto(address + path.format(plan=shelf.plan, hostile=shelf.hostile))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_filters_fold_on_a_phone(open_page: Callable[..., Any], address: str) -> None:
    page = open_page(390, 844, script=False)
    page.goto(f"{address}/?q=phong")
    filters = page.locator(".filters")
    assert not filters.is_visible()
    page.click(".filters-label")
    assert filters.is_visible()
    page.click(".filters >> text=Báo cáo")
    page.wait_for_selector(".chip")


@pytest.mark.parametrize("width", [390, 1280])
def test_what_was_understood_is_taken_back_and_again(
    open_page: Callable[..., Any], address: str, width: int
) -> None:
    page = open_page(width, 844, script=False)
    page.goto(f"{address}/?q=kế hoạch ngày hội 2022 Hà Tĩnh")
    chips = page.locator(".chip.soft")
    assert chips.count() == 4
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for cross in page.locator(".chip .off").all():
        box = cross.bounding_box()
        assert box["width"] >= 24 and box["height"] >= 24  # to be hit with a finger
    page.click(".chip.soft:has-text('Hà Tĩnh') .off")
    page.wait_for_selector(".chip.unused")
    assert page.locator(".chip.soft").count() == 3
    page.click(".chip.unused")
    page.wait_for_selector(".chip.soft >> nth=3")
    page.click(".chip.soft .use:has-text('Kế hoạch')")
    page.wait_for_url("**kind=ke-hoach**")
    assert page.locator(".chip.soft").count() == 3


def test_a_stretch_of_years_is_dragged_or_chosen_by_key(
    open_page: Callable[..., Any], address: str
) -> None:
    page = open_page()
    page.goto(f"{address}?q=phong")
    bars = page.locator(".bars li")
    first, last = bars.first.bounding_box(), bars.nth(1).bounding_box()
    page.mouse.move(first["x"] + 3, first["y"] + first["height"] - 4)
    page.mouse.down()
    page.mouse.move(last["x"] + 3, last["y"] + last["height"] - 4, steps=4)
    assert page.locator(".bars .brushed").count() == 2
    page.mouse.up()
    page.wait_for_url("**from=*")
    chosen = page.url
    page.goto(f"{address}?q=phong")
    page.locator(".bars a").first.focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=*")
    assert page.url == chosen
    assert page.locator(".chip").count() >= 1


def test_values_of_a_facet_are_found_by_name(
    open_page: Callable[..., Any], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "FINDABLE", 0)
    page = open_page()
    page.goto(f"{address}?q=phong")
    facet = page.locator(".facet", has=page.locator(".facet-find:not([hidden])")).first
    names = facet.locator("li .name")
    wanted = names.last.text_content().strip()
    facet.locator(".facet-find input").fill(wanted)
    assert wanted in facet.locator("li:visible .name").all_inner_texts()
    facet.locator(".facet-find input").fill("không có tên này")
    assert facet.locator("li:visible").count() == 0


def test_results_are_exchanged_without_loading_a_page(
    open_page: Callable[..., Any], address: str
) -> None:
    page = open_page()
    page.goto(f"{address}/?q=phong")
    page.evaluate("window.same = true")
    page.click(".filters >> text=Báo cáo")
    page.wait_for_url("**kind=bao-cao*")
    assert page.evaluate("window.same") and "kind=bao-cao" in page.url
    assert page.evaluate("document.activeElement.id") == "found-title"  # told by a screen reader
    assert page.get_attribute("#search-state input[name=kind]", "value") == "bao-cao"
    assert "kind=bao-cao" in page.get_attribute("link[type='application/atom+xml']", "href")
    page.fill("#q", "ngày hội")
    page.press("#q", "Enter")
    page.wait_for_selector("#found-title:has-text('ngày hội')")
    assert page.evaluate("window.same") and "kind=bao-cao" in page.url  # the filter holds
    page.evaluate("document.querySelector('[data-brush] a').focus()")
    page.keyboard.press("Shift+ArrowRight")  # the scripts know the new bars
    assert page.locator(".brushed").count() == 2
    page.go_back()
    page.wait_for_selector("#found-title:has-text('phong')")
    assert page.input_value("#q") == "phong"


def test_what_is_no_page_of_results_is_loaded_whole(
    open_page: Callable[..., Any], address: str
) -> None:
    page = open_page()
    page.goto(f"{address}/?kind=bao-cao")
    page.click(".chips .chip")  # the last filter: nothing is asked any more
    page.wait_for_selector("body.start")


def test_a_search_that_failed_on_the_way_is_loaded_whole(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/?q=phong")
    page.route("**/?q=phong&*", lambda route: route.abort(), times=1)
    page.click(".filters >> text=Báo cáo")
    page.wait_for_url("**kind=bao-cao*")
    page.close()
