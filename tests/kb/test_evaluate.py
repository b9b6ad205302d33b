"""Measures against hand-made rankings, folders good and bad, a run through the real library."""

import gzip
import json
import math

import pytest

from kb.errors import BadInput
from kb.evaluate import evaluate, leading_title, ndcg, recall, reciprocal_rank
from kb.settings import Settings


def test_measures_by_hand():
    relevant = {"a": 1, "b": 1}
    ranking = ["x", "a", "y", "b"]
    ideal = 1 + 1 / math.log2(3)
    assert ndcg(ranking, relevant, 10) == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal)
    assert ndcg(ranking, relevant, 1) == 0
    assert recall(ranking, relevant, 2) == 0.5
    assert reciprocal_rank(ranking, relevant, 10) == 0.5
    assert reciprocal_rank(["x"], relevant, 10) == 0


def test_graded_relevance_prefers_the_better_first():
    relevant = {"a": 3, "b": 1}
    assert ndcg(["a", "b"], relevant, 10) == 1.0
    assert ndcg(["b", "a"], relevant, 10) < 1.0


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Luật An ninh\nPhạm vi\n\nLuật này quy định.", "Luật An ninh\nPhạm vi"),
        ("Luật này quy định.", ""),
        ("a\nb\nc\n\nd", ""),
        ("x" * 300 + "\n\ny", ""),
        ("chỉ có tiêu đề\n\n", ""),
    ],
)
def test_leading_title(text, title):
    span = leading_title(text)
    assert text[span.start : span.end] == title


@pytest.fixture
def folder(tmp_path):
    corpus = [
        {"_id": "d1", "title": "Kế hoạch", "text": "Kế hoạch tổ chức Ngày hội toàn dân"},
        {"_id": "d2", "title": "", "text": "Báo cáo phòng chống ma túy"},
        {"_id": "d3", "title": "", "text": "Báo cáo phòng chống ma túy"},
    ]
    with gzip.open(tmp_path / "corpus.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(entry) + "\n" for entry in corpus)
    (tmp_path / "queries.jsonl").write_text(
        '{"_id": "q1", "text": "ngày hội toàn dân"}\n{"_id": "q2", "text": "không ai hỏi"}\n', "utf-8"
    )
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels/test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
@pytest.mark.parametrize("unaccented", [False, True])
def test_a_run_through_the_real_library(folder, tmp_path, engine, unaccented):
    settings = Settings(home=tmp_path / "untouched", engine=engine, jobs=1)
    found = evaluate(folder, settings, unaccented=unaccented)
    assert found.ndcg_10 == 1.0
    assert (found.queries, found.documents) == (1, 3)
    assert not (tmp_path / "untouched").exists()
    assert set(found.to_json()) >= {
        "ndcg@10", "recall@10", "recall@100", "mrr@10", "p50_ms", "p95_ms", "docs_per_s", "queries",
    }  # fmt: skip


def test_bad_folders_are_refused_with_the_place(folder, tmp_path):
    settings = Settings(home=tmp_path / "h")
    with pytest.raises(BadInput):
        evaluate(tmp_path / "none", settings)
    (folder / "queries.jsonl").write_text('{"_id": "q1", "text": "a"}\nbroken\n', "utf-8")
    with pytest.raises(BadInput) as error:
        evaluate(folder, settings)
    assert "2" in str(error.value)
