"""Government files in TCVN3 and VNI, each with its transcript (documents/legacy-fonts)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))
from diacritics import Accuracy, accuracy  # noqa: E402

from indexer.extract import registry  # noqa: E402

DATA = Path(os.environ.get("TRACUU_DATA", ROOT.parent / "shared" / "data")) / "documents"
FONTS = DATA / "legacy-fonts"
# The transcripts are by the same rules for all; where ours is below, the order of a two-column header
# differs, or the transcript has an encoding wrong (see benchmarks/results/legacy-encodings.txt).
LEAST = {"doc": 0.99, "rtf": 0.998, "xls": 0.98, "ppt": 0.999}
LEAST_OF_ALL = 0.992

pytestmark = pytest.mark.skipif(not FONTS.is_dir(), reason="the real data is not here (TRACUU_DATA)")


def test_diacritics_come_back():
    total = Accuracy(0, 0)
    for truth_path in sorted(FONTS.glob("*.truth.txt")):
        stem = truth_path.name.removesuffix(".truth.txt")
        path = next(p for p in FONTS.glob(f"{stem}.*") if p != truth_path)
        if path.suffix == ".pdf":
            continue  # minutes; the benchmark reads them
        found = accuracy(registry.extract(path).text, truth_path.read_text(encoding="utf-8"))
        assert found.share >= LEAST[path.suffix[1:]], f"{path.name}: {found}"
        total += found
    assert total.share >= LEAST_OF_ALL


def test_everything_of_the_office_folder_is_read_or_refused_with_a_reason():
    refused = {}
    qualities = []
    for path in sorted((DATA / "legacy-doc").iterdir()):
        try:
            extracted = registry.extract(path)
        except registry.ExtractionFailed as failure:
            refused[path.name] = failure.code
        else:
            assert not any(w.startswith("encoding-repaired") for w in extracted.warnings), path.name
            qualities.append(extracted.text_quality)
    # One is half English, the others Vietnamese.
    assert sorted(qualities)[1] > 0.9
    assert refused == {"275.pdf": "needs-ocr", "__i_lieu_Ky_Thuat.doc": "lock-file"}
