"""Measures against hand-made rankings, folders good and bad, a run through the real library."""

import gzip
import json
import math
from dataclasses import replace

import pytest
from click.testing import CliRunner

from kb.access import PUBLIC
from kb.commands.evaluate import evaluate as command
from kb.errors import BadInput
from kb.evaluation.beir import BeirSet, leading_title
from kb.evaluation.indexed import indexed
from kb.evaluation.measures import ndcg, percentile, recall, reciprocal_rank
from kb.evaluation.run import evaluate
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


def test_percentiles_are_measured_values():
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([float(n) for n in range(1, 101)], 0.95) == 95.0
    assert percentile([7.0], 0.95) == 7.0


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_both_modes_on_one_index_of_the_real_library(folder, tmp_path, engine):
    settings = Settings(home=tmp_path / "untouched", engine=engine, jobs=1)
    data = BeirSet.open(folder)
    with indexed(data, settings) as found:
        home = found.library.settings.home
        for unaccented in (False, True):
            result = evaluate(data, found, unaccented=unaccented)
            assert result.ndcg_10 == 1.0
            assert result.rankings["q1"][0] == "d1"
            assert (result.queries, result.documents, result.engine) == (1, 3, engine)
            assert result.docs_per_s > 0
    assert not home.exists()
    assert not (tmp_path / "untouched").exists()
    assert set(result.to_json()) >= {
        "ndcg@10", "recall@10", "recall@100", "mrr@10", "p50_ms", "p95_ms", "docs_per_s", "queries",
    }  # fmt: skip


@pytest.fixture
def counted(monkeypatch):
    """How many documents were stored and how many indexed since the test last looked."""
    counts = {"store": 0, "index": 0}

    def progress(step, done, _total):
        counts[step] = max(counts[step], done)

    def look():
        seen = dict(counts)
        counts.update(store=0, index=0)
        return seen

    return progress, look


def test_a_home_that_is_kept_is_built_once(folder, tmp_path, counted, monkeypatch):
    progress, look = counted
    home, data = tmp_path / "kept", BeirSet.open(folder)
    settings = Settings(home=tmp_path / "untouched", jobs=1)

    def run(other=settings):
        with indexed(data, other, home=home, progress=progress) as found:
            return evaluate(data, found), look()

    first, counts = run()
    assert counts == {"store": 3, "index": 3}
    second, counts = run()
    assert counts == {"store": 0, "index": 0}
    assert second.rankings == first.rankings
    assert second.docs_per_s is None
    assert run(replace(settings, engine="whoosh"))[1] == {"store": 0, "index": 3}
    # Another analysis: everything is indexed again, nothing is read again.
    monkeypatch.setattr("kb.library.fingerprint", lambda: "another")
    assert run()[1] == {"store": 0, "index": 3}


def test_a_home_that_is_kept_follows_its_corpus(folder, tmp_path, counted):
    progress, look = counted
    settings = Settings(home=tmp_path / "untouched", jobs=1)
    with indexed(BeirSet.open(folder), settings, home=tmp_path / "kept"):
        pass
    entry = {"_id": "d9", "title": "", "text": "Ngày hội toàn dân"}
    (folder / "corpus.jsonl").write_text(json.dumps(entry), "utf-8")  # before corpus.jsonl.gz
    with indexed(BeirSet.open(folder), settings, home=tmp_path / "kept", progress=progress) as found:
        assert list(found.names.values()) == ["d9"]
        assert found.library.ranking("ngày hội", PUBLIC, 10) == list(found.names)
    assert look() == {"store": 1, "index": 1}


def test_a_build_that_was_killed_is_begun_again(folder, tmp_path, monkeypatch):
    settings = Settings(home=tmp_path / "untouched", jobs=1)
    data = BeirSet.open(folder)
    with monkeypatch.context() as broken:
        broken.setattr("kb.evaluation.indexed.STORE_BATCH", 1)
        broken.setattr("kb.catalog.documents.title_of", _fail_at(2))
        with pytest.raises(KeyboardInterrupt), indexed(data, settings, home=tmp_path / "kept"):
            pass
    with indexed(data, settings, home=tmp_path / "kept") as found:
        assert sorted(found.names.values()) == ["d1", "d2", "d3"]


def _fail_at(count):
    calls = iter(range(1, 100))

    def title_of(document):
        if next(calls) == count:
            raise KeyboardInterrupt
        return document.source.path

    return title_of


def test_a_folder_with_anything_else_in_it_is_not_taken(folder, tmp_path):
    home = tmp_path / "mine"
    (home / "index").mkdir(parents=True)
    data, settings = BeirSet.open(folder), Settings(home=tmp_path / "x")
    with pytest.raises(BadInput), indexed(data, settings, home=home):
        pass
    assert (home / "index").is_dir()


def test_bad_folders_are_refused_with_the_place(folder, tmp_path):
    with pytest.raises(BadInput):
        BeirSet.open(tmp_path / "none")
    (folder / "queries.jsonl").write_text('{"_id": "q1", "text": "a"}\nbroken\n', "utf-8")
    with pytest.raises(BadInput) as error:
        BeirSet.open(folder)
    assert "2" in str(error.value)


def test_a_set_without_judged_queries_is_refused(folder):
    (folder / "qrels/test.tsv").write_text("query-id\tcorpus-id\tscore\n", "utf-8")
    with pytest.raises(BadInput):
        BeirSet.open(folder)


def test_a_cut_corpus_is_refused(folder, tmp_path):
    path = folder / "corpus.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(BadInput), indexed(BeirSet.open(folder), Settings(home=tmp_path / "x")):
        pass


# ---------------------------------------------------------------- kb evaluate


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("KB_HOME", str(tmp_path / "untouched"))

    def run(*arguments):
        # As below `kb`: click keeps the first names of the help option it sees.
        names = ["-h", "--help"]
        result = CliRunner().invoke(
            command, [str(argument) for argument in arguments], help_option_names=names
        )
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


def test_the_command_prints_one_mode_or_both(folder, tmp_path, run):
    one = json.loads(run(folder, "--unaccented", "--json"))
    assert one["ndcg@10"] == 1.0
    kept = ("--both", "--home", tmp_path / "kept", "--per-query", tmp_path / "scores.tsv")
    both = json.loads(run(folder, *kept, "--json"))
    assert list(both) == ["accented", "unaccented"]
    assert both["accented"].keys() == both["unaccented"].keys() == one.keys()
    assert (tmp_path / "scores.tsv").read_text("utf-8") == "q1\t1.0000\t1.0000\n"
    lines = dict(line.split(None, 1) for line in run(folder, *kept).splitlines())
    assert lines["ndcg@10"].split() == ["1.0", "1.0"]
    assert lines["docs_per_s"].split() == ["-", "-"]  # nothing was indexed
    assert not (tmp_path / "untouched").exists()
