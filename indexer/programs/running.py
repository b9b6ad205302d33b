"""Running a program on an untrusted file: with limits of time, memory and output, and no network.

It must not outlive who asked for it: a reading process may be killed at any moment. On Linux the kernel
ends the program with it, and in a process namespace of its own all that the program started.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache

from indexer.extract.failures import timed_out
from indexer.sandbox import MAX_OUTPUT, lower

MEMORY = 4 << 30  # bytes of address space; LibreOffice maps more than it uses
_PR_SET_PDEATHSIG = 1
_VERSION_TIMEOUT = 20.0


def run(
    command: Sequence[str],
    *,
    timeout: float,
    data: bytes | None = None,
    env: dict[str, str] | None = None,
) -> bytes:
    """What the program prints, given `data`. It and all it started are ended after `timeout` seconds.

    Raises ExtractionFailed (timeout), OSError if the program is not there, and CalledProcessError, also
    where it prints or writes more than indexer.sandbox.MAX_OUTPUT.
    """
    with tempfile.TemporaryFile() as printed:  # a file is bounded as every file it writes
        process = subprocess.Popen(
            [*_apart(), *command],
            stdin=subprocess.DEVNULL if data is None else subprocess.PIPE,
            stdout=printed,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **(env or {})},
            start_new_session=True,
            preexec_fn=_limits(timeout),
        )
        try:
            process.communicate(data, timeout=timeout)
        except subprocess.TimeoutExpired as error:
            raise timed_out(timeout) from error
        finally:
            _end(process)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, list(command))
        printed.seek(0)
        return printed.read()


@lru_cache(maxsize=32)
def first_line(*command: str) -> str | None:
    """The first line the program prints, as for `--version`; None if it cannot be run."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_VERSION_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = done.stdout.decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in lines if line.strip()), None)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what is left of the program's process group: LibreOffice is several processes."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _limits(timeout: float) -> Callable[[], None] | None:
    if sys.platform == "win32":
        return None

    import resource  # exists on Unix only

    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def limit() -> None:
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # The reading process itself may have less memory than the program needs.
        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        seconds = int(timeout) + 1  # of each process, should it outlive the one that started it
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        lower(resource.RLIMIT_FSIZE, MAX_OUTPUT)

    return limit


@lru_cache(maxsize=1)
def _apart() -> tuple[str, ...]:
    """The command that takes the network away from what follows, and ends all of it together; as much
    of that as the system lets us."""
    if shutil.which("unshare") is None:
        return ()
    network = ("unshare", "--map-root-user", "--net")
    for command in ((*network, "--pid", "--fork", "--kill-child"), network):
        if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
            return command
    return ()
