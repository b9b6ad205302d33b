"""How engines are used beyond single searches: wrong fields, several threads, many segments."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from kb.engines import port, registry
from kb.engines.port import Engine, IndexDocument, add_all


@pytest.fixture(params=registry.NAMES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    engine = registry.get(request.param).create(tmp_path / "index")
    yield engine
    engine.close()


@pytest.mark.parametrize(
    ("query", "possible"),
    [
        (port.Term("boddy", "x"), "body_fold"),
        (port.Term("date", "x"), "body_fold"),
        (port.AnyOf("body_fold", ("x",)), "kind"),
        (port.Phrase("body_word", ("x", "y")), "body_syllable"),
        (port.Prefix("date", "x"), "symbol"),
        (port.Range("kind", 1, 2), "covers_from"),
        (port.Bool(must=(port.Boost(port.Term("nix", "x"), 2),)), "body_fold"),
        (port.DisMax((port.Constant(port.Range("nix", 1, 2)),)), "covers_to"),
    ],
)
def test_a_field_that_does_not_fit(engine: Engine, query: port.Query, possible: str) -> None:
    with pytest.raises(ValueError, match=possible):
        engine.search(query)


def test_a_facet_that_is_none(engine: Engine) -> None:
    with pytest.raises(ValueError, match="kind"):
        engine.search(port.All(), facets={"symbol": 3})


def test_terms_of_a_field_that_has_none(engine: Engine) -> None:
    with pytest.raises(ValueError, match="body_fold"):
        engine.terms("date")


@pytest.mark.parametrize("fields", [{"nix": ["x"]}, {"nix": 3}, {"kind": 3}])
def test_a_document_with_a_field_that_does_not_fit(
    engine: Engine, fields: dict[str, port.FieldValue]
) -> None:
    writer = engine.writer()
    add_all(writer, [IndexDocument("a", {"kind": ["x"]})])
    with pytest.raises(ValueError, match="no such field"):
        writer.add(IndexDocument("a", fields))
    with pytest.raises(ValueError, match="no such field"):
        writer.add(IndexDocument("c", fields))
    writer.add(IndexDocument("b", {"kind": ["x"]}))
    writer.commit()
    assert sorted(engine.ids()) == ["a", "b"]
    writer.close()


def test_an_empty_index(engine: Engine) -> None:
    assert engine.count() == 0
    assert list(engine.ids()) == []
    assert engine.terms("body_fold") == []
    for query in (port.All(), port.Term("body_fold", "x"), port.Bool(must_not=(port.Nothing(),))):
        result = engine.search(query, facets={"kind": 5}, order="newest")
        assert (result.total, result.hits, result.facets) == (0, (), {"kind": ()})


def test_searching_in_threads_while_one_writes(engine: Engine) -> None:
    done = Event()

    def search() -> list[int]:
        totals = []
        while not done.is_set():
            engine.refresh()
            result = engine.search(port.Term("body_fold", "chung"), limit=1000, facets={"kind": 1})
            assert result.total == len(result.hits)
            assert sum(count for _value, count in result.facets["kind"]) == result.total
            assert result.total % 10 == 0  # whole commits only
            totals.append(result.total)
        return totals

    with ThreadPoolExecutor(4) as pool:
        searches = [pool.submit(search) for _ in range(4)]
        writer = engine.writer()
        for batch in range(15):
            fields = {"body_fold": ["chung"], "kind": ["x"]}
            add_all(writer, [IndexDocument(f"{batch:02d}-{n}", fields) for n in range(10)])
        done.set()
        for totals in (search.result() for search in searches):
            assert totals == sorted(totals)
    writer.close()
    assert engine.count() == 150


def test_counts_are_exact_over_many_segments(engine: Engine) -> None:
    """An engine that takes each segment's most frequent values and adds them up would be wrong."""
    writer = engine.writer()
    for segment in range(6):
        # In each segment 300 other values come before "steady".
        values = [f"s{segment}v{n:03d}" for n in range(300) for _ in range(2)] + ["steady"]
        documents = [
            IndexDocument(f"{segment}-{n:04d}", {"unit": [value]}) for n, value in enumerate(values)
        ]
        add_all(writer, documents)
    writer.close()
    counts = engine.search(port.All(), facets={"unit": 2}).facets["unit"]
    assert counts == (("steady", 6), ("s0v000", 2))


def test_a_commit_has_a_name_of_its_own(engine: Engine) -> None:
    names = [engine.commit]
    writer = engine.writer()
    for number in range(3):
        writer.add(IndexDocument(str(number), {"kind": ["x"]}))
        assert engine.commit == names[-1]
        writer.commit()
        names.append(engine.commit)
        engine.refresh()
        assert engine.commit == names[-1]
    assert len(set(names)) == 4


def test_many_terms_within_a_query(engine: Engine) -> None:
    """However many tokens there are, only the matching documents count."""
    documents = [
        IndexDocument(
            str(n), {"body_fold": ["same", f"word{n:03}"], "kind": ["odd" if n % 2 else "even"]}
        )
        for n in range(200)
    ]
    add_all(engine.writer(), documents)
    odd = port.AnyOf("kind", ("odd",))
    assert engine.terms("body_fold", "word", 300, within=odd) == [
        (f"word{n:03}", 1) for n in range(1, 200, 2)
    ]
    assert engine.terms("body_fold", "word00", within=odd) == [
        (f"word00{n}", 1) for n in range(1, 10, 2)
    ]
    assert engine.terms("body_fold", "same", within=odd) == [("same", 100)]
