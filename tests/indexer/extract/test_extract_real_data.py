"""Real documents, where they are at hand: every file is read or refused with a clear code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.extract.registry import extract
from kb.errors import ExtractionFailed

Check = Callable[[Any], None]
WORD = re.compile(r"\w+")
RUNNING = re.compile(r"\s*\d*\s*CÔNG BÁO/.*|\s*_*\s*")
CODES = {"unsupported", "needs-ocr", "lock-file", "empty-file", "encrypted", "corrupt"}


def folder(real_data: Path, name: str) -> Path:
    path = real_data / name
    if not path.is_dir():
        pytest.skip(f"{name} is not among the real data")
    return path


def outcome(path: Path) -> str:
    try:
        return extract(path).format
    except ExtractionFailed as error:
        assert str(error) and error.remedy
        return error.code


@pytest.mark.parametrize("name", ["3da9da751a6e", "0280276f5d0f", "1476135c03bb"])
def test_gazette_agrees_with_another_program(real_data: Path, check_offsets: Check, name: str) -> None:
    pdf = folder(real_data, "documents/gazette-pdf") / f"{name}.pdf"
    if not pdf.exists():
        pytest.skip("another selection of the gazette")
    extracted = extract(pdf)
    check_offsets(extracted)
    twin = [
        line for line in pdf.with_suffix(".txt").read_text().split("\n") if not RUNNING.fullmatch(line)
    ]
    theirs, ours = Counter(WORD.findall("\n".join(twin))), Counter(WORD.findall(extracted.text))
    assert sum((theirs & ours).values()) / sum(theirs.values()) > 0.96
    columns = [line.column for line in extracted.lines[:12] if line.column]
    assert set(columns) == {"left", "right"}
    assert columns == sorted(columns)


def test_legacy_files_are_told_apart(real_data: Path) -> None:
    found = {
        path.name: outcome(path) for path in sorted(folder(real_data, "documents/legacy-doc").iterdir())
    }
    assert set(found.values()) <= {"doc", "docx", "html", "rtf"} | CODES
    assert found["275.pdf"] == "needs-ocr"
    assert found["html-named-report.pdf"] == "html"
    assert found["Ke_hoach_tap_huan.doc"] == "html"
    assert found["File_Test_01.doc"] == "rtf"
    assert found["__i_lieu_Ky_Thuat.doc"] == "lock-file"


def test_scans_need_ocr(real_data: Path) -> None:
    found = [outcome(path) for path in folder(real_data, "documents/scanned-pdf").iterdir()]
    assert found and set(found) == {"needs-ocr"}


def test_word_files_are_good_vietnamese(real_data: Path, check_offsets: Check) -> None:
    paths = sorted(folder(real_data, "documents/vbpl-docx").glob("*.docx"))[::10]
    for path in paths:
        extracted = extract(path)
        check_offsets(extracted)
        assert extracted.text_quality > 0.9
        assert extracted.warnings == ()


def test_law_pages_have_their_header(real_data: Path, check_offsets: Check) -> None:
    for path in sorted(folder(real_data, "documents/vbpl-html-raw").glob("*.html")):
        extracted = extract(path)
        check_offsets(extracted)
        assert extracted.lines[0].column == "left"
        assert "Trang chủ" not in extracted.text
        assert extracted.url is not None and extracted.url.startswith("https://vbpl.vn/")


def test_seeds_keep_their_lines(real_data: Path, check_offsets: Check) -> None:
    for path in sorted(folder(real_data, "seeds").glob("*.txt")):
        extracted = extract(path)
        check_offsets(extracted)
        lines = [" ".join(line.split()) for line in path.read_text().split("\n")]
        assert extracted.text.split("\n\n") == [line for line in lines if line]
