"""Accents that OCR got wrong are mended; what is right stays as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kb.vietnamese.accent_repair import SyllablePairs, repair, runs, shipped_pairs

ROOT = Path(__file__).parents[3]


def mended(text: str) -> str:
    return " ".join(repair(text.split(), shipped_pairs().joined(runs(text))))


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("QUYÉT ĐỊNH:", "QUYẾT ĐỊNH:"),
        ("Quyêt định này có hiệu lực", "Quyết định này có hiệu lực"),
        ("cơ cấu tô chức của Bộ", "cơ cấu tổ chức của Bộ"),
        ("sửa đổi, bố sung một số điều", "sửa đổi, bổ sung một số điều"),
        ("kiểm soát thú tục hành chính", "kiểm soát thủ tục hành chính"),
        ("Công an tinh phối hợp", "Công an tỉnh phối hợp"),
        ("CỌNG HÒA XÃ HỌI CHỦ NGHĨA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
        ("(Quyêt định)", "(Quyết định)"),
    ],
)
def test_usual_losses_are_mended(read: str, right: str) -> None:
    assert mended(read) == right


@pytest.mark.parametrize(
    "text",
    [
        "Công an tỉnh xây dựng kế hoạch tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ",
        "UBND các xã, phường; Lưu: VT, PV05.",
        "The quick brown fox runs home",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert mended(text) == text


def test_the_document_itself_is_evidence_but_not_for_one_reading() -> None:
    none = SyllablePairs({}, {})
    often = none.joined([["bình", "lương"]] * 5)
    assert repair(["Binh", "Lương"], often) == ["Bình", "Lương"]
    once = none.joined([["bình", "lương"]])
    assert repair(["Binh", "Lương"], once) == ["Binh", "Lương"]


def test_what_was_surely_read_changes_less() -> None:
    alone = {"bình": 40.0, "binh": 40.0, "lương": 20.0, "của": 600.0}
    pairs = SyllablePairs(alone, {("bình", "lương"): 20.0})
    assert repair(["binh", "lương"], pairs, [0.5, 0.9]) == ["bình", "lương"]
    assert repair(["binh", "lương"], pairs, [0.99, 0.9]) == ["binh", "lương"]


def test_the_shipped_table_is_that_of_the_sample_texts() -> None:
    done = subprocess.run(
        [sys.executable, "corpus/syllable_pairs.py", "--check"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
