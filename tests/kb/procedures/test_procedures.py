"""Steps, papers, deadlines and duties in guidance."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from kb.access import PUBLIC
from kb.cli import kb
from kb.library import Library
from kb.model import Metadata, Section, StoredText, Value
from kb.procedures.reading import promises, read
from kb.results import SearchRequest

TEXT = """HƯỚNG DẪN

I. YÊU CẦU
1. Đúng đối tượng.

II. TRÌNH TỰ THỰC HIỆN
1. Đăng ký
Đơn vị lập bản đăng ký, gửi Công an phường trước ngày 26/01/2026.

2. Thẩm định: trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ, Công an phường kiểm tra.

3. Hồ sơ đề nghị gồm: bản tự đánh giá; biên bản họp khu dân cư; tờ trình. Hồ sơ lập thành 02 bộ.

III. TỔ CHỨC THỰC HIỆN
Công an phường chủ trì hướng dẫn, báo cáo trước ngày 14 hằng tháng.

Nơi nhận:
- Công an phường chịu trách nhiệm trước ngày 01/01/2020;
"""


def stored(text: str = TEXT, kind: str = "huong-dan") -> StoredText:
    sections = []
    for label, title in (("I", "YÊU CẦU"), ("II", "TRÌNH TỰ THỰC HIỆN"), ("III", "TỔ CHỨC THỰC HIỆN")):
        at = text.find(f"{label}. {title}")
        if at >= 0:
            sections.append(Section(label=label, title=title, level=1, start=at, end=at + len(title)))
    return StoredText(text, Metadata(kind=Value(kind, 1.0, None, "test")), tuple(sections))


def test_steps_are_those_under_a_heading_that_says_how() -> None:
    found = read(stored()).steps
    assert [(each.label, each.text[:30]) for each in found] == [
        ("1", "Đăng ký: Đơn vị lập bản đăng k"),
        ("2", "Thẩm định: trong thời hạn 05 n"),
        ("3", "Hồ sơ đề nghị gồm: bản tự đánh"),
    ]
    assert TEXT[found[1].span.start :].startswith("2. Thẩm định")


def test_papers() -> None:
    assert [each.text for each in read(stored()).papers] == [
        "bản tự đánh giá", "biên bản họp khu dân cư", "tờ trình",
    ]  # fmt: skip


def test_deadlines_of_days_months_and_lengths() -> None:
    assert [each.label for each in read(stored()).deadlines] == [
        "trước ngày 26/01/2026",
        "trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ",
        "trước ngày 14 hằng tháng",
    ]


def test_who_is_responsible() -> None:
    assert [each.label for each in read(stored()).duties] == ["Công an phường"]


def test_reports_and_empty_texts_tell_nothing() -> None:
    assert not read(stored(kind="bao-cao")) and not promises(stored(kind="bao-cao"))
    assert not read(StoredText("")) and not promises(StoredText(""))
    assert promises(stored())


@pytest.mark.parametrize(
    "text", ["hồ sơ gồm " * 5000, "trước ngày " * 5000, "1. " * 5000, "A" * 100_000]
)
def test_hostile_texts_take_no_time(text: str) -> None:
    read(stored("II. TRÌNH TỰ THỰC HIỆN\n" + text))


def test_a_circular_of_the_samples(libraries: dict[str, Library]) -> None:
    library = libraries["tantivy"]
    hit = library.search(SearchRequest("124/2021/TT-BCA"), PUBLIC).hits[0]
    found = library.knowledge.procedure(hit.id, PUBLIC)
    assert any("bản đăng ký đầu năm" in each.text for each in found.papers)
    assert any("15 tháng 11" in each.label for each in found.deadlines)
    env = {"KB_HOME": str(library.settings.home)}
    told = CliRunner().invoke(kb, ["procedure", hit.id, "--json"], env=env)
    assert json.loads(told.output)["steps"]
    assert "Thời hạn" in CliRunner().invoke(kb, ["procedure", hit.id], env=env).output
