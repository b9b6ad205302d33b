"""Which phrases of a title are worth suggesting, and the keys they are found by."""

from __future__ import annotations

import pytest

from kb.model import Section
from kb.vietnamese import phrases


def mined(text: str) -> set[str]:
    """All phrases: the beginnings of the runs."""
    return {
        " ".join(run[:end]).replace("_", " ")
        for run in phrases.runs(text)
        for end in range(1, len(run) + 1)
        if phrases.may_end(run[:end]) and "_" in "_".join(run[:end])
    }


@pytest.mark.parametrize(
    ("title", "present", "absent"),
    [
        (
            "Kế hoạch tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2022",
            [
                "kế hoạch tổ chức",
                "ngày hội toàn dân bảo vệ an ninh tổ quốc",
                "an ninh tổ quốc năm 2022",
            ],
            ["an ninh tổ quốc năm", "ninh tổ quốc", "2022"],
        ),
        (
            "Kết quả phòng, chống ma túy",
            ["phòng chống ma túy", "kết quả phòng chống ma túy"],
            ["phòng"],
        ),
        (
            "Quyền và nghĩa vụ của công dân",
            ["quyền và nghĩa vụ", "quyền và nghĩa vụ của công dân"],
            ["quyền và", "nghĩa vụ của", "và nghĩa vụ", "của công dân"],
        ),
        ("Trả lời: bảo vệ rừng", ["trả lời", "bảo vệ rừng"], ["trả lời bảo vệ"]),
        ("Báo cáo 6 tháng đầu năm", ["báo cáo 6 tháng đầu năm"], ["báo cáo 6", "báo cáo 6 tháng đầu"]),
        ("Quyết định 521/QĐ-TTg về phong trào", ["phong trào"], ["quyết định 521", "quyết định về"]),
        ("PHONG TRÀO TOÀN DÂN BẢO VỆ ANTQ", ["phong trào toàn dân bảo vệ ANTQ"], []),
        ("Thực hiện Điều 9 của Luật", ["thực hiện"], ["thực hiện điều"]),
        ("ke hoach phong trao", [], ["ke hoach"]),
    ],
)
def test_phrases_of_a_title(title, present, absent):
    found = mined(title)
    assert set(present) <= found
    assert not set(absent) & found


def test_runs_have_two_to_ten_syllables_and_are_listed_once():
    text = "Công tác bảo vệ bí mật nhà nước và công tác bảo vệ bí mật nhà nước " * 3
    found = phrases.runs(text)
    assert len(set(found)) == len(found)
    assert {len("_".join(run).split("_")) for run in found} <= set(range(2, 11))


def test_runs_of_headings():
    text = (
        "Luật mẫu\nĐiều 1. Phạm vi điều chỉnh\nLuật này quy định.\n"
        "Điều 2. Đối tượng áp dụng\nMọi người."
    )
    sections = [
        Section(text.index("Điều 1"), text.index("Điều 2"), 1, "Điều 1", "Phạm vi điều chỉnh"),
        Section(text.index("Điều 2"), len(text), 1, "Điều 2", "Đối tượng áp dụng"),
        Section(0, len(text), 1, "Phần I", "không đứng ở đây"),
    ]
    found = [" ".join(run) for run in phrases.runs_of_headings(text, sections)]
    assert {"phạm_vi điều_chỉnh", "đối_tượng áp_dụng"} <= set(found)
    assert not any("quy_định" in run or "mọi" in run or "đây" in run for run in found)
    many = sections * 1000
    assert len(phrases.runs_of_headings(text, many)) == len(found)


def test_keys():
    run = ("hòa_bình", "thế_giới")
    (value, *others) = phrases.keys([run, run], "000000000000")
    assert value == "0hoa binh the gioi=hòa_bình thế_giới"
    assert value.startswith(phrases.beginning("hoa b", 0))
    assert all(phrases.read(each) == run for each in (value, *others))


def test_each_level_has_an_eighth_of_the_documents_of_the_one_below():
    ids = [f"{number:012x}" for number in range(4096)]
    levels = [len(phrases.keys([("hòa_bình",)], document_id)) for document_id in ids]
    assert min(levels) == 1
    for level in range(1, 4):
        expected = len(ids) / phrases.SAMPLED**level
        assert 0.5 * expected <= sum(n > level for n in levels) <= 2 * expected
