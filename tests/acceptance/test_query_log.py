"""The query log on the sample documents: every case of query_log.toml, on every engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from query_log import Answer, Case, check_list, check_passages, check_told, read_cases

from kb.access import PUBLIC
from kb.engines import registry
from kb.library import Library

CASES, CAPABILITIES = read_cases()
TEXTS = Path(__file__).parents[2] / "corpus" / "texts"
ROWS = 62
COMMAND_LINE = 61  # the row that is no search


def parameters() -> list[pytest.ParameterSet]:
    seen: Counter[int] = Counter()
    made = []
    for case in CASES:
        letter = chr(ord("a") + seen[case.row])
        seen[case.row] += 1
        marks = []
        if case.pending:  # an error is no expected failure
            reason = "pending: " + ", ".join(case.pending)
            marks.append(pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason))
        made.append(pytest.param(case, id=f"{case.row:02}{letter}", marks=marks))
    return made


@pytest.mark.parametrize("engine", registry.NAMES)
@pytest.mark.parametrize("case", parameters())
def test_answer(
    case: Case,
    engine: str,
    ask: Callable[[str, str], Answer],
    libraries: dict[str, Library],
) -> None:
    answer = ask(engine, case.typed)
    check_list(case, answer)
    check_told(case, answer)
    check_passages(case, answer)
    if case.same_as is not None:
        other = ask(engine, case.same_as)
        assert answer.numbers == other.numbers
        assert answer.results.total == other.results.total
    if case.starts_as is not None:
        hits = case.starts_as["hits"]
        assert answer.numbers[:hits] == ask(engine, case.starts_as["query"]).numbers[:hits]
    if case.relation is not None:
        hit = answer.hit(case.relation["document"])
        links = libraries[engine].knowledge.relations(hit.id, PUBLIC).outgoing
        found = {(link.relation, link.symbol) for link in links}
        assert (case.relation["relation"], case.relation["symbol"]) in found


def test_every_row_has_a_case() -> None:
    assert {case.row for case in CASES} == set(range(1, ROWS + 1)) - {COMMAND_LINE}


def test_cases_name_samples_and_capabilities_and_can_fail() -> None:
    samples = {int(path.name[:3]) for path in TEXTS.glob("*.toml")}
    for case in CASES:
        assert case.documents() <= samples, case
        assert set(case.pending) <= CAPABILITIES.keys(), case
        assert case.expects, case


def test_no_capability_is_left_over() -> None:
    """A capability that no case waits for any more goes from the file."""
    assert {name for case in CASES for name in case.pending} == CAPABILITIES.keys()
