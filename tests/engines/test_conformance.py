"""Every case of cases/*.json on every engine, on disk, and on the plain reference."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import conformance
import pytest
from reference import Reference

from kb.engines import registry
from kb.engines.port import Engine, IndexDocument, add_all

FILES = conformance.load()
SEARCHES = [case for _documents, cases in FILES.values() for case in cases if "steps" not in case.data]
CHANGES = [case for _documents, cases in FILES.values() for case in cases if "steps" in case.data]


@pytest.fixture(scope="module", params=registry.NAMES)
def engines(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """file name -> an engine that holds the file's documents, opened anew after writing."""
    opened = {}
    for file, (documents, _cases) in FILES.items():
        path = tmp_path_factory.mktemp(request.param) / file
        _write(request.param, path, documents).close()
        opened[file] = registry.get(request.param).open(path)
    yield opened
    for engine in opened.values():
        engine.close()


def _write(name: str, path: Path, documents: list[IndexDocument]) -> Engine:
    engine = registry.get(name).create(path)
    writer = engine.writer()
    # In several commits, so that every search runs over several segments.
    for part in (documents[: len(documents) // 2], documents[len(documents) // 2 : -1], documents[-1:]):
        add_all(writer, part)
    writer.close()
    return engine


def test_there_are_enough_cases() -> None:
    assert len(SEARCHES) + len(CHANGES) >= 60


@pytest.mark.parametrize("case", SEARCHES, ids=lambda case: case.name)
def test_case(engines: dict[str, Engine], case: conformance.Case) -> None:
    conformance.run(engines[case.file], case.data)


@pytest.mark.parametrize("case", SEARCHES, ids=lambda case: case.name)
def test_case_on_the_reference(case: conformance.Case) -> None:
    documents, _cases = FILES[case.file]
    if len(documents) > 3000:
        pytest.skip("too many documents for the plain reference")
    conformance.run(Reference(documents), case.data)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", registry.NAMES)
@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case.name)
def test_changes(name: str, case: conformance.Case, tmp_path: Path) -> None:
    path = tmp_path / "index"
    engine = _write(name, path, FILES[case.file][0])
    writer = engine.writer()
    for step in case.data["steps"]:
        ((action, value),) = step.items()
        if action == "add":
            for document in conformance.documents(value):
                writer.add(document)
        elif action == "delete":
            writer.delete(value)
        elif action == "commit":
            writer.commit()
        else:
            assert action == "reopen"
            writer.close()
            engine.close()
            engine = registry.get(name).open(path)
            writer = engine.writer()
    engine.refresh()
    conformance.run(engine, case.data)
    assert engine.count() == case.data.get("count", engine.count())
    assert sorted(engine.ids()) == case.data.get("all_ids", sorted(engine.ids()))
    writer.close()
    engine.close()
