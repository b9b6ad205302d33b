"""NAME.meta.toml: what a person says wins; mistakes are told, not swallowed."""

from datetime import date
from pathlib import Path

import pytest
from field_samples import PLAN, extracted

from indexer.metadata import sidecar
from indexer.metadata.read import read
from kb.model import Metadata


@pytest.fixture
def metadata() -> Metadata:
    return read(extracted(PLAN), "ke-hoach.txt").metadata


def apply(metadata: Metadata, tmp_path: Path, text: str) -> tuple[Metadata, str, tuple[str, ...]]:
    path = tmp_path / "ke-hoach.txt"
    sidecar.place(path).write_text(text, encoding="utf-8")
    return sidecar.apply(metadata, path)


def test_without_a_sidecar_nothing_changes(metadata: Metadata, tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    assert sidecar.apply(metadata, path) == (metadata, "public", ())
    assert sidecar.digest(path) is None


def test_every_field_can_be_set(metadata: Metadata, tmp_path: Path) -> None:
    text = """
title = "Tên khác"
symbol = "số 15/KH-CAT-PV05"
kind = "Báo cáo"
issued_on = 2023-01-02
issuer = "Công an tỉnh Bắc Ninh"
subject = "Trích yếu khác"
signer = "Trần Văn B"
author = "Lê Văn C"
published_on = "03/01/2023"
event_on = 2023-01-01
topics = ["phong-trao/ngay-hoi", "dân vận khéo"]
covers = ["2022-07-01", "2022-12-31"]
label = "noi-bo"
"""
    changed, label, warnings = apply(metadata, tmp_path, text)
    assert warnings == ()
    assert label == "noi-bo"
    for name, value in {
        "title": "Tên khác",
        "symbol": "15/KH-CAT-PV05",
        "kind": "bao-cao",
        "issued_on": date(2023, 1, 2),
        "issuer": "Công an tỉnh Bắc Ninh",
        "unit": "cat-bac-ninh",
        "subject": "Trích yếu khác",
        "signer": "Trần Văn B",
        "author": "Lê Văn C",
        "published_on": date(2023, 1, 3),
        "event_on": date(2023, 1, 1),
    }.items():
        found = getattr(changed, name)
        assert (found.value, found.confidence, found.rule) == (value, 1.0, "sidecar"), name
    assert [topic.value for topic in changed.topics] == [
        "phong-trao/ngay-hoi",
        "mo-hinh/dan-van-kheo-mh",
    ]
    assert changed.covers == (date(2022, 7, 1), date(2022, 12, 31))


def test_a_unit_by_id_or_name_and_a_period_in_words(metadata: Metadata, tmp_path: Path) -> None:
    changed, _, _ = apply(metadata, tmp_path, 'unit = "cat-nghe-an"\ncovers = "6 tháng đầu năm 2020"')
    assert changed.unit is not None and changed.unit.value == "cat-nghe-an"
    assert changed.covers == (date(2020, 1, 1), date(2020, 6, 30))
    changed, _, _ = apply(metadata, tmp_path, 'unit = "Công an huyện Nghi Xuân"')
    assert changed.unit is not None and changed.unit.value == "cah-nghi-xuan-ha-tinh"


def test_an_empty_value_takes_a_field_away(metadata: Metadata, tmp_path: Path) -> None:
    changed, _, warnings = apply(
        metadata, tmp_path, 'symbol = ""\ntopics = []\nissued_on = ""\ncovers = ""'
    )
    assert warnings == ()
    assert changed.symbol is None and changed.topics == () and changed.issued_on is None
    assert changed.covers is None


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('so_hieu = "12/KH"', "so_hieu"),
        ('symbol = "không phải số"', "symbol"),
        ('kind = "thơ"', "kind"),
        ('issued_on = "hôm kia"', "issued_on"),
        ("issued_on = 5", "issued_on"),
        ("topics = 7", "topics"),
        ('topics = ["không có"]', "topics"),
        ('unit = "Một nơi nào đó"', "unit"),
        ('covers = ["2022-12-31", "2022-01-01"]', "covers"),
        ("title = 7", "title"),
    ],
)
def test_a_bad_key_or_value_is_a_warning_with_key_and_line(
    metadata: Metadata, tmp_path: Path, line: str, key: str
) -> None:
    text = f'# ghi chú\nsigner = "Lê Văn C"\n{line}\n'
    changed, label, warnings = apply(metadata, tmp_path, text)
    assert len(warnings) == 1
    assert f"“{key}”" in warnings[0]
    assert "dòng 3" in warnings[0]
    assert changed.signer is not None and changed.signer.value == "Lê Văn C"
    assert changed.symbol == metadata.symbol
    assert label == "public"


@pytest.mark.parametrize("content", [b"title = ", b"\xff\xfe\x00", b"[[["])
def test_an_unreadable_sidecar_is_a_warning(metadata: Metadata, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ke-hoach.txt"
    sidecar.place(path).write_bytes(content)
    changed, _, warnings = sidecar.apply(metadata, path)
    assert changed == metadata
    assert len(warnings) == 1
    assert "ke-hoach.txt.meta.toml" in warnings[0]


def test_the_digest_changes_with_the_content(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    sidecar.place(path).write_text('title = "A"', encoding="utf-8")
    first = sidecar.digest(path)
    sidecar.place(path).write_text('title = "B"', encoding="utf-8")
    assert first is not None
    assert sidecar.digest(path) != first
