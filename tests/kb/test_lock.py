"""One writer at a time, across processes, also after the holder was killed."""

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from kb.errors import Locked
from kb.lock import write_lock


def _hold(home: str, ready: str) -> None:
    with write_lock(Path(home)):
        Path(ready).write_text("")
        time.sleep(60)


@pytest.fixture
def holder(tmp_path):
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_hold, args=(str(tmp_path), str(tmp_path / "ready")))
    process.start()
    while not (tmp_path / "ready").exists():
        time.sleep(0.02)
    yield process
    process.kill()
    process.join()


def test_second_writer_is_told_who_holds_the_lock(tmp_path, holder):
    with pytest.raises(Locked) as error, write_lock(tmp_path):
        pass
    assert str(holder.pid) in str(error.value)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_lock_is_free_after_a_kill(tmp_path, holder):
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    with write_lock(tmp_path):
        pass
