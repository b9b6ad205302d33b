"""`make bench-quality` on two small sets: what it prints, what it keeps, what it never keeps."""

import gzip
import json
from dataclasses import replace

import ablation
import pytest
import quality
from small_sets import DOCUMENTS, QUERIES

from kb.access import PUBLIC
from kb.evaluation.beir import BeirSet
from kb.evaluation.indexed import indexed
from kb.evaluation.run import judge
from kb.query.weights import DEFAULT
from kb.results import SearchRequest
from kb.settings import Settings


@pytest.fixture
def homes(tmp_path):
    return tmp_path / "homes"


def test_all_sets_both_modes_and_the_results_before(data, results, homes, capsys):
    quality.main(["--homes", str(homes)])
    first = (results / "quality.txt").read_text("utf-8")
    assert first in capsys.readouterr().out
    header = first.split("\n\n")[1].splitlines()[0].split()
    assert header[:7] == ["set", "system", "nDCG@10", "before", "change", "better", "worse"]
    labels = [line.split("  ")[0] for line in first.split("\n\n")[1].splitlines()[2:]]
    assert labels == [
        name for s in ("one", "two") for mode in ("", " (no accents)") for name in [s + mode] * 3
    ]
    kept = json.loads(gzip.decompress((results / "quality-queries.json.gz").read_bytes()))
    assert set(kept["one/no accents/tantivy syllables"]["ndcg@10"]) == set(QUERIES)
    # Lower the score of a query in what was kept: the next run tells the gain.
    kept["two/accents/tantivy"]["ndcg@10"]["q1"] -= 0.5
    kept["two/accents/tantivy"]["figures"]["ndcg@10"] -= 0.1
    (results / "quality-queries.json.gz").write_bytes(gzip.compress(json.dumps(kept).encode()))
    quality.main(["--homes", str(homes)])
    lines = (results / "quality.txt").read_text("utf-8").split("\n\n")[1].splitlines()[2:]
    changed = [line for line in lines if "+0.1000" in line]
    assert len(changed) == 1
    assert changed[0].split()[:2] == ["two", "tantivy"]
    assert changed[0].split()[4:7] == ["+0.1000", "1", "0"]
    assert sum(" +0.0000 0 0 " in " ".join(line.split()) for line in lines) == len(lines) - 1


def test_no_text_of_a_set_is_kept_but_with_texts_it_is_printed(data, results, homes, capsys):
    quality.main(["--homes", str(homes), "--texts"])
    printed = capsys.readouterr().out
    assert QUERIES["q3"] in printed
    assert DOCUMENTS["d3"][1] in printed
    kept = [path.read_bytes() for path in results.iterdir()]
    kept = [gzip.decompress(part) if part[:2] == b"\x1f\x8b" else part for part in kept]
    assert len(kept) == 3
    for text in (*QUERIES.values(), *(t for both in DOCUMENTS.values() for t in both if t)):
        assert all(text.encode() not in part for part in kept)


def test_fewer_sets_are_only_printed_unless_they_get_a_name(data, results, homes, capsys):
    quality.main(["one", "--homes", str(homes)])
    assert "one (no accents)" in capsys.readouterr().out
    assert list(results.iterdir()) == []
    quality.main(["one", "--homes", str(homes), "--engine", "whoosh", "--engine", "tantivy",
                  "--name", "engines"])  # fmt: skip
    assert sorted(path.name for path in results.iterdir()) == [
        "engines-queries.json.gz", "engines-wins-losses.txt", "engines.txt",
    ]  # fmt: skip
    text = (results / "engines.txt").read_text("utf-8")
    assert "$ python benchmarks/quality.py one --engine whoosh --engine tantivy --name engines" in text
    assert text.count("fts5") == 2  # once a mode, not once an engine
    assert text.count("whoosh syllables") == text.count("tantivy syllables") == 2


def test_wins_and_losses_query_by_query(data):
    beir = BeirSet.open(data / "retrieval" / "one")

    def run(system, rankings):
        found = judge(beir, rankings, [1.0], engine="tantivy", documents=4, docs_per_s=None)
        return quality.Run("one", "accents", system, found)

    ours = run("tantivy", {"q1": ["d1"], "q2": ["d1", "d2"], "q3": ["d1", "d3"]})
    baseline = run("syllables", {"q1": ["d3", "d1"], "q2": ["d2"], "q3": ["d1", "d3"]})
    text = quality.wins_and_losses(beir, ours, baseline)
    assert "1 won, 1 lost, 1 equal; mean gain +0.0000" in text
    won, lost, worst = (part.splitlines()[2:] for part in text.split("\n\n")[1:])
    assert [line.split() for line in won] == [["q1", "1.0000", "0.6309", "d1@1", "d1@2"]]
    assert [line.split() for line in lost] == [["q2", "0.6309", "1.0000", "d2@2", "d2@1"]]
    assert [line.split()[0] for line in worst] == ["q3", "q2"]
    assert worst[0].split()[3:] == ["d3@2", "d9@-", "d3@2", "d9@-"]


def test_the_baseline_is_bm25_of_syllables_only(data, homes):
    beir = BeirSet.open(data / "retrieval" / "one")
    with indexed(beir, Settings(home=homes, jobs=1), home=homes) as found:
        rank = quality.syllable_bm25(found)
        assert rank("ngày hội toàn dân")[0] == "d1"
        assert set(rank("ngày hội toàn dân")) == {"d1", "d3"}  # any word, as written
        assert set(rank("ngay hoi")) == {"d1", "d3"}  # without accents: folded
        assert rank("?!") == []


def test_fts5_takes_any_query(data):
    rank = quality.fts5(BeirSet.open(data / "retrieval" / "one"))
    assert rank("ma túy")[0] == "d2"
    assert rank('"*()') == []
    assert rank('ngày AND "hội*')[0] in ("d1", "d3")


def test_ablation_gives_the_differences_of_every_variant(data, results, homes, monkeypatch, capsys):
    two = {name: ablation.VARIANTS[name] for name in ("as it is", "no title")}
    monkeypatch.setattr(ablation, "VARIANTS", two)
    ablation.main(["--homes", str(homes)])
    text = (results / "ablation.txt").read_text("utf-8")
    assert text in capsys.readouterr().out
    header, _rule, first, second = text.split("\n\n")[1].splitlines()
    assert header.split("  ")[0] == "variant"
    assert "two -" in header
    assert len(first.split("  ")) >= 6
    assert second.startswith("no title")
    assert all(figure[0] in "+-" for figure in second.removeprefix("no title").split())


def test_ablation_ranks_with_the_changed_weight(data, homes):
    beir = BeirSet.open(data / "retrieval" / "one")
    request = SearchRequest(query="phòng chống ma túy")
    scores = []
    with indexed(beir, Settings(home=homes, jobs=1), home=homes) as found:
        for word in (1.0, 7.0):
            body = replace(DEFAULT.body, word=word)
            found.library.weights = replace(DEFAULT, body=body)
            scores.append(found.library.search(request, PUBLIC).hits[0].score)
    assert scores[1] > scores[0]


def test_a_part_of_the_ablation_is_only_printed(data, results, homes, capsys):
    ablation.main(["one", "--homes", str(homes), "--only", "no title", "--every", "2"])
    assert "no title" in capsys.readouterr().out
    assert list(results.iterdir()) == []
