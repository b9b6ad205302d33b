"""Addresses to search states and back: nothing raises, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from web import languages
from web.dates import format_end, format_start, parse_date
from web.params import FILTERS, MAX_QUERY, SearchState, read_offset, read_state


@pytest.fixture(autouse=True, scope="module")
def request_context() -> Iterator[None]:
    """Notices are translated, which needs a request."""
    app = Flask(__name__)
    languages.init_app(app)
    with app.test_request_context():
        yield


def read(address: str) -> tuple[SearchState, tuple[str, ...]]:
    return read_state(MultiDict(parse_qsl(address, keep_blank_values=True)))


@pytest.mark.parametrize(
    ("raw", "start", "end"),
    [
        ("12/3/2025", date(2025, 3, 12), date(2025, 3, 12)),
        ("12-03-2025", date(2025, 3, 12), date(2025, 3, 12)),
        ("3/2025", date(2025, 3, 1), date(2025, 3, 31)),
        ("2/2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-03-12", date(2025, 3, 12), date(2025, 3, 12)),
        ("31/2/2025", None, None),
        ("13/2025", None, None),
        ("0/0/0000", None, None),
        ("0000", None, None),
        ("hôm qua", None, None),
        ("12/3/25", None, None),
        ("١٢/٣/٢٠٢٥", date(2025, 3, 12), date(2025, 3, 12)),  # int() reads any digits
    ],
)
def test_dates(raw: str, start: date | None, end: date | None) -> None:
    assert parse_date(raw, "start") == start
    assert parse_date(raw, "end") == end


@given(st.dates())
def test_dates_survive_the_address(day: date) -> None:
    assert parse_date(format_start(day), "start") == day
    assert parse_date(format_end(day), "end") == day


ids = st.text(st.characters(blacklist_categories=("C", "Z")), min_size=1, max_size=20)
states = st.builds(
    SearchState,
    query=st.text(st.characters(blacklist_categories=("C",)), max_size=40).map(str.strip),
    kind=st.lists(ids, max_size=3, unique=True).map(tuple),
    topic=st.lists(ids, max_size=3, unique=True).map(tuple),
    unit=st.lists(ids, max_size=3, unique=True).map(tuple),
    year=st.lists(st.integers(1945, 2030).map(str), max_size=3, unique=True).map(tuple),
    date_from=st.none() | st.dates(date(1945, 1, 1), date(2010, 12, 31)),
    date_to=st.none() | st.dates(date(2011, 1, 1), date(2030, 12, 31)),
    sort=st.sampled_from([None, "relevance", "newest", "oldest"]),
    page=st.integers(1, 1000),
    ignore=st.lists(ids, max_size=3, unique=True).map(tuple),
    format=st.lists(ids, max_size=2, unique=True).map(tuple),
    exclude=st.lists(
        st.tuples(st.sampled_from(["kind", "unit", "topic"]), ids), max_size=3, unique=True
    ).map(tuple),
    dense=st.booleans(),
)


@given(states)
def test_a_state_survives_its_address(state: SearchState) -> None:
    assert read(state.query_string()) == (state, ())


@given(
    st.dictionaries(
        st.sampled_from(["q", "from", "to", "sort", "page", "ignore", "not", "view", *FILTERS]),
        st.text(),
    )
)
def test_any_parameters_make_a_state(raw: dict[str, str]) -> None:
    state, _notices = read_state(MultiDict(raw))
    request = state.request()
    assert len(request.query) <= MAX_QUERY
    assert request.page * request.per_page <= 10_000
    assert read(state.query_string())[0] == state  # and what was kept is stable


@pytest.mark.parametrize(
    ("address", "notice"),
    [
        ("page=0", "Số trang"),
        ("page=-1", "Số trang"),
        ("page=abc", "Số trang"),
        ("page=²", "Số trang"),
        ("page=100000", "10000"),
        ("from=32/1/2020", "32/1/2020"),
        ("year=20x0", "năm"),
        ("year=99999", "năm"),
        ("sort=random", "sắp xếp"),
        ("kind=" + "a" * 200, "lọc"),
        ("kind=a%00b", "lọc"),
        ("q=" + "a" * 3000, "2000"),
        ("from=2022&to=2020", "đổi chỗ"),
        ("&".join(f"kind=k{n}" for n in range(30)), "lọc"),
    ],
)
def test_what_is_left_out_is_told(address: str, notice: str) -> None:
    _state, notices = read(address)
    assert any(notice in text for text in notices), notices


def test_swapped_dates_are_put_in_order() -> None:
    state, _notices = read("from=31/12/2022&to=1/1/2020")
    assert (state.date_from, state.date_to) == (date(2020, 1, 1), date(2022, 12, 31))


def test_a_change_goes_back_to_the_first_page() -> None:
    state, _notices = read("q=a&kind=x&page=5")
    changes = [
        state.toggled("kind", "y"),
        state.only("unit", "u"),
        state.without_dates(),
        state.without_filters(),
        state.sorted_by("oldest"),
        state.asking("b"),
    ]
    assert {change.page for change in changes} == {1}
    assert state.at_page(6).kind == ("x",)
    assert state.toggled("kind", "x").kind == ()


def test_order_without_a_query_is_newest() -> None:
    assert read("kind=x")[0].order == "newest"
    assert read("q=a")[0].order == "relevance"
    assert read("q=a&sort=oldest")[0].order == "oldest"


def test_offsets() -> None:
    assert read_offset("12") == 12
    for raw in ("", "-1", "1e3", "²", "9" * 30):
        assert read_offset(raw) is None
