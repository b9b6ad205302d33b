"""Topics: the tree, and names as people type them."""

import pytest

from kb.vietnamese import topics


def test_the_tree_has_two_levels_and_no_orphans() -> None:
    every = topics.all()
    ids = {topic.id for topic in every}
    assert len(ids) == len(every) == 17 + 80
    for topic in every:
        if topic.parent is None:
            assert not topic.strong
            assert not topic.weak
        else:
            assert topic.parent in ids
            assert topics.get(topic.parent).parent is None  # type: ignore[union-attr]
            assert topic.strong


def test_labels_and_parents() -> None:
    assert topics.label("phong-trao/ngay-hoi") == "Ngày hội toàn dân bảo vệ ANTQ"
    assert topics.label("no-such-topic") == "no-such-topic"
    assert topics.parent("phong-trao/ngay-hoi") == "phong-trao"
    assert topics.parent("phong-trao") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phong-trao/ngay-hoi", "phong-trao/ngay-hoi"),
        ("Ngày hội toàn dân bảo vệ ANTQ", "phong-trao/ngay-hoi"),
        ("ngay hoi toan dan bao ve an ninh to quoc", "phong-trao/ngay-hoi"),
        ("ngay hoi toan dan bao ve antq", "phong-trao/ngay-hoi"),
        ("ngày hội", "phong-trao/ngay-hoi"),
        ("dân vận khéo", "mo-hinh/dan-van-kheo-mh"),
        ("cu tru", "hanh-chinh/cu-tru"),
        ("PCCC", "pccc"),
        ("khen thưởng", "thi-dua/khen-thuong"),
        ("không có chủ đề này", None),
        ("", None),
    ],
)
def test_names_without_accents_or_in_part(text: str, expected: str | None) -> None:
    topic = topics.by_name(text)
    assert (topic.id if topic else None) == expected
