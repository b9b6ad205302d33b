"""An office's own phrases: added, taken away, told apart from the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.curation import topic_phrases
from kb.curation.topic_phrases import Difference
from kb.errors import BadInput
from kb.vietnamese import topics

FESTIVAL = "phong-trao/ngay-hoi"


def test_phrases_come_and_go_and_the_file_tells_who(tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    assert topic_phrases.differences(path) == []
    topic_phrases.add(path, FESTIVAL, ["đêm hội  toàn dân", ""], strong=True, author="Nguyễn Văn A")
    ours = Difference(FESTIVAL, "đêm hội toàn dân", "strong", True)
    assert topic_phrases.differences(path) == [ours]
    shipped = topics.shipped()[1].strong[0]
    topic_phrases.take_away(path, topics.shipped()[1].id, shipped)
    gone = Difference(topics.shipped()[1].id, shipped, "strong", False)
    assert set(topic_phrases.differences(path)) == {ours, gone}
    topic_phrases.add(path, gone.topic, [shipped], strong=True)
    topic_phrases.take_away(path, FESTIVAL, ours.phrase)
    assert topic_phrases.differences(path) == []
    topic_phrases.add(path, FESTIVAL, [ours.phrase], strong=True)  # and again
    assert topic_phrases.differences(path) == [ours]
    text = path.read_text("utf-8")
    assert text.count("[[topic]]") == 5 and "# Nguyễn Văn A, 20" in text


def test_a_new_topic(tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    new = f"phong-trao/{topics.id_of('Chợ phiên; “an ninh”')}"
    topic_phrases.add(path, new, ["chợ phiên"], strong=False, label="Chợ phiên an ninh")
    assert topic_phrases.differences(path) == [
        Difference("phong-trao/cho-phien-an-ninh", "chợ phiên", "weak", True)
    ]


@pytest.mark.parametrize(
    ("topic", "phrases"),
    [
        ("khong-co", ["a b"]),
        (FESTIVAL, []),
        (FESTIVAL, ["x" * 101]),
        (FESTIVAL, ["123"]),
        ('a"\nx', ["a b"]),
        ("../x", ["a b"]),
    ],
)
def test_what_makes_no_sense_changes_nothing(tmp_path: Path, topic: str, phrases: list[str]) -> None:
    path = tmp_path / "topics.toml"
    with pytest.raises(BadInput):
        topic_phrases.add(path, topic, phrases, strong=True, label="" if topic == "khong-co" else "x")
    with pytest.raises(BadInput):
        topic_phrases.take_away(path, FESTIVAL, "không có")
    assert not path.exists()


def test_a_broken_file_is_told_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_text("[[topic]\n", "utf-8")
    with pytest.raises(BadInput):
        topic_phrases.add(path, FESTIVAL, ["a b"], strong=True)
    with pytest.raises(BadInput):
        topic_phrases.differences(path)
    assert path.read_text("utf-8") == "[[topic]\n"
