"""Years and months of the documents found: which bars there are, and where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from kb.results import FacetValue, Results, SearchRequest
from web import histogram, languages
from web.params import SearchState


@pytest.fixture(autouse=True)
def request_context() -> Iterator[None]:
    """Names of months are translated, which needs a request."""
    app = Flask(__name__)
    languages.init_app(app)
    with app.test_request_context():
        yield


def results(years: dict[int, int], months: dict[str, int] | None = None) -> Results:
    facets = {
        "year": tuple(FacetValue(str(year), str(year), n) for year, n in years.items()),
        "month": tuple(FacetValue(month, month, n) for month, n in (months or {}).items()),
    }
    return Results(SearchRequest(), sum(years.values()), (), facets)


def test_bars_are_scaled_and_have_no_gaps() -> None:
    made = histogram.build(results({2019: 1, 2022: 40}), SearchState("x"))
    assert made is not None
    assert [(bar.tick, bar.count, bar.height) for bar in made.years] == [
        ("2019", 1, 1),
        ("2020", 0, 0),
        ("2021", 0, 0),
        ("2022", 40, histogram.BAR_STEPS),
    ]
    assert made.months == ()


def test_early_years_are_listed() -> None:
    made = histogram.build(results({1998: 2, 2005: 1, 2022: 3}), SearchState("x"))
    assert made is not None
    assert made.years[0].tick == "2007"
    assert [(link.label, link.count) for link in made.earlier] == [("2005", 1), ("1998", 2)]


def test_a_year_opens_its_months_and_a_month_is_a_range() -> None:
    state = SearchState("x", year=("2024",))
    made = histogram.build(results({2024: 3}, {"2024-02": 2, "2024-11": 1}), state)
    assert made is not None
    assert [bar.count for bar in made.months] == [0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]
    february = made.months[1].state
    assert (february.date_from, february.date_to) == (date(2024, 2, 1), date(2024, 2, 29))
    assert february.year == ()


def test_a_month_that_is_chosen_leads_back_to_its_year() -> None:
    state = SearchState("x", date_from=date(2024, 2, 1), date_to=date(2024, 2, 29))
    made = histogram.build(results({2023: 1, 2024: 3}, {"2024-02": 2}), state)
    assert made is not None
    assert [bar.selected for bar in made.months].index(True) == 1
    assert made.months[1].state == SearchState("x", year=("2024",))
    assert [bar.selected for bar in made.years] == [False, True]


@pytest.mark.parametrize("state", [SearchState("x", year=("2020", "2024")), SearchState("x")])
def test_months_of_many_years_are_not_drawn(state: SearchState) -> None:
    made = histogram.build(results({2020: 1, 2024: 1}, {"2024-02": 1}), state)
    assert made is not None
    assert made.months == ()


def test_without_dates_there_is_no_histogram() -> None:
    assert histogram.build(results({}), SearchState("x")) is None
