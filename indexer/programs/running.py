"""Running a program on an untrusted file: with a time limit, bounded memory, and no network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache

from indexer.extract.failures import timed_out

MEMORY = 4 << 30  # bytes of address space; LibreOffice maps more than it uses
_VERSION_TIMEOUT = 20.0


def run(
    command: Sequence[str],
    *,
    timeout: float,
    data: bytes | None = None,
    env: dict[str, str] | None = None,
) -> bytes:
    """What the program prints, given `data`. It and all it started are ended after `timeout` seconds.

    Raises ExtractionFailed (timeout), OSError if the program is not there, and CalledProcessError.
    """
    process = subprocess.Popen(
        [*_without_network(), *command],
        stdin=subprocess.DEVNULL if data is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **(env or {})},
        start_new_session=True,
        preexec_fn=_limits(timeout),
    )
    try:
        output, _errors = process.communicate(data, timeout=timeout)
    except subprocess.TimeoutExpired as error:
        raise timed_out(timeout) from error
    finally:
        _end(process)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return output


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
    if process.stdout is not None:
        process.stdout.close()
    process.wait()


def _limits(timeout: float) -> Callable[[], None] | None:
    if sys.platform == "win32":
        return None

    def limit() -> None:
        # The reading process itself may have less memory than the program needs.
        import resource  # exists on Unix only

        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        seconds = int(timeout) + 1  # of each process, should it outlive the one that started it
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    return limit


@lru_cache(maxsize=1)
def _without_network() -> tuple[str, ...]:
    """The command that takes the network away from what follows, where the system lets us."""
    command = ("unshare", "--map-root-user", "--net")
    if shutil.which("unshare") is None:
        return ()
    done = subprocess.run([*command, "true"], capture_output=True, check=False)
    return command if done.returncode == 0 else ()
