"""The office's own topics: tried, added, checked, and applied without reading a file again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.pipeline import ingest
from indexer.reread import topics_again
from kb.access import PUBLIC
from kb.cli import kb
from kb.library import Library
from kb.results import SearchRequest
from kb.settings import Settings
from kb.vietnamese import topics

TEXT = """Kế hoạch tổ chức đêm hội toàn dân năm 2022

Nhân dân các khu phố vui đêm hội toàn dân; đêm hội toàn dân có văn nghệ.
"""


@pytest.fixture
def run(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("KB_TOPICS_FILE", "")  # before a library sets it: put back at the end
    (tmp_path / "van-ban").mkdir()
    (tmp_path / "van-ban" / "a.txt").write_text(TEXT, "utf-8")
    with Library.writing(settings) as library:
        ingest(library, [tmp_path / "van-ban"], jobs=1)
        library.reindex()
    monkeypatch.setenv("KB_HOME", str(settings.home))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(kb, ["topics", *arguments])

    return run


def found(settings: Settings) -> list[str]:
    opened = Library.open(settings)
    try:
        hits = opened.search(SearchRequest(topics=("phong-trao/ngay-hoi",)), PUBLIC).hits
        return [hit.title for hit in hits]
    finally:
        opened.close()


def test_a_phrase_is_added_tried_applied_and_taken_back(
    run, settings: Settings, tmp_path: Path
) -> None:
    assert found(settings) == []
    assert run("add", "phong-trao/ngay-hoi", "đêm hội toàn dân", "--strong").exit_code == 0
    tried = run("test", str(tmp_path / "van-ban" / "a.txt"))
    assert "phong-trao/ngay-hoi" in tried.output and "đêm hội toàn dân" in tried.output
    assert "Sẽ đổi 1/1" in run("apply", "--dry-run").output
    assert found(settings) == []
    (tmp_path / "van-ban" / "a.txt").unlink()  # no file is read again
    assert "Đã đổi 1/1" in run("apply").output
    assert found(settings) == ["Kế hoạch tổ chức đêm hội toàn dân năm 2022"]
    settings.topics_file.unlink()
    assert "Đã đổi 1/1" in run("apply").output
    assert found(settings) == []


def test_a_topic_of_ones_own(run, settings: Settings) -> None:
    new = "phong-trao/dem-hoi"
    assert run("add", new, "đêm hội toàn dân", "--strong").exit_code != 0  # without a label
    assert not settings.topics_file.exists()
    assert run("add", new, "đêm hội toàn dân", "--strong", "--label", "Đêm hội").exit_code == 0
    run("apply")
    assert "     1    phong-trao/dem-hoi  Đêm hội" in run("list").output
    assert topics.label(new) == "Đêm hội"


@pytest.mark.parametrize(
    "content",
    [
        "x",
        "[[topic]]\nid = 1",
        "[[topic]]\nid = 'phong-trao'\nstrong = 'a'",
        "a = 1",
        "[[topic]]\nid = 'phong-trao'\nstrog = ['a']",
        "[[topic]]\nid = 'x/y'\nlabel = 'Y'",
    ],
)
def test_a_broken_file_is_told_and_searching_goes_on(run, settings: Settings, content: str) -> None:
    settings.topics_file.write_text(content, "utf-8")
    for command in (("check",), ("apply",)):
        result = run(*command)
        assert result.exit_code != 0
        assert "topics.toml" in str(result.exception)
    assert settings.topics_file.read_text("utf-8") == content
    opened = Library.open(settings)
    assert opened.search(SearchRequest("đêm hội"), PUBLIC).total == 1
    opened.close()


def test_check_tells_phrases_of_two_topics(run) -> None:
    assert "Không có gì" in run("check").output
    run("add", "mo-hinh", "ngày hội toàn dân")
    assert "“ngày hội toàn dân” nói cho nhiều chủ đề" in run("check").output


def test_topics_read_again_are_those_read_from_the_file(libraries: dict[str, Library]) -> None:
    library = libraries["tantivy"]
    topics.use(library.settings.topics_file)
    for hit in library.search(SearchRequest(per_page=100), PUBLIC).hits:
        document = library.get(hit.id, PUBLIC).document
        assert topics_again(document) == document.metadata.topics, hit.title
