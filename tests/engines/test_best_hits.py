"""tantivy's short way to the first hits: it finds what the long way finds, or says it is not sure."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from reference import Reference
from test_differential import SYLLABLES, TEXT_FIELDS, _document, _fill, _query

from kb.engines import tantivy_best
from kb.engines.port import AnyOf, Bool, Constant, DisMax, EngineHit, Phrase, Query, Term
from kb.engines.rewriting import simplified, summands
from kb.engines.tantivy import TantivyEngine
from kb.engines.tantivy_best import Best


def _long_query(rng: random.Random) -> Query:
    """Most of several words, as queries are planned: some with alternatives, others only ranking."""
    words = rng.sample(SYLLABLES, rng.randint(4, 8))
    leaves: list[Query] = [Term("body_syllable", word, 0.5) for word in words]
    leaves[0] = DisMax((leaves[0], Phrase("body_syllable", (words[1], words[2]), 2.0)))
    leaves[1] = Bool(should=(leaves[1], Constant(Term("title_syllable", words[1]), 0.0)), minimum=1)
    ranking: list[Query] = [
        Term(rng.choice(TEXT_FIELDS), word, rng.choice((0.3, 1.4, 40.0))) for word in words
    ]
    if rng.random() < 0.5:
        ranking.append(Constant(AnyOf("kind", ("plan", "report")), 3.0))
    if rng.random() < 0.3:
        ranking.append(_query(rng, depth=2))
    required = Bool(should=tuple(leaves), minimum=rng.randint(1, len(leaves) - 1))
    main = Bool(must=(required,), should=tuple(ranking))
    filters = (AnyOf("topic", ("plan", "x", "report")),) if rng.random() < 0.5 else ()
    without = (Term("kind", "x"),) if rng.random() < 0.2 else ()
    return Bool(must=(main,), filter=filters, must_not=without)


def _best(engine: TantivyEngine, query: Query, end: int, total: int) -> list[EngineHit] | None:
    searcher = engine._searcher()
    query = simplified(query, lambda field, token: searcher.doc_freq(field, token) > 0)
    best = Best(engine._schema, searcher, engine._translator(searcher))
    return best.hits(query, end, lambda: total)


@pytest.fixture
def engine(tmp_path: Path):
    engine = TantivyEngine.create(tmp_path / "index")
    yield engine
    engine.close()


@pytest.mark.parametrize("depth", [30, 200])
@pytest.mark.parametrize("seed", range(3))
def test_the_same_hits_or_none(
    engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch, seed: int, depth: int
) -> None:
    monkeypatch.setattr(tantivy_best, "DEPTH", depth)  # of 120 documents
    rng = random.Random(seed)
    reference = Reference()
    changes = bool(seed % 2)
    _fill(engine, reference, rng, changes=changes)
    answers = 0
    for number in range(80):
        query = _long_query(rng) if number % 4 else _query(rng, depth=3)
        end = rng.choice((1, 3, 10) if depth > 100 else (1,))
        all_hits = engine.search(query, limit=1000).hits
        assert {hit.id for hit in all_hits} == reference.find(query).keys(), query
        found = _best(engine, query, end, len(all_hits))
        if found is None:
            continue
        answers += 1
        scores = {hit.id: hit.score for hit in all_hits}
        assert [scores[hit.id] for hit in found] == pytest.approx(
            [hit.score for hit in all_hits[:end]], rel=1e-4
        ), query
        own = [scores[hit.id] for hit in found]
        assert [hit.score for hit in found] == pytest.approx(own, rel=1e-4), query
        assert found == sorted(found, key=lambda hit: (-hit.score, hit.id))
        if not changes:  # deleted documents count in BM25's statistics for a while
            expected = reference.search(query, limit=1000).hits
            assert [hit.score for hit in found] == pytest.approx(
                [hit.score for hit in expected[:end]], rel=1e-4
            ), query
    assert answers > (5 if depth < 100 else 40)


@pytest.mark.parametrize("seed", range(3))
def test_the_summands_of_a_match_are_its_score(seed: int) -> None:
    rng = random.Random(seed)
    reference = Reference(_document(rng, number) for number in range(80))
    for number in range(120):
        query = _long_query(rng) if number % 2 else _query(rng, depth=3)
        sums = reference.find(Bool(should=tuple(summands(query)), minimum=1))
        for name, score in reference.find(query).items():
            assert sums.get(name, 0.0) == pytest.approx(score), query


@pytest.mark.parametrize(
    "query",
    [
        Term("body_syllable", "công"),
        Bool(must=(Term("body_syllable", "công"), Term("body_syllable", "an"))),
        Bool(must_not=(Term("body_syllable", "công"),)),
        AnyOf("kind", ("plan",)),
    ],
)
def test_where_all_words_are_needed_the_long_way_is_as_short(
    engine: TantivyEngine, query: Query
) -> None:
    _fill(engine, Reference(), random.Random(1), changes=False)
    assert _best(engine, query, 10, 100) is None


def test_pages_go_on_where_the_short_way_ends(engine: TantivyEngine) -> None:
    rng = random.Random(5)
    _fill(engine, Reference(), rng, changes=False)
    query = _long_query(rng)
    whole = engine.search(query, limit=100).hits
    paged = [hit for at in range(0, 100, 5) for hit in engine.search(query, offset=at, limit=5).hits]
    assert [hit.id for hit in paged] == [hit.id for hit in whole]
