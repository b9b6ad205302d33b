"""Whether a document is in force on a day, and what proves it."""

from __future__ import annotations

from datetime import date

from kb.relations.validity import (
    EXPIRED,
    IN_FORCE,
    NOT_YET,
    PARTLY,
    Act,
    Facts,
    Validity,
    validity,
)

LAW = Facts("thong-tu", date(2020, 1, 1), date(2020, 2, 15))
PLAN = Facts("ke-hoach", date(2020, 1, 1), None)
TODAY = date(2022, 6, 1)


def test_what_nothing_tells_is_unknown() -> None:
    assert validity(PLAN, (), TODAY) is None
    assert validity(Facts("thong-tu", date(2020, 1, 1), None), (), TODAY) is None
    assert validity(Facts("ke-hoach", date(2020, 1, 1), date(2020, 1, 1)), (), TODAY) is None


def test_by_its_day_of_effect() -> None:
    assert validity(LAW, (), TODAY) == Validity(IN_FORCE, "effective", None, date(2020, 2, 15))
    assert validity(LAW, (), date(2020, 2, 14)) == Validity(
        NOT_YET, "effective-later", None, date(2020, 2, 15)
    )


def test_whoever_ends_it_ends_it_from_its_own_day_on() -> None:
    end = Act("repeals", "b", date(2021, 7, 1))
    assert validity(LAW, [end], date(2021, 6, 30)) == Validity(
        IN_FORCE, "effective", None, date(2020, 2, 15)
    )
    assert validity(LAW, [end], date(2021, 7, 1)) == Validity(EXPIRED, "repealed", "b", end.since)
    replaced = Act("replaces", "a", date(2021, 1, 1))
    assert validity(LAW, [end, replaced], TODAY) == Validity(EXPIRED, "replaced", "a", replaced.since)


def test_a_plan_that_is_replaced_ends_too() -> None:
    assert validity(PLAN, [Act("replaces", "b", None)], TODAY) == Validity(
        EXPIRED, "replaced", "b", None
    )


def test_a_part_and_a_change() -> None:
    part, change = Act("repeals_part", "b", date(2021, 1, 1)), Act("amends", "c", date(2021, 2, 1))
    assert validity(LAW, [change], TODAY) == Validity(IN_FORCE, "amended", "c", change.since)
    assert validity(LAW, [change, part], TODAY) == Validity(PARTLY, "repealed-part", "b", part.since)


def test_its_own_words() -> None:
    term = Facts("quyet-dinh", date(2020, 1, 1), date(2020, 1, 1), date(2021, 12, 31))
    state = validity(term, (), date(2021, 12, 31))
    assert state is not None and state.state == IN_FORCE
    assert validity(term, (), TODAY) == Validity(EXPIRED, "own-term", None, date(2021, 12, 31))
    stated = Facts("luat", None, date(2000, 1, 1), None, "expired")
    assert validity(stated, (), TODAY) == Validity(EXPIRED, "stated")
    part = Facts("luat", None, date(2000, 1, 1), None, "expired-part")
    assert validity(part, (), TODAY) == Validity(PARTLY, "stated")
