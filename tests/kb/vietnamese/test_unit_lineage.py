"""Units through time: other names, predecessors, successors, ends."""

from __future__ import annotations

from datetime import date

import pytest

from kb.vietnamese import units
from kb.vietnamese.places import provinces
from kb.vietnamese.unit_lineage import ended, scope, successor, take_over
from kb.vietnamese.unit_table import table


@pytest.mark.parametrize(
    ("unit", "others"),
    [
        # renamed: one unit under every name
        ("bca-v05", {"bca-v28", "bca-x17"}),
        ("bca-v28", {"bca-v05", "bca-x17"}),
        ("pv28", {"pv05"}),
        ("cat-ha-tinh-pv05", {"cat-ha-tinh-pv28"}),
        ("tinh-hue", {"tinh-thua-thien-hue"}),
        ("cat-thua-thien-hue", {"cat-hue"}),
        # merged: the new one covers the old ones, not the other way round
        ("tinh-ho-chi-minh", {"tinh-binh-duong", "tinh-ba-ria-vung-tau"}),
        ("cat-ho-chi-minh", {"cat-binh-duong", "cat-ba-ria-vung-tau"}),
        ("cat-quang-ngai", {"cat-kon-tum"}),
        ("ubnd-tinh-phu-tho", {"ubnd-tinh-hoa-binh", "ubnd-tinh-vinh-phuc"}),
        ("cat-bac-ninh-pv05", {"cat-bac-ninh-pv28", "cat-bac-giang-pv05", "cat-bac-giang-pv28"}),
        ("cat-binh-duong", set()),
        ("tinh-kon-tum", set()),
        # districts changed their kind and kept their name, unless two are neighbours
        ("cah-que-vo-bac-ninh", {f"{c}-que-vo-bac-ninh" for c in ("caq", "catp", "catx")}),
        ("cah-ky-anh-ha-tinh", set()),
        # communes of a province that was merged
        ("cap-thuan-an-binh-duong", {"cap-thuan-an-ho-chi-minh"}),
        ("dia-ban-thuan-an-binh-duong", {"dia-ban-thuan-an-ho-chi-minh"}),
        # a name in several provinces
        ("dia-ban-cho-moi-chua-ro", {"dia-ban-cho-moi-an-giang", "dia-ban-cho-moi-bac-kan"}),
        ("nhom-bcd138", {"bcd138-cp"}),
        ("bca", set()),
        ("cat-ha-tinh.doi-3", set()),
        ("truong-dai-hoc-abc", set()),
    ],
)
def test_what_a_search_for_a_unit_covers(unit, others):
    assert scope(unit)[0] == unit
    assert set(scope(unit)[1:]) == others


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("bca-x17", "bca-v28"),
        ("bca-v28", "bca-v05"),
        ("bca-v05", None),
        ("cat-ha-tinh-pv28", "cat-ha-tinh-pv05"),
        ("cat-binh-duong", "cat-ho-chi-minh"),
        ("ubnd-tinh-kon-tum", "ubnd-tinh-quang-ngai"),
        ("tinh-thua-thien-hue", "tinh-hue"),
        ("cat-ho-chi-minh", None),
        ("cah-nghi-xuan-ha-tinh", None),  # its tasks went to several
        ("cat-chua-ro", None),
    ],
)
def test_successors(unit, expected):
    assert successor(unit) == expected


def test_every_province_of_before_is_covered_by_one_of_today():
    covered = [name for slug, p in provinces().items() if not p.until for name in scope(f"tinh-{slug}")]
    assert sorted(covered) == sorted(f"tinh-{slug}" for slug in provinces())


def test_every_former_code_meets_todays():
    for entry in table().entries.values():
        if entry.former:
            assert any(
                not table().entries[u].former for u in scope(entry.id) if u in table().entries
            ) or (entry.successor not in table().entries)


def test_ends():
    assert ended("cah-nghi-xuan-ha-tinh") == date(2025, 2, 28)
    assert ended("ubnd-huyen-nghi-xuan-ha-tinh") == date(2025, 6, 30)
    assert ended("cat-binh-duong") == ended("tinh-binh-duong") == date(2025, 6, 30)
    assert ended("cat-ha-tinh") is ended("bca-v05") is ended("cax-thach-ha-ha-tinh") is None


def test_the_movement_office_became_a_team_of_the_staff_office():
    for unit in ("pv05", "pv28"):
        found = take_over(unit)
        assert found is not None
        assert (found.unit, found.since, found.topic) == ("pv01", date(2025, 3, 1), "phong-trao")
    found = take_over("cat-ha-tinh-pv28")
    assert found is not None and found.unit == "cat-ha-tinh-pv01"
    assert take_over("pv01") is take_over("bca-v05") is None


def test_what_a_document_is_filed_under():
    filed = units.filed_under("ubnd-xa-cuong-gian-ha-tinh")
    assert filed[:1] == ("ubnd-xa-cuong-gian-ha-tinh",)
    assert {"tinh-ha-tinh", "dia-ban-cuong-gian-ha-tinh", "nhom-ubnd", "nhom-ubnd-xa"} < set(filed)
    listed = [unit for unit in filed if units.is_listed(unit)]
    assert listed == ["ubnd-xa-cuong-gian-ha-tinh", "ubnd-tinh-ha-tinh", "tinh-ha-tinh"]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("dia-ban-que-vo-bac-ninh", "Quế Võ, tỉnh Bắc Ninh"),
        ("dia-ban-chau-thanh-chua-ro", "Châu Thành"),
        ("nhom-ubnd", "Ủy ban nhân dân các cấp"),
        ("nhom-ubnd-xa", "Ủy ban nhân dân xã"),
        ("nhom-cax", "Công an xã"),
        ("nhom-bcd138", "Ban Chỉ đạo 138 các cấp"),
        ("nhom-xyz", "Nhom xyz"),
    ],
)
def test_labels_of_what_is_only_looked_for(unit, expected):
    assert units.label(unit) == expected
