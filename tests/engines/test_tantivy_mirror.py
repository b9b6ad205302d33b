"""A folder that may not be written can be searched, and new commits in it are seen."""

from __future__ import annotations

import contextlib

import pytest

from kb.engines import tantivy_mirror
from kb.engines.port import IndexDocument, Term
from kb.engines.tantivy import TantivyEngine


def add(engine: TantivyEngine, document_id: str) -> None:
    writer = engine.writer()
    writer.add(IndexDocument(document_id, {"body_fold": ["camera"]}))
    writer.commit()
    writer.close()


@pytest.fixture
def original(tmp_path):
    with contextlib.closing(TantivyEngine.create(tmp_path / "index")) as engine:
        add(engine, "a")
        yield engine


@pytest.mark.parametrize("links", [True, False])
def test_reading_without_the_right_to_write(original, tmp_path, monkeypatch, links):
    def refuse(self, target, *_options):
        raise OSError("no right to make links")

    monkeypatch.setattr(tantivy_mirror.os, "access", lambda path, mode: False)
    if not links:
        monkeypatch.setattr(tantivy_mirror.Path, "symlink_to", refuse)
    before = sorted(p.name for p in (tmp_path / "index").iterdir())
    with contextlib.closing(TantivyEngine.open(tmp_path / "index")) as reader:
        assert reader._path == tmp_path / "index"
        stand_in = reader._mirror.path
        assert [hit.id for hit in reader.search(Term("body_fold", "camera")).hits] == ["a"]
        assert sorted(p.name for p in (tmp_path / "index").iterdir()) == before
        add(original, "b")
        reader.refresh()
        assert [hit.id for hit in reader.search(Term("body_fold", "camera")).hits] == ["a", "b"]
    assert not stand_in.exists()
