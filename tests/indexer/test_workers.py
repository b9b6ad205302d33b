"""Child processes: limits of time and memory, deaths, and that nothing piles up."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from indexer import workers
from kb.errors import ExtractionFailed


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
    started = time.monotonic()
    assert codes(["sleep", "loop", "a"], timeout=1.5) == {
        "sleep": "timeout",
        "loop": "timeout",
        "a": None,
    }
    assert time.monotonic() - started < 20


@pytest.mark.skipif(sys.platform != "linux", reason="the address space is limited on Linux only")
def test_memory_runs_out() -> None:
    assert codes(["eat", "a"], timeout=30) == {"eat": "out-of-memory", "a": None}


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
