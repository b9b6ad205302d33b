"""The metric of the set legacy-fonts, on texts whose figures can be counted by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from diacritics import accuracy, base

TRUTH = "Số đã nộp."  # ố đ ã ộ: four letters with a mark


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (TRUTH, 4),
        ("So da nop.", 0),
        ("Sè ®· nép.", 0),
        ("Số da nộp.", 2),
        ("Số đã", 3),
        ("", 0),
        ("Số  đã\n\nnộp .", 4),  # white space says nothing
        ("Trước đó: Số đã nộp. Sau đó.", 4),
        ("SỐ ĐÃ NỘP.", 0),  # a capital is another letter
    ],
)
def test_letters_that_came_back(found, right):
    result = accuracy(found, TRUTH)
    assert (result.right, result.marked) == (right, 4)


def test_case_may_be_left_out():
    assert accuracy("SỐ ĐÃ NỘP.", TRUTH, ignore_case=True).share == 1.0


def test_numbers_and_borders_of_cells_do_not_disturb():
    truth = "Số vụ\t12\nSố người\t7\n" * 200
    found = truth.replace("\t", " | ").replace("12", "12,0")
    assert accuracy(found, truth).share == 1.0


def test_figures_add_up():
    total = accuracy("Số", "Số") + accuracy("So", "Số đã")
    assert (total.right, total.marked) == (1, 4)


def test_base_letters():
    assert base("Đường đã") == "Duong da"
