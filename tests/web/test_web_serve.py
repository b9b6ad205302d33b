"""`kb serve`: prints its address, stops cleanly, and says what is wrong when it cannot listen."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import web_samples
from click.testing import CliRunner

from kb.catalog import documents as catalog
from kb.errors import BadInput, IndexMissing, PortInUse
from kb.library import Library
from kb.settings import Settings
from web.commands import serve


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with an index, in the environment."""
    settings = Settings(home=tmp_path / "home", jobs=1)
    with Library.writing(settings) as library:
        with library.database.begin() as connection:
            catalog.store(connection, web_samples.festival_plan())
        library.reindex()
    monkeypatch.setenv("KB_HOME", str(settings.home))
    return settings.home


def failure(*options: str) -> BaseException | None:
    return CliRunner().invoke(serve, list(options)).exception


def test_a_port_in_use(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        error = failure("--port", str(port))
    assert isinstance(error, PortInUse)
    assert str(port) in str(error) and f"--port {port + 1}" in error.remedy


def test_an_address_that_is_not_ours(home: Path) -> None:
    error = failure("--host", "192.0.2.1", "--port", "0")
    assert isinstance(error, BadInput)
    assert "192.0.2.1" in str(error) and error.remedy


def test_no_index_is_told_before_anything_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_HOME", str(tmp_path / "nothing"))
    assert isinstance(failure("--port", "0"), IndexMissing)


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise there")
def test_served_until_ctrl_c(home: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kb", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Below a shell's "&" the signal is ignored, and would be here.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # type: ignore[arg-type,return-value]
    )
    assert process.stdout
    try:
        match = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert match, process.communicate(timeout=10)
        with urllib.request.urlopen(match[0] + "/readyz", timeout=10) as answer:
            assert json.load(answer)["documents"] == 1
            assert answer.headers["Server"] is None
    finally:
        process.send_signal(signal.SIGINT)
        _out, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in errors


def test_behind_a_proxy_under_a_prefix(home: Path) -> None:
    command = [sys.executable, "-m", "kb", "serve", "--port", "0", "--proxy", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, "--prefix", "/tra-cuu/"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "KB_LANG": "vi"},
    )
    try:
        assert process.stdout is not None
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address is not None
        headers = {"X-Forwarded-Host": "noi-bo.example", "X-Forwarded-Proto": "https"}
        request = urllib.request.Request(f"{address[0]}/tra-cuu/api", headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            page = answer.read().decode()
        assert 'href="/tra-cuu/thuat-ngu"' in page
        assert "https://noi-bo.example/tra-cuu/api/v1/search" in page
        with urllib.request.urlopen(f"{address[0]}/tra-cuu/readyz", timeout=30) as answer:
            assert json.load(answer)["status"] == "ok"
    finally:
        process.terminate()
        process.wait(timeout=30)
