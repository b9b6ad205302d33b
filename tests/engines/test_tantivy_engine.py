"""What only tantivy's files and habits ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.engines.port import All, Bool, IndexDocument, Term, add_all
from kb.engines.tantivy import TantivyEngine
from kb.errors import IndexCorrupt


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "index"
    engine = TantivyEngine.create(path)
    writer = engine.writer()
    add_all(writer, [IndexDocument(f"d{n}", {"body_fold": ["x"] * n}) for n in range(1, 50)])
    writer.close()
    engine.close()
    return path


def test_another_schema_in_meta_json_is_damage(path: Path) -> None:
    """meta.json has no checksum: a field renamed by a flipped bit would just be empty."""
    meta = path / "meta.json"
    meta.write_text(meta.read_text().replace("body_fold", "body_gold"))
    with pytest.raises(IndexCorrupt):
        TantivyEngine.open(path)


def test_verify_reads_everything(path: Path) -> None:
    engine = TantivyEngine.open(path)
    engine.verify()
    file = next(path.glob("*.idx"))
    damaged = bytearray(file.read_bytes())
    damaged[0] ^= 1
    new = file.with_name("new")
    new.write_bytes(damaged)
    new.replace(file)
    with pytest.raises(IndexCorrupt, match=file.name):
        engine.verify()
    engine.close()


@pytest.mark.parametrize("tokens", [["a b"], [""], ["a", "", "b"], [" a"]])
def test_tokens_that_the_joined_text_could_not_hold(path: Path, tokens: list[str]) -> None:
    engine = TantivyEngine.open(path)
    writer = engine.writer()
    with pytest.raises(ValueError, match="body_fold"):
        writer.add(IndexDocument("a", {"body_fold": tokens}))
    writer.close()
    engine.close()


def test_adding_one_document_at_a_time_leaves_few_segments(path: Path) -> None:
    """A writer that does not wait for merges leaves a segment behind every time."""
    engine = TantivyEngine.open(path)
    for number in range(25):
        writer = engine.writer()
        add_all(writer, [IndexDocument(f"one{number}", {"kind": ["x"]})])
        writer.close()
    engine.refresh()
    assert engine.search(Bool(filter=(Term("kind", "x"),))).total == 25
    assert engine.search(All(), limit=0).total == 74
    assert len(list(path.glob("*.store"))) <= 16
    engine.close()
