"""Government files in TCVN3 and VNI, each with its transcript (documents/legacy-fonts)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))
from diacritics import Accuracy, accuracy  # noqa: E402

from indexer.extract import registry  # noqa: E402
from kb.errors import ExtractionFailed  # noqa: E402

# The transcripts are by the same rules for all; where ours is below, the order of a two-column header
# differs, or the transcript has an encoding wrong (see benchmarks/results/legacy-encodings.txt).
LEAST = {"doc": 0.99, "rtf": 0.998, "xls": 0.98, "ppt": 0.999}
LEAST_OF_ALL = 0.992


def test_diacritics_come_back(real_data):
    fonts = real_data / "documents" / "legacy-fonts"
    if not fonts.is_dir():
        pytest.skip("legacy-fonts is not among the real data")
    total = Accuracy(0, 0)
    for truth_path in sorted(fonts.glob("*.truth.txt")):
        stem = truth_path.name.removesuffix(".truth.txt")
        path = next(p for p in fonts.glob(f"{stem}.*") if p != truth_path)
        if path.suffix == ".pdf":
            continue  # minutes; the benchmark reads them
        found = accuracy(registry.extract(path).text, truth_path.read_text(encoding="utf-8"))
        assert found.share >= LEAST[path.suffix[1:]], f"{path.name}: {found}"
        total += found
    assert total.share >= LEAST_OF_ALL


def test_nothing_is_decoded_in_the_unicode_files_of_an_office(real_data):
    qualities = []
    for path in sorted((real_data / "documents" / "legacy-doc").iterdir()):
        try:
            extracted = registry.extract(path)
        except ExtractionFailed:
            continue
        assert not any(w.startswith("encoding-repaired") for w in extracted.warnings), path.name
        qualities.append(extracted.text_quality)
    # One is half English, the others Vietnamese.
    assert sorted(qualities)[1] > 0.9
