"""Index generations: missing, outdated, damaged, swapped."""

import pytest

from kb.errors import IndexCorrupt, IndexMissing, IndexOutdated
from kb.generations import CURRENT, MANIFEST, Generations, Manifest


@pytest.fixture
def generations(tmp_path):
    return Generations(tmp_path, Manifest("tantivy", "1", "abc"))


def test_no_index_yet(generations):
    assert generations.current() is None
    with pytest.raises(IndexMissing) as error:
        generations.require_current()
    assert "kb reindex" in error.value.remedy


def test_another_engines_index_is_mentioned(tmp_path, generations):
    generations.publish(generations.begin())
    with pytest.raises(IndexMissing) as error:
        Generations(tmp_path, Manifest("whoosh", "1", "abc")).require_current()
    assert "whoosh" in str(error.value)
    assert "tantivy" in str(error.value)


def test_published_generation_is_current_and_the_old_one_swept(generations):
    first = generations.begin()
    generations.publish(first)
    second = generations.begin()
    assert generations.require_current() == first
    generations.publish(second)
    generations.sweep()
    assert generations.require_current() == second
    assert not generations.path(first).exists()


def test_unfinished_generation_is_swept_and_never_current(generations):
    done = generations.begin()
    generations.publish(done)
    half = generations.begin()
    generations.sweep()
    assert generations.require_current() == done
    assert not generations.path(half).exists()


@pytest.mark.parametrize("changed", [("tantivy", "2", "abc"), ("tantivy", "1", "xyz")])
def test_index_of_another_version_or_analysis_asks_for_reindex(tmp_path, generations, changed):
    generations.publish(generations.begin())
    with pytest.raises(IndexOutdated) as error:
        Generations(tmp_path, Manifest(*changed)).require_current()
    assert "kb reindex" in error.value.remedy


@pytest.mark.parametrize("damage", ["", "{", '{"engine": 1}', "[]"])
def test_damaged_manifest_is_detected(generations, damage):
    name = generations.begin()
    generations.publish(name)
    (generations.path(name) / MANIFEST).write_text(damage)
    with pytest.raises(IndexCorrupt):
        generations.require_current()


def test_current_naming_a_missing_folder_is_detected(generations):
    generations.publish(generations.begin())
    (generations.folder / CURRENT).write_text("g-none")
    with pytest.raises(IndexCorrupt):
        generations.require_current()
