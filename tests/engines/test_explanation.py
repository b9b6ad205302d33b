"""An explanation's arithmetic is the engine's: on random queries, and what it says of each node."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from reference import Reference
from test_differential import _fill, _query

from kb.engines import port, registry
from kb.engines.explanation import explain
from kb.engines.port import Engine, IndexDocument

TOLERANCE = 1e-4  # scores are rounded to 16 bits, sums of them to a little less


@pytest.fixture(params=registry.NAMES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    engine = registry.get(request.param).create(tmp_path / "index")
    yield engine
    engine.close()


@pytest.mark.parametrize("seed", range(2))
def test_contributions_add_up_to_the_score(engine: Engine, seed: int) -> None:
    rng = random.Random(seed)
    reference = Reference()
    _fill(engine, reference, rng, changes=False)
    checked = 0
    for _ in range(25):
        query = _query(rng, depth=3)
        result = engine.search(query, limit=len(reference.documents))
        scores = {hit.id: hit.score for hit in result.hits}
        for document_id in rng.sample(sorted(reference.documents), 8):
            explained = explain(engine, query, document_id)
            total = sum(node.contribution for node in explained.scoring())
            assert explained.matched == (document_id in scores), query
            assert total == pytest.approx(scores.get(document_id, 0.0), rel=TOLERANCE, abs=1e-6), query
            assert explained.contribution == pytest.approx(total, rel=TOLERANCE, abs=1e-6), query
            checked += document_id in scores
    assert checked > 30


@pytest.fixture
def small(engine: Engine) -> Engine:
    writer = engine.writer()
    for name, text, kind in (("a", "kế hoạch năm", "plan"), ("b", "báo cáo năm", "report")):
        writer.add(IndexDocument(name, {"body_syllable": text.split(), "kind": [kind]}))
    writer.commit()
    writer.close()
    engine.refresh()
    return engine


def test_what_does_not_score(small: Engine) -> None:
    """Filters, prohibitions and what is below a node that fails contribute nothing."""
    word, kind = port.Term("body_syllable", "năm"), port.Term("kind", "plan", 5.0)
    query = port.Bool(must=(word,), filter=(kind,), must_not=(port.Term("kind", "report"),))
    found = explain(small, query, "a")
    assert [(node.role, node.matched, node.contribution > 0) for node in found.children] == [
        ("must", True, True),
        ("filter", True, False),
        ("must_not", False, False),
    ]
    failed = explain(small, query, "b")
    assert not failed.matched
    assert failed.contribution == 0.0
    assert [(node.role, node.matched) for node in failed.children] == [
        ("must", True),
        ("filter", False),
        ("must_not", True),
    ]
    assert all(node.contribution == 0.0 for node in failed.scoring())


def test_the_best_of_alternatives_contributes_the_others_by_the_tie(small: Engine) -> None:
    low, high = port.Term("kind", "plan", 2.0), port.Constant(port.Term("body_syllable", "kế"), 10.0)
    found = explain(small, port.Boost(port.DisMax((low, high), tie=0.5), 3.0), "a")
    assert [node.contribution for node in found.scoring()] == [3.0, 30.0]
    assert found.contribution == 33.0


@pytest.mark.parametrize("document_id", ["zz", ""])
def test_an_unknown_document_matches_nothing(small: Engine, document_id: str) -> None:
    assert not explain(small, port.All(), document_id).matched
