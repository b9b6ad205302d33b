"""The benchmarks are scripts beside each other; these tests import them as they import themselves."""

import gzip
import json
import sys
from pathlib import Path

import pytest
from small_sets import DOCUMENTS, QRELS, QUERIES

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A folder of real data with two small sets, `one` and `two`; TRACUU_DATA names it."""
    for name in ("one", "two"):
        folder = tmp_path / "data" / "retrieval" / name
        folder.mkdir(parents=True)
        with gzip.open(folder / "corpus.jsonl.gz", "wt", encoding="utf-8") as file:
            for key, (title, text) in DOCUMENTS.items():
                file.write(json.dumps({"_id": key, "title": title, "text": text}) + "\n")
        lines = [json.dumps({"_id": key, "text": text}) + "\n" for key, text in QUERIES.items()]
        (folder / "queries.jsonl").write_text("".join(lines), "utf-8")
        rows = ["query-id\tcorpus-id\tscore\n", *("\t".join(map(str, row)) + "\n" for row in QRELS)]
        (folder / "qrels.tsv").write_text("".join(rows), "utf-8")
    monkeypatch.setenv("TRACUU_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def results(tmp_path, monkeypatch):
    """Results go here, and the two small sets are all there are."""
    import ablation
    import common
    import quality

    folder = tmp_path / "results"
    folder.mkdir()
    monkeypatch.setattr(common, "RESULTS", folder)
    monkeypatch.setattr(quality, "RESULTS", folder)
    for module in (quality, ablation):
        monkeypatch.setattr(module, "SETS", ("one", "two"))
    return folder
