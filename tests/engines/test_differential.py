"""Random documents, random queries: both engines and the plain reference agree."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from reference import Reference

from kb.engines import port, registry
from kb.engines.port import Engine, IndexDocument, Query

SYLLABLES = ["kế", "hoạch", "công", "an", "đ", "12/kh-cat", "báo", "cáo", "ngày", "hội"]
KEYWORDS = ["plan", "report", "directive", "kế-hoạch", "x"]
TEXT_FIELDS = ["title_syllable", "body_syllable", "body_word"]  # the last keeps no positions
KEYWORD_FIELDS = ["kind", "topic", "symbol"]
FACETS = {"kind": 3, "topic": 10, "year": 2}
DAYS = [20190101, 20200229, 20200301, 20211231]
SEEDS = range(4)
QUERIES = 60


def _document(rng: random.Random, number: int) -> IndexDocument:
    fields: dict[str, port.FieldValue] = {}
    for name in TEXT_FIELDS:
        # At most 40 tokens: up to there tantivy, too, knows the length of a field exactly.
        length = rng.choice((0, 1, 2, 5, 12, 40))
        weights = [1 / (rank + 1) for rank in range(len(SYLLABLES))]
        if length:
            fields[name] = rng.choices(SYLLABLES, weights, k=length)
    for name in (*KEYWORD_FIELDS, "year"):
        fields[name] = rng.sample(KEYWORDS, rng.choice((0, 1, 1, 2, 3)))
    for name in ("date", "covers_from"):
        if rng.random() < 0.7:
            fields[name] = rng.choice(DAYS)
    return IndexDocument(f"{rng.choice('abc')}{number:03d}", fields)


def _query(rng: random.Random, depth: int) -> Query:
    def several(low: int, high: int) -> tuple[Query, ...]:
        return tuple(_query(rng, depth - 1) for _ in range(rng.randint(low, high)))

    def tokens(low: int, high: int) -> tuple[str, ...]:
        return tuple(rng.choices([*SYLLABLES, "lạ"], k=rng.randint(low, high)))

    if depth and rng.random() < 0.7:
        match rng.choice(("bool", "bool", "minimum", "dis_max", "boost", "constant")):
            case "bool":
                return port.Bool(several(0, 2), several(0, 3), several(0, 1), several(0, 1))
            case "minimum":
                minimum = rng.randint(0, 5)
                return port.Bool((), several(1, 6), several(0, 1), several(0, 1), minimum)
            case "dis_max":
                return port.DisMax(several(0, 3), rng.choice((0.0, 0.1, 1.0)))
            case "boost":
                return port.Boost(_query(rng, depth - 1), rng.choice((0.5, 2.0, 10.0)))
            case _:
                return port.Constant(_query(rng, depth - 1), rng.choice((0.0, 1.0, 3.0)))
    leaves = ("term", "term", "keyword", "any_of", "ids", "phrase", "prefix", "range", "all")
    match rng.choice(leaves):
        case "term":
            return port.Term(rng.choice(TEXT_FIELDS), *tokens(1, 1), rng.choice((1.0, 0.3)))
        case "keyword":
            return port.Term(rng.choice(KEYWORD_FIELDS), rng.choice(KEYWORDS), rng.choice((1.0, 4.0)))
        case "any_of":
            return port.AnyOf(
                rng.choice(KEYWORD_FIELDS), tuple(rng.sample(KEYWORDS, rng.randint(0, 3)))
            )
        case "ids":
            return port.Ids(tuple(f"{rng.choice('abc')}{rng.randrange(120):03d}" for _ in range(30)))
        case "phrase":
            return port.Phrase(rng.choice(TEXT_FIELDS[:2]), tokens(0, 3), rng.choice((1.0, 2.0)))
        case "prefix":
            prefix = rng.choice(("k", "b", "12", "", "zz"))
            return port.Prefix(rng.choice(TEXT_FIELDS), prefix, 2.0, rng.choice((1, 2, 1000)))
        case "range":
            ends = [*DAYS, None, 20200101]
            return port.Range(rng.choice(("date", "covers_from")), rng.choice(ends), rng.choice(ends))
        case _:
            return port.All()


@pytest.fixture(params=registry.NAMES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    engine = registry.get(request.param).create(tmp_path / "index")
    yield engine
    engine.close()


def _fill(engine: Engine, reference: Reference, rng: random.Random, *, changes: bool) -> None:
    """Write the same to both, in several commits."""
    writer = engine.writer()
    for number in range(120):
        document = _document(rng, number)
        writer.add(document)
        reference.add(document)
        if changes and rng.random() < 0.3:
            victim = rng.choice(list(reference.documents))
            if rng.random() < 0.5:
                writer.delete(victim)
                reference.delete(victim)
            else:
                again = IndexDocument(victim, _document(rng, number).fields)
                writer.add(again)
                reference.add(again)
        if rng.random() < 0.05:
            writer.commit()
    writer.commit()
    writer.close()
    engine.refresh()


@pytest.mark.parametrize("seed", SEEDS)
def test_same_documents_scores_and_counts(engine: Engine, seed: int) -> None:
    rng = random.Random(seed)
    reference = Reference()
    changes = bool(seed % 2)
    _fill(engine, reference, rng, changes=changes)
    assert sorted(engine.ids()) == sorted(reference.documents)
    for _ in range(QUERIES):
        query = _query(rng, depth=3)
        expected = reference.search(query, limit=1000, facets=FACETS)
        found = engine.search(query, limit=1000, facets=FACETS)
        assert found.total == expected.total == len(found.hits), query
        assert found.facets == expected.facets, query
        scores = {hit.id: hit.score for hit in found.hits}
        assert scores.keys() == {hit.id for hit in expected.hits}, query
        assert list(found.hits) == sorted(found.hits, key=lambda hit: (-hit.score, hit.id)), query
        if not changes:  # deleted documents count in BM25's statistics for a while
            assert scores == pytest.approx({h.id: h.score for h in expected.hits}, rel=1e-4), query


@pytest.mark.parametrize("seed", SEEDS)
def test_same_pages_by_date(engine: Engine, seed: int) -> None:
    rng = random.Random(100 + seed)
    reference = Reference()
    _fill(engine, reference, rng, changes=bool(seed % 2))
    for _ in range(QUERIES // 2):
        query = _query(rng, depth=2)
        order = rng.choice(("newest", "oldest"))
        offset, limit = rng.choice((0, 0, 3, 50)), rng.choice((1, 7, 30))
        found = engine.search(query, order=order, offset=offset, limit=limit)
        assert found == reference.search(query, order=order, offset=offset, limit=limit), query


@pytest.mark.parametrize("field", ["body_syllable", "body_word", "kind"])
def test_same_terms(engine: Engine, field: str) -> None:
    rng = random.Random(7)
    reference = Reference()
    _fill(engine, reference, rng, changes=True)
    for prefix in ("", "k", "kế", "zz"):
        for limit in (1, 3, 100):
            assert engine.terms(field, prefix, limit) == reference.terms(field, prefix, limit)
            within = _query(rng, depth=2)
            found = engine.terms(field, prefix, limit, within=within)
            assert found == reference.terms(field, prefix, limit, within=within), within
