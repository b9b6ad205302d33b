"""Killed writers, two writers, damaged files, full disks, growth: the same for both engines."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.engines import registry
from kb.engines.port import All, Engine, IndexDocument, Term, add_all
from kb.errors import BadInput, IndexCorrupt, IndexMissing, KbError, Locked

# A process that adds documents and commits for ever, ten at a time, and says so after each commit.
WRITER = """
import sys
from pathlib import Path
from kb.engines import registry
from kb.engines.port import IndexDocument
writer = registry.get(sys.argv[1]).open(Path(sys.argv[2])).writer()
number = 0
while True:
    for number in range(number + 1, number + 11):
        body = ["chung", *(f"tu{i}" for i in range(number % 50))]
        writer.add(IndexDocument(f"d{number:05d}", {"body_fold": body, "kind": ["x"]}))
    writer.commit()
    print(number, flush=True)
"""

# A process whose files cannot grow beyond 200 kB, which is what a full disk looks like to it.
FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from kb.engines import registry
from kb.engines.port import IndexDocument
from kb.errors import HomeUnusable
engine = registry.get(sys.argv[1]).open(Path(sys.argv[2]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
writer = engine.writer()
try:
    for number in range(2000):
        body = [f"tu{number}so{i}" for i in range(60)]
        writer.add(IndexDocument(f"n{number:05d}", {"body_fold": body}))
    writer.commit()
except HomeUnusable:
    print("refused", engine.count(), flush=True)
"""


