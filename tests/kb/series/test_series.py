"""Chains, gaps and series over the sample documents of corpus/."""

from __future__ import annotations

import json
from datetime import date

import pytest
from by_symbol import id_of
from click.testing import CliRunner

from kb.access import PUBLIC
from kb.cli import kb
from kb.errors import NotFound
from kb.library import Library


@pytest.fixture(scope="module")
def corpus(libraries: dict[str, Library]) -> Library:
    return libraries["tantivy"]


def test_a_chain_goes_up_to_the_directive_and_down_to_the_report(corpus: Library) -> None:
    steps = corpus.knowledge.chain(id_of(corpus, "12/KH-CAT-PV05"), PUBLIC)
    told = {(step.level, step.issue.symbol) for step in steps}
    assert (-1, "06/CT-BCA-V05") in told
    assert (-2, "09-CT/TW") in told
    assert (1, "21/KH-BCĐ") in told
    assert (2, "34/BC-BCĐ") in told
    assert {step.relation for step in steps} <= {"implements", "reports_on", "guides"}


def test_a_plan_with_a_report_is_no_gap(corpus: Library) -> None:
    found = {gap.issue.symbol: gap for gap in corpus.knowledge.gaps(PUBLIC, date(2026, 11, 1))}
    assert "21/KH-BCĐ" not in found  # 34/BC-BCĐ reports on it
    assert found["12/KH-CAT-PV05"].carried_out_by >= 2
    assert corpus.knowledge.gaps(PUBLIC, date(2000, 1, 1)) == []


def test_the_same_work_of_other_years(corpus: Library) -> None:
    first, second = id_of(corpus, "12/KH-CAT-PV05"), id_of(corpus, "19/KH-CAT-PV05")
    for document_id in (first, second):
        assert [each.id for each in corpus.knowledge.series(document_id, PUBLIC)] == [first, second]
    assert corpus.knowledge.series(id_of(corpus, "124/2021/TT-BCA"), PUBLIC) == []


def test_the_last_of_a_series(corpus: Library) -> None:
    first, second = id_of(corpus, "12/KH-CAT-PV05"), id_of(corpus, "19/KH-CAT-PV05")
    law = id_of(corpus, "124/2021/TT-BCA")
    found = corpus.knowledge.newest([first, second, law, "khong"], PUBLIC)
    assert {id_: issue.id for id_, issue in found.items()} == {first: second}


def test_commands(corpus: Library) -> None:
    env = {"KB_HOME": str(corpus.settings.home)}
    first, second = id_of(corpus, "12/KH-CAT-PV05"), id_of(corpus, "19/KH-CAT-PV05")
    run = CliRunner()
    assert "-1 Thực hiện: " in run.invoke(kb, ["chain", first], env=env).output
    assert json.loads(run.invoke(kb, ["chain", first, "--json"], env=env).output)[0]["level"] < 0
    assert first in run.invoke(kb, ["gaps"], env=env).output
    assert f"* {first}" in run.invoke(kb, ["series", first], env=env).output
    compared = run.invoke(kb, ["compare", first, second], env=env)
    assert compared.exit_code == 0 and "đoạn thêm" in compared.output
    assert json.loads(run.invoke(kb, ["compare", first, second, "--json"], env=env).output)["changes"]
    assert run.invoke(kb, ["compare", first, "khong"], env=env).exit_code != 0
    with pytest.raises(NotFound):
        corpus.knowledge.chain("khong", PUBLIC)
