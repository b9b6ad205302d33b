"""kb watch: files at rest are taken in, vanished shares change nothing, trouble is survived."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.scan import Seen
from indexer.watching import Settled, watch
from kb.access import PUBLIC
from kb.library import Library
from kb.results import SearchRequest
from kb.settings import Settings


def test_a_file_settles_once_it_stops_changing() -> None:
    now = 0.0
    settled = Settled(5.0, clock=lambda: now)
    file = Seen("/a.txt", 10, 1, None)
    assert not settled(file)
    now = 4.0
    assert not settled(file)
    grown = Seen("/a.txt", 20, 2, None)
    now = 6.0
    assert not settled(grown)
    now = 10.0
    assert not settled(grown)
    now = 11.0
    assert settled(grown)


def test_without_waiting_every_file_is_settled() -> None:
    assert Settled(0.0)(Seen("/a.txt", 10, 1, None))


class Watched:
    """A watcher that is stepped through look by look."""

    def __init__(self, settings: Settings, folder: Path, settle: float = 0.0) -> None:
        self.settings = settings
        self.told: list[tuple[str, str]] = []
        self.troubles: list[str] = []
        self.between: Callable[[], object] = lambda: None
        self.looks = watch(
            settings,
            [folder],
            told=lambda path, outcome, _reason: self.told.append((Path(path).name, outcome)),
            trouble=lambda error: self.troubles.append(str(error)),
            settle=settle,
            sleep=lambda _seconds: self.between(),
        )

    def look(self) -> list[tuple[str, str]]:
        self.told.clear()
        next(self.looks)
        return list(self.told)

    def found(self, query: str) -> list[str]:
        library = Library.open(self.settings)
        hits = library.search(SearchRequest(query=query), PUBLIC).hits
        return [Path(hit.source).name for hit in hits]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "van-ban"
    place.mkdir()
    (place / "mot.txt").write_text("Kế hoạch phòng chống ma túy ở xã.", "utf-8")
    return place


@pytest.fixture
def watched(settings: Settings, folder: Path) -> Iterator[Watched]:
    watched = Watched(settings, folder)
    yield watched
    watched.looks.close()


def test_new_changed_moved_and_deleted(watched: Watched, folder: Path) -> None:
    assert watched.look() == [("mot.txt", "added")]
    assert watched.look() == []
    (folder / "hai.txt").write_text("Báo cáo mô hình camera an ninh.", "utf-8")
    assert watched.look() == [("hai.txt", "added")]
    assert watched.found("camera") == ["hai.txt"]
    (folder / "hai.txt").write_text("Báo cáo tổng kết phong trào năm 2024.", "utf-8")
    assert watched.look() == [("hai.txt", "new-version")]
    shutil.move(folder / "hai.txt", folder / "ba.txt")
    assert watched.look() == [("ba.txt", "duplicate"), ("hai.txt", "gone")]
    assert watched.found("tổng kết năm 2024") == ["ba.txt"]
    (folder / "ba.txt").unlink()
    assert watched.look() == [("ba.txt", "gone")]
    assert watched.found("tổng kết năm 2024") == []
    (folder / "hong.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert [outcome for _name, outcome in watched.look()] == ["corrupt"]


def test_a_file_still_being_written_waits(settings: Settings, folder: Path) -> None:
    watched = Watched(settings, folder, settle=0.2)
    assert watched.look() == []
    (folder / "mot.txt").write_text("Kế hoạch phòng chống ma túy ở xã, bản đủ.", "utf-8")
    time.sleep(0.25)
    assert watched.look() == []  # it changed since the last look
    time.sleep(0.25)
    assert watched.look() == [("mot.txt", "added")]


@pytest.mark.parametrize("leaves_a_folder", [True, False])
def test_a_vanished_share_changes_nothing(
    watched: Watched, folder: Path, *, leaves_a_folder: bool
) -> None:
    watched.look()
    away = folder.with_name("away")
    folder.rename(away)
    if leaves_a_folder:
        folder.mkdir()
    assert watched.look() == []
    assert watched.found("ma túy") == ["mot.txt"]
    if leaves_a_folder:
        folder.rmdir()
    away.rename(folder)
    assert watched.look() == []
    assert watched.found("ma túy") == ["mot.txt"]


def test_another_writer_is_waited_for(watched: Watched, folder: Path) -> None:
    watched.look()
    (folder / "hai.txt").write_text("Báo cáo mô hình camera an ninh.", "utf-8")
    held = Library.writing(watched.settings)
    held.__enter__()
    watched.between = lambda: held.__exit__(None, None, None) if watched.troubles else None
    assert watched.look() == [("hai.txt", "added")]
    assert len(watched.troubles) == 1


def test_the_command_runs_once_and_stops_when_told(settings: Settings, folder: Path) -> None:
    environment = {**os.environ, "KB_HOME": str(settings.home), "KB_JOBS": "1", "KB_LANG": "en"}
    command = [sys.executable, "-c", "from kb.cli import main; main()", "watch", str(folder)]
    once = subprocess.run([*command, "--once"], env=environment, capture_output=True, text=True)
    assert once.returncode == 0, once.stderr
    assert [line for line in once.stdout.splitlines() if "mot.txt" in line]
    running = subprocess.Popen(
        [*command, "--interval", "1", "--settle", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert str(folder) in running.stdout.readline()
    (folder / "hai.txt").write_text("Báo cáo mô hình camera an ninh.", "utf-8")
    assert "hai.txt" in running.stdout.readline()
    running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=20) == 0