@pytest.fixture(params=registry.NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(name: str, path: Path) -> Iterator[Engine]:
    engine = registry.get(name).create(path)
    yield engine
    engine.close()


def _documents(count: int, prefix: str = "d") -> list[IndexDocument]:
    return [
        IndexDocument(f"{prefix}{n:05d}", {"body_fold": ["chung", f"rieng{n}"], "kind": ["x"]})
        for n in range(count)
    ]


def _fill(engine: Engine, documents: list[IndexDocument]) -> None:
    writer = engine.writer()
    add_all(writer, documents)
    writer.close()


def _start(script: str, name: str, path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, name, str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


# ------------------------------------------------------------ writers


def test_a_killed_writer_loses_nothing_committed(name: str, path: Path) -> None:
    rng = random.Random(name)
    registry.get(name).create(path).close()
    held = 0
    for _ in range(3):
        with _start(WRITER, name, path) as process:
            assert process.stdout is not None
            committed = max(int(process.stdout.readline()) for _ in range(rng.randint(1, 4)))
            time.sleep(rng.random() * 0.03)
            process.send_signal(signal.SIGKILL)
            committed = max([committed, *map(int, process.stdout.read().split())])
        engine = registry.get(name).open(path)
        ids = list(engine.ids())
        assert len(ids) == len(set(ids)) == engine.count() == engine.search(All()).total
        assert {f"d{n:05d}" for n in range(1, committed + 1)} <= set(ids)
        held = max(held, committed)
        assert engine.count() in (held, held + 10)  # the commit the kill may have come after
        held = engine.count()
        assert engine.search(Term("body_fold", "chung"), limit=0).total == held
        engine.close()
    engine = registry.get(name).open(path)
    _fill(engine, _documents(1, "after"))
    assert engine.count() == held + 1
    engine.close()


def test_a_second_writer_is_refused(engine: Engine) -> None:
    writer = engine.writer()
    with pytest.raises(Locked):
        engine.writer()
    writer.close()
    engine.writer().close()


def test_a_writer_in_another_process_is_noticed(name: str, path: Path, engine: Engine) -> None:
    with _start(WRITER, name, path) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(Locked):
            engine.writer()
        process.kill()
    engine.writer().close()  # the lock dies with the process


def test_refresh_sees_another_engines_commits(name: str, path: Path, engine: Engine) -> None:
    reader = registry.get(name).open(path)
    writer = engine.writer()
    add_all(writer, _documents(3))
    assert reader.count() == 0
    reader.refresh()
    assert reader.count() == 3
    writer.delete("d00001")
    writer.commit()
    assert reader.search(Term("body_fold", "rieng1")).total == 1  # still the commit it saw
    reader.refresh()
    assert reader.search(Term("body_fold", "rieng1")).total == 0
    writer.close()
    reader.close()


def test_closing_twice_is_fine_and_searching_after_is_not(engine: Engine) -> None:
    writer = engine.writer()
    writer.close()
    writer.close()
    for late in (lambda: writer.add(IndexDocument("a", {})), writer.commit):
        with pytest.raises(ValueError, match="closed"):
            late()
    engine.close()
    engine.close()
    for late in (engine.count, engine.refresh, lambda: engine.search(All()), engine.writer):
        with pytest.raises(ValueError, match="closed"):
            late()


def test_the_folder_does_not_grow_with_the_number_of_commits(path: Path, engine: Engine) -> None:
    """Paperless-ngx #13679: files of merged segments piled up to 200 times the index's size."""
    documents = _documents(50)
    _fill(engine, documents)
    sizes = []
    for _round in range(24):
        _fill(engine, documents[:25])  # the same documents again
        sizes.append(_size(path))
    assert engine.count() == 50
    assert max(sizes[12:]) < 1.5 * max(sizes[:12])
    assert len(list(path.iterdir())) < 150


# ------------------------------------------------------------ folders and files


def test_no_index(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    for missing in ("nothing", "empty", "file"):
        with pytest.raises(IndexMissing):
            registry.get(name).open(tmp_path / missing)


def test_create_does_not_overwrite(name: str, path: Path, engine: Engine) -> None:
    _fill(engine, _documents(1))
    with pytest.raises(BadInput):
        registry.get(name).create(path)
    engine.refresh()
    assert engine.count() == 1


def _data_files(path: Path) -> list[Path]:
    """The files that hold the index: not locks, not tantivy's list of files to clean up."""
    return sorted(f for f in path.iterdir() if f.stat().st_size and not f.name.startswith("."))


def _replace(file: Path, content: bytes) -> None:
    # By a new file, as the old one may still be mapped into memory.
    new = file.with_name("new")
    new.write_bytes(content)
    new.replace(file)


def test_a_truncated_file_is_detected(name: str, path: Path, engine: Engine) -> None:
    _fill(engine, _documents(200))
    engine.close()
    for file in _data_files(path):
        content = file.read_bytes()
        for length in (0, 1, len(content) // 2, len(content) - 2):
            _replace(file, content[:length])
            with pytest.raises((IndexCorrupt, IndexMissing)):
                registry.get(name).open(path)
        _replace(file, content)
    registry.get(name).open(path).close()


def test_a_missing_file_is_detected(name: str, path: Path, engine: Engine) -> None:
    _fill(engine, _documents(200))
    engine.close()
    for file in _data_files(path):
        hidden = file.rename(path.parent / "hidden")
        with pytest.raises((IndexCorrupt, IndexMissing)):
            registry.get(name).open(path)
        hidden.rename(file)


def test_flipped_bits_are_detected(name: str, path: Path, engine: Engine) -> None:
    rng = random.Random(1)
    _fill(engine, _documents(200))
    engine.close()
    for file in _data_files(path):
        content = file.read_bytes()
        # tantivy's files end with some 100 bytes that tell its version.
        body = max(len(content) - 120, 1) if name == "tantivy" else len(content)
        if file.name == "meta.json":
            continue  # has no checksum; its schema is compared, see test_tantivy_engine
        for _ in range(15):
            damaged = bytearray(content)
            damaged[rng.randrange(body)] ^= 1 << rng.randrange(8)
            _replace(file, bytes(damaged))
            with pytest.raises(KbError):
                registry.get(name).open(path)
        _replace(file, content)


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on the size of files")
def test_a_full_disk_costs_nothing_committed(name: str, path: Path, engine: Engine) -> None:
    _fill(engine, _documents(20))
    with _start(FULL_DISK, name, path) as process:
        output, _errors = process.communicate(timeout=60)
    assert output.split() == ["refused", "20"]
    engine.refresh()
    assert sorted(engine.ids()) == [document.id for document in _documents(20)]
    _fill(engine, _documents(5, "later"))
    assert engine.count() == 25
