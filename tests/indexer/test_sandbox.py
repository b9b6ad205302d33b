"""The process that reads a file has no network and may not fill the disk."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from indexer import workers
from indexer.sandbox import MAX_OUTPUT

linux = pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")


def connect(port: int) -> str:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError as error:
        return type(error).__name__
    return "connected"


def connect_from_a_program(port: int) -> str:
    code = f"import socket; socket.create_connection(('127.0.0.1', {port}), timeout=5)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    return "connected" if ran.returncode == 0 else ran.stderr.strip().splitlines()[-1]


def write_much(path: str) -> int:
    try:
        with Path(path).open("wb") as file:
            file.truncate(MAX_OUTPUT - 1)
            file.seek(0, 2)
            file.write(b"12")
            file.flush()
    except OSError as error:
        return error.errno or 0
    return 0


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert connect(server.getsockname()[1]) == "connected"  # from here one may
        yield server.getsockname()[1]


def test_python_may_not_connect(port: int) -> None:
    (outcome,) = workers.run(connect, [port], jobs=1)
    assert outcome.result == "PermissionError"


@linux
def test_programs_started_may_not_connect_either(port: int) -> None:
    (outcome,) = workers.run(connect_from_a_program, [port], jobs=1)
    if outcome.result == "connected":
        pytest.skip("this system forbids namespaces to ordinary users")
    assert "unreachable" in str(outcome.result)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_file_may_not_grow_without_end(tmp_path: Path) -> None:
    (outcome,) = workers.run(write_much, [str(tmp_path / "much")], jobs=1)
    assert outcome.result == 27  # EFBIG
