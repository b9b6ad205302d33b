"""Child processes: limits of time and memory, deaths, and that nothing piles up."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from indexer import sandbox, workers
from indexer.programs import running
from indexer.scratch import scratch_folder
from kb.errors import ExtractionFailed

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux ends the children of the dead")


def double(number: int) -> int:
    return 2 * number


def misbehave(what: str) -> str:
    """What hostile files make parsers do. At the top of the module, so that a child can find it."""
    if what == "sleep":
        time.sleep(60)
    elif what == "loop":
        while True:
            pass
    elif what == "eat":
        return "x" * (4 << 30)
    elif what == "chatter":
        return "x" * (workers.MAX_RESULT + 1)
    elif what == "exit":
        os._exit(1)
    elif what == "segfault":
        ctypes.string_at(0)
    elif what == "refuse":
        raise ExtractionFailed("encrypted", "Có mật khẩu.", "Bỏ mật khẩu.")
    elif what == "defect":
        raise ZeroDivisionError("lỗi")
    return what


def alive(_item: object) -> int:
    time.sleep(0.2)
    return os.getpid()


def linger(where: str) -> None:
    """Leave a temporary file, and wait for a program that starts another."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a").write_bytes(b"a")
        Path(where, "folder").write_text(folder)
        script = (
            "import subprocess, sys, time, pathlib, os;"
            f"sleeping = [sys.executable, '-c', 'import time; time.sleep(600)', {where!r}];"
            "other = subprocess.Popen(sleeping);"
            f"pathlib.Path({where!r}, 'started').touch(); time.sleep(600)"
        )
        running.run([sys.executable, "-c", script, where], timeout=300)


def die(where: str) -> None:
    """The same, but the process is killed as the system kills who takes too much memory."""
    threading.Timer(2.0, os.kill, (os.getpid(), signal.SIGKILL)).start()
    linger(where)


def loop_unwatched(_item: int) -> None:
    sandbox.limit_processor(0.5)
    while True:
        pass


def programs(where: Path) -> list[str]:
    """The processes of `linger` that are left of those told this folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            command = entry.read_bytes().decode("utf-8", "replace")
            if str(where) in command:
                found.append(command)
    return found


def codes(items: list[str], **limits: float) -> dict[str, str | None]:
    outcomes = workers.run(misbehave, items, jobs=2, **limits)  # type: ignore[arg-type]
    return {outcome.item: outcome.error and outcome.error.code for outcome in outcomes}


def test_every_item_has_one_outcome() -> None:
    outcomes = list(workers.run(double, range(50), jobs=2))
    assert sorted((outcome.item, outcome.result) for outcome in outcomes) == [
        (n, 2 * n) for n in range(50)
    ]


def test_nothing_to_do() -> None:
    assert list(workers.run(double, [], jobs=2)) == []


def test_a_bad_item_costs_only_itself() -> None:
    items = ["a", "exit", "b", "refuse", "c", "defect", "d", "segfault", "e"]
    found = codes(items, timeout=30)
    assert found == {
        "a": None,
        "b": None,
        "c": None,
        "d": None,
        "e": None,
        "exit": "crashed",
        "segfault": "crashed",
        "refuse": "encrypted",
        "defect": "internal-error",
    }


def test_time_runs_out() -> None:
    assert codes(["sleep", "loop", "a"], timeout=1.5) == {
        "sleep": "timeout",
        "loop": "timeout",
        "a": None,
    }


@pytest.mark.skipif(sys.platform != "linux", reason="the address space is limited on Linux only")
def test_memory_runs_out() -> None:
    assert codes(["eat", "a"], timeout=30) == {"eat": "out-of-memory", "a": None}


def test_what_a_child_sends_back_is_bounded() -> None:
    assert codes(["chatter", "a"], timeout=30) == {"chatter": "too-big", "a": None}


def test_a_refusal_keeps_its_words() -> None:
    (outcome,) = workers.run(misbehave, ["refuse"], jobs=1)
    assert outcome.error is not None
    assert (str(outcome.error), outcome.error.remedy) == ("Có mật khẩu.", "Bỏ mật khẩu.")


def test_items_are_drawn_as_needed() -> None:
    drawn: list[int] = []

    def endless() -> Iterator[int]:
        for number in count():
            drawn.append(number)
            yield number

    results = workers.run(double, endless(), jobs=2)
    for _ in range(20):
        next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(drawn) < 40


def test_closing_ends_the_children() -> None:
    results = workers.run(alive, count(), jobs=2)
    children = {next(results).result for _ in range(6)}
    results.close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_an_interrupt_passes_through_and_ends_the_children() -> None:
    def interrupted() -> Iterator[int]:
        yield 1
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(workers.run(double, interrupted(), jobs=1))


@linux
@pytest.mark.skipif(len(running._apart()) < 4, reason="this system forbids process namespaces")
@pytest.mark.parametrize(("function", "code"), [(linger, "timeout"), (die, "crashed")])
def test_a_killed_child_leaves_no_program_and_no_file(tmp_path: Path, function, code) -> None:
    (outcome,) = workers.run(function, [str(tmp_path)], jobs=1, timeout=15)
    assert outcome.error is not None and outcome.error.code == code
    assert (tmp_path / "started").exists()
    deadline = time.monotonic() + 10
    while programs(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert programs(tmp_path) == []
    assert not Path((tmp_path / "folder").read_text()).exists()


def temporary_folder(leave: bool) -> str:
    folder = tempfile.mkdtemp()
    if leave:
        os.kill(os.getpid(), signal.SIGKILL)
    return folder


@linux
def test_what_a_killed_child_left_goes_before_the_run_ends() -> None:
    outcomes = workers.run(temporary_folder, [True, False], jobs=1)
    assert [next(outcomes).error is not None] == [True]
    own = Path(str(next(outcomes).result)).parent
    assert [place.name for place in own.parent.iterdir()] == [own.name]
    outcomes.close()  # type: ignore[attr-defined]
    assert not own.parent.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_child_that_nobody_ends_ends_itself() -> None:
    (outcome,) = workers.run(loop_unwatched, [0], jobs=1, timeout=60)
    assert outcome.error is not None and outcome.error.code == "crashed"


def run_that_is_killed(place: str) -> None:
    """A run in a process of its own, which dies with its temporary folder full."""
    tempfile.tempdir = place
    with scratch_folder() as folder:
        (folder / "secret.txt").write_text("a page of somebody's paper")
        os.kill(os.getpid(), signal.SIGKILL)


@linux
def test_the_next_run_removes_what_a_killed_run_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    killed = multiprocessing.get_context("spawn").Process(
        target=run_that_is_killed, args=(str(tmp_path),)
    )
    killed.start()
    killed.join()
    (left,) = tmp_path.iterdir()
    assert list(left.rglob("secret.txt"))
    with scratch_folder() as first:
        assert left.exists()  # a minute is left to runs that begin
        for run in (left, first.parent):
            os.utime(run, (1, 1))
        with scratch_folder() as second:
            assert not left.exists()
            assert first.exists(), "a run that lives keeps its folder"
        assert not second.exists()
    assert list(tmp_path.iterdir()) == []
