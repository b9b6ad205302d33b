"""Rewritten queries find the same documents; simplified ones with the same scores."""

from __future__ import annotations

import random

import pytest
from reference import Reference
from test_differential import _document, _query

from kb.engines.port import All, Bool, Boost, Constant, DisMax, Nothing, Term
from kb.engines.rewriting import matching, simplified

HELD = Term("kind", "plan", 2.0)
ABSENT = Term("kind", "nowhere")


def is_held(_field: str, token: str) -> bool:
    return token != "nowhere"


@pytest.mark.parametrize("seed", range(4))
def test_random_queries(seed: int) -> None:
    rng = random.Random(seed)
    reference = Reference(_document(rng, number) for number in range(60))

    def held(field: str, token: str) -> bool:
        return any(token in reference._tokens(i, field) for i in reference.documents)

    for _ in range(150):
        query = _query(rng, depth=3)
        expected = reference.find(query)
        assert reference.find(simplified(query, held)) == pytest.approx(expected), query
        assert reference.find(matching(query)).keys() == expected.keys(), query


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Bool(should=(HELD, ABSENT), minimum=1), HELD),
        (Bool(should=(HELD, ABSENT), minimum=2), Nothing()),
        (Bool(must=(HELD,), filter=(ABSENT,)), Nothing()),
        (Bool(must=(Bool(must=(HELD,)),)), HELD),
        (DisMax((ABSENT, HELD)), HELD),
        (DisMax((ABSENT, ABSENT)), Nothing()),
        (Boost(ABSENT, 2.0), Nothing()),
        (Constant(Bool(should=(ABSENT, HELD)), 3.0), Constant(HELD, 3.0)),
        # only a prohibition: all other documents, whether or not there are any to leave out
        (Bool(must_not=(ABSENT,)), Bool(must_not=(Nothing(),))),
        (Bool(must=(HELD,), must_not=(ABSENT,)), HELD),
        (Bool(must=(All(),), should=(ABSENT,)), All()),
    ],
)
def test_simplified(query, expected) -> None:
    assert simplified(query, is_held) == expected


def test_matching_drops_what_only_ranks() -> None:
    query = Bool(must=(HELD,), should=(Term("body_word", "kế_hoạch"),), filter=(Boost(HELD, 2.0),))
    assert matching(query) == Bool(must=(HELD,), filter=(HELD,))
