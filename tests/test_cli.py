"""The commands as a person runs them: output, JSON, exit codes, what is said when things go wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

KB = [sys.executable, "-m", "kb"]


@pytest.fixture
def env(tmp_path) -> dict[str, str]:
    return {**os.environ, "KB_HOME": str(tmp_path / "home"), "KB_JOBS": "1", "KB_LANG": "vi"}


@pytest.fixture
def folder(tmp_path) -> Path:
    place = tmp_path / "van-ban"
    place.mkdir()
    (place / "mot.txt").write_text("Kế hoạch phòng chống ma túy ở xã năm 2021.", "utf-8")
    (place / "hong.pdf").write_bytes(b"%PDF-1.4 nothing")
    return place


def kb(env, *arguments, expect=0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*KB, *map(str, arguments)],
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == expect, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def test_add_search_show_status(env, folder):
    added = kb(env, "add", folder)
    assert "1 mới" in added.stdout
    assert "hong.pdf" in added.stderr
    found = json.loads(kb(env, "search", "ma tuy", "--json").stdout)
    assert found["total"] == 1
    hit = found["hits"][0]
    assert hit["passages"][0]["marks"]
    assert set(found) >= {
        "query",
        "understood",
        "total",
        "hits",
        "facets",
        "relaxed",
        "suggestion",
        "took_ms",
    }
    why = json.loads(kb(env, "explain", "ma tuy", hit["id"], "--json").stdout)
    assert (why["rank"], why["total"]) == (1, 1)
    assert why["score"] == pytest.approx(hit["score"], rel=1e-3)
    assert "hạng 1 trong 1 văn bản" in kb(env, "explain", "ma túy", hit["id"]).stdout
    lacking = kb(env, "explain", "camera an ninh", hit["id"]).stdout
    assert "thiếu: camera" in lacking
    assert kb(env, "explain", "ma túy", "000000000000", expect=3).stderr
    shown = json.loads(kb(env, "show", hit["id"], "--json").stdout)
    assert shown["text"].startswith("Kế hoạch")
    assert kb(env, "show", hit["id"], "--text").stdout.startswith("Kế hoạch")
    assert hit["id"] in kb(env, "search", "ma túy").stdout
    told = "Hiểu “kế hoạch” là loại: Kế hoạch [kind:ke-hoach]"
    assert told in kb(env, "search", "kế hoạch", "ma túy").stdout
    plain = kb(env, "search", "kế hoạch", "ma túy", "--ignore", "kind:ke-hoach").stdout
    assert told not in plain and hit["id"] in plain
    assert "Có phải bạn tìm: phòng chống ma túy" in kb(env, "search", "phòng chông ma túy").stderr
    assert "phím gõ Telex/VNI: “phòng chống”" in kb(env, "search", "phongf choongs").stderr
    assert "Không văn bản nào có “asdfgh”" in kb(env, "search", "asdfgh ma túy").stderr
    status = json.loads(kb(env, "status", "--json").stdout)
    assert (status["documents"], status["indexed"], len(status["rejected"])) == (1, 1, 1)
    assert "hong.pdf" in kb(env, "status").stdout
    assert "1 không đổi" in kb(env, "reindex").stdout or "2 không đổi" in kb(env, "reindex").stdout
    assert "dựng lại" in kb(env, "reindex", "--full").stdout
    assert "Đã gỡ" in kb(env, "remove", folder).stdout
    assert json.loads(kb(env, "search", "ma tuy", "--json").stdout)["total"] == 0


def test_extract_stores_nothing(env, folder, tmp_path):
    found = json.loads(kb(env, "extract", folder / "mot.txt", "--json").stdout)
    assert (found["format"], found["pages"]) == ("txt", 1)
    assert not (tmp_path / "home").exists()
    failed = kb(env, "extract", folder / "hong.pdf", expect=10)
    assert "→" in failed.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["add", "/khong/co"], 3, "/khong/co"),
        (["extract", "/khong/co"], 3, "/khong/co"),
        (["search", "a"], 5, "kb add"),
        (["status"], 5, "kb add"),
        (["show", "abc"], 5, "kb add"),
        (["evaluate", "/khong/co"], 2, "corpus.jsonl"),
        (["search", "a", "--from", "xyz"], 2, "xyz"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_errors_say_what_to_do(env, arguments, code, told):
    failed = kb(env, *arguments, expect=code)
    assert told in failed.stderr


def test_unknown_engine_and_switching_engines(env, folder):
    assert "tantivy" in kb({**env, "KB_ENGINE": "lucene"}, "search", "a", expect=2).stderr
    kb(env, "add", folder)
    whoosh = {**env, "KB_ENGINE": "whoosh"}
    assert "kb reindex" in kb(whoosh, "search", "ma túy", expect=5).stderr
    kb(whoosh, "reindex")
    assert json.loads(kb(whoosh, "search", "ma túy", "--json").stdout)["total"] == 1
    assert json.loads(kb(env, "search", "ma túy", "--json").stdout)["total"] == 1


def test_empty_folder_is_said(env, tmp_path):
    (tmp_path / "trong").mkdir()
    assert "Không thấy tệp nào" in kb(env, "add", tmp_path / "trong").stdout


def test_home_that_is_a_file(env, tmp_path, folder):
    (tmp_path / "tep").write_text("")
    failed = kb({**env, "KB_HOME": str(tmp_path / "tep" / "x")}, "add", folder, expect=4)
    assert "KB_HOME" in failed.stderr


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user who is not root")
def test_read_only_home_can_be_searched_and_refuses_writing(env, folder, tmp_path):
    kb(env, "add", folder)
    home = tmp_path / "home"
    home.chmod(0o555)
    try:
        assert json.loads(kb(env, "search", "ma túy", "--json").stdout)["total"] == 1
        assert "KB_HOME" in kb(env, "reindex", expect=4).stderr
    finally:
        home.chmod(0o755)


def test_second_reindex_at_the_same_time_is_told_to_wait(env, folder, tmp_path):
    kb(env, "add", folder)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from pathlib import Path; from kb.lock import write_lock\n"
            "with write_lock(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)",
            str(tmp_path / "home"),
        ],
        env=env,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    try:
        assert str(holder.pid) in kb(env, "reindex", expect=7).stderr
        assert json.loads(kb(env, "search", "ma túy", "--json").stdout)["total"] == 1
    finally:
        holder.kill()
        holder.communicate()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("delay", [0.6, 1.0, 1.4])
def test_kill_in_the_middle_loses_nothing(env, tmp_path, delay):
    place = tmp_path / "nhieu"
    place.mkdir()
    for number in range(60):
        (place / f"{number}.txt").write_text(f"Văn bản số {number} về camera an ninh.", "utf-8")
    running = subprocess.Popen(
        [*KB, "add", str(place)],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(delay)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    kb(env, "add", place)
    status = json.loads(kb(env, "status", "--json").stdout)
    assert (status["documents"], status["indexed"], status["pending"]) == (60, 60, 0)
    assert json.loads(kb(env, "search", "camera", "--json").stdout)["total"] == 60


def test_abbreviations_with_counts_and_evidence(env, folder):
    (folder / "hai.txt").write_text("Mỗi nhà trọ tự quản (NTTQ) có nội quy.", "utf-8")
    kb(env, "add", folder)
    shown = kb(env, "abbreviation", "nttq").stdout
    assert "nhà trọ tự quản" in shown
    assert "1 văn bản" in shown
    assert "Mỗi nhà trọ tự quản (NTTQ) có nội quy." in shown
    answer = json.loads(kb(env, "abbreviation", "nhà", "trọ", "tự", "quản", "--json").stdout)
    (meaning,) = answer["meanings"]
    assert (meaning["abbreviation"], meaning["documents"]) == ("NTTQ", 1)
    assert meaning["sources"] == ["documents"]
    assert meaning["evidence"]["text"].startswith("Mỗi nhà trọ")
    assert "bảng có sẵn" in kb(env, "abbreviation", "ANTQ").stdout
    listed = json.loads(kb(env, "abbreviation", "--list", "--json").stdout)
    assert [item["abbreviation"] for item in listed["meanings"]] == ["NTTQ"]
    assert "xyzt" in kb(env, "abbreviation", "xyzt").stdout
    nothing = kb(env, "abbreviation", expect=2)
    assert "--list" in nothing.stderr
