"""Chips of what was understood: a click makes a filter, the cross takes it back, and back again."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from lxml import html
from web_fake_library import FakeLibrary
from web_shelf import Get

from kb.model import Span
from kb.results import Understood
from web.params import SearchState
from web.understood import chips, ignored

KIND = Understood(
    "kind", "kế hoạch", "ke-hoach", "Kế hoạch", Span(0, 8), (("kind", "ke-hoach"),), soft=True
)
YEAR = Understood(
    "period", "2022", "2022-01-01..2022-12-31", "2022", Span(9, 13),
    (("from", "2022-01-01"), ("to", "2022-12-31")), soft=True,
)  # fmt: skip
OLD = Understood(
    "unit", "Bình Dương", "cat-binh-duong", "Công an tỉnh Bình Dương", Span(14, 24),
    (("unit", "cat-binh-duong"),), "đến hết ngày 30/06/2025", "cat-ho-chi-minh", soft=True,
)  # fmt: skip
PERSON = Understood("person", "ông Lê A", "Lê A", "Lê A", Span(0, 8), soft=True)
QUERY = "kế hoạch 2022 Bình Dương"


@pytest.fixture(autouse=True)
def context(app):
    with app.test_request_context():
        yield


def parameters(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def by_class(page: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    return page.xpath(f'.//*[contains(concat(" ", @class, " "), " {name} ")]')


def test_a_click_makes_it_a_filter():
    state = SearchState(QUERY, page=3)
    kind, year, unit = chips((KIND, YEAR, OLD), state)
    assert kind.state is not None and kind.state.kind == ("ke-hoach",) and kind.state.page == 1
    assert year.state is not None and parameters("?" + year.state.query_string()) == {
        "q": [QUERY],
        "from": ["2022"],
        "to": ["2022"],
    }
    assert unit.state is not None and unit.state.unit == ("cat-binh-duong",)


def test_what_is_a_filter_already_is_not_told_twice():
    state = SearchState(QUERY, kind=("ke-hoach",), page=2)
    assert [chip.label for chip in chips((KIND, YEAR), state)] == ["2022"]
    dated = chips((YEAR,), SearchState(QUERY).with_filters(YEAR.filters))
    assert dated == ()


def test_the_cross_takes_it_back_and_can_be_undone():
    state = SearchState(QUERY, kind=("bao-cao",))
    (chip,) = chips((OLD,), state)
    assert chip.without == replace(state, ignore=("unit:cat-binh-duong",))
    (taken_back,) = ignored((OLD,), chip.without)
    assert taken_back.state == state


def test_what_was_written_as_a_field_has_no_cross():
    (chip,) = chips((replace(KIND, soft=False, span=None, filters=()),), SearchState(QUERY))
    assert chip.without is None and chip.state is None


def test_a_unit_that_ended_offers_the_one_that_took_over():
    (chip,) = chips((OLD,), SearchState(QUERY))
    assert chip.wider is not None
    label, state = chip.wider
    assert label == "Công an thành phố Hồ Chí Minh"
    assert state.unit == ("cat-binh-duong", "cat-ho-chi-minh")


def test_two_meanings_of_the_same_words_are_alternatives():
    other = replace(OLD, value="tinh-binh-duong", filters=(("unit", "tinh-binh-duong"),))
    assert [c.alternative for c in chips((OLD, other, YEAR), SearchState(QUERY))] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("item", "query", "expected"),
    [
        (PERSON, "ông Lê A chỉ đạo", '"Lê A" chỉ đạo'),
        (PERSON, unicodedata.normalize("NFD", "ông Lê A chỉ đạo"), '"Lê A" chỉ đạo'),
        (
            Understood("symbol", "12 kh cat", "12/KH-CAT", "12/KH-CAT", Span(5, 14), soft=True),
            "xem: 12 kh cat",
            'xem: số:"12 kh cat"',
        ),
    ],
)
def test_persons_and_symbols_become_conditions_of_the_query(item, query, expected):
    (chip,) = chips((item,), SearchState(query, kind=("bao-cao",)))
    assert chip.state == SearchState(expected, kind=("bao-cao",))


# ---------------------------------------------------------------- on the page


def test_the_page_shows_chips(get: Get):
    page = get("/?q=" + quote("kế hoạch ngày hội 2022 Hà Tĩnh"))
    box = by_class(page, "understood")[0]
    text = " ".join(box.text_content().split())
    for part in ("Hiểu là:", "Loại văn bản: Kế hoạch", "Thời kỳ: 2022", "Đơn vị: Tỉnh Hà Tĩnh"):
        assert part in text
    for use in by_class(box, "use"):
        assert parameters(use.get("href"))["q"] == ["kế hoạch ngày hội 2022 Hà Tĩnh"]
    assert len(by_class(box, "off")) == len(by_class(box, "use")) == 4


def test_the_whole_way_on_the_page(get: Get):
    page = get("/?q=" + quote("kế hoạch ngày hội Hà Tĩnh"))
    (unit,) = [a for a in by_class(page, "use") if "Hà Tĩnh" in a.text_content()]
    filtered = get(unit.get("href"))
    assert "Đơn vị: Tỉnh Hà Tĩnh" in " ".join(by_class(filtered, "chips")[0].text_content().split())
    assert not [a for a in by_class(filtered, "use") if "Hà Tĩnh" in a.text_content()]

    (cross,) = [a for a in by_class(page, "off") if "Hà Tĩnh" in a.text_content()]
    without = get(cross.get("href"))
    (unused,) = by_class(without, "unused")
    assert "Hà Tĩnh" in unused.text_content()
    # The next search from the form keeps it so; its chip leads back to where we began.
    (kept,) = without.xpath('.//form[@id="search"]//input[@name="ignore"]')
    assert kept.get("value") == "unit:tinh-ha-tinh"
    assert parameters(unused.get("href")) == {"q": ["kế hoạch ngày hội Hà Tĩnh"]}


def test_notes_and_alternatives_on_the_page(fake: FakeLibrary, fake_get: Get):
    other = replace(OLD, value="tinh-binh-duong", label="Tỉnh <b>Bình Dương</b>")
    fake.change = lambda results: replace(results, understood=(OLD, other), ignored=(YEAR,))
    page = fake_get("/?q=" + quote("ngày hội"))
    box = by_class(page, "understood")[0]
    assert [each.text_content() for each in by_class(box, "or")] == ["hay"]
    note = " ".join(by_class(box, "note")[0].text_content().split())
    assert note.startswith("Công an tỉnh Bình Dương: đến hết ngày 30/06/2025. Tìm cả đơn vị kế thừa:")
    assert "unit=cat-ho-chi-minh" in by_class(box, "note")[0].find("a").get("href")
    assert "Tỉnh <b>Bình Dương</b>" in box.text_content()  # as text
    assert by_class(box, "unused")


def test_odd_keys_are_harmless(get: Get):
    page = get(
        "/?q=" + quote("kế hoạch") + "&ignore=&ignore=xyz&ignore=" + "a" * 200 + "&ignore=kind:ke-hoach"
    )
    assert by_class(page, "unused")
