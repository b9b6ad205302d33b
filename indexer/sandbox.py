"""What a process that opens strangers' files may do: little memory, small files, no network.

Parsers are attacked through the files they read (SAFETY.md, "Parsing children have no network").
Time is limited by whoever waits for the process (indexer.workers); by the system should nobody wait.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

MAX_OUTPUT = 200 << 20  # bytes of one file written, by the process or the programs it runs
_CPU_MARGIN = 1.5
_NETWORK_EVENTS = frozenset(("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"))
_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000


def enter(memory: int | None = None, scratch: str | None = None) -> None:
    """Limit this process and all it starts, for good. `memory`: bytes of address space.

    Temporary files go into a folder of this process below `scratch`; those that killed processes left
    there are removed. Windows has no such limits; there only Python's own connections are refused.
    """
    if scratch is not None:
        _write_below(Path(scratch))
    sys.addaudithook(_refuse_network)
    if sys.platform == "linux":
        _leave_network()
    if sys.platform != "win32":
        import resource  # exists on Unix only

        lower(resource.RLIMIT_FSIZE, MAX_OUTPUT)
        if memory is not None:
            lower(resource.RLIMIT_AS, memory)


def limit_processor(seconds: float) -> None:
    """Let this process, from now on, take so much of the processor; its programs have their own limit.

    A margin above is left to whoever waits, who can tell what happened.
    """
    if sys.platform != "win32":
        import resource

        _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        limit = int(time.process_time() + seconds * _CPU_MARGIN) + 1
        if hard == resource.RLIM_INFINITY or limit < hard:
            resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


def _write_below(scratch: Path) -> None:
    for left in scratch.iterdir():
        if not _is_alive(int(left.name)):
            shutil.rmtree(left, ignore_errors=True)
    own = scratch / str(os.getpid())
    own.mkdir(mode=0o700, exist_ok=True)
    tempfile.tempdir = str(own)
    for name in ("TMPDIR", "TEMP", "TMP"):  # for the programs it starts
        os.environ[name] = str(own)


def _is_alive(process: int) -> bool:
    if sys.platform == "win32":
        return True  # os.kill would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def lower(kind: int, limit: int) -> None:
    """Set a limit of the `resource` module, or keep it if it is lower already."""
    import resource

    _soft, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(kind, (limit, hard))


def _leave_network() -> None:
    """A network namespace of its own, with no way out; where the system forbids it, the audit hook is
    all there is. Root keeps its own user namespace, in which it may read everybody's files."""
    root = os.geteuid() == 0
    user, group = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET if root else _CLONE_NEWUSER | _CLONE_NEWNET) or root:
        return
    with contextlib.suppress(OSError):  # unmapped, files would seem to belong to nobody
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event in _NETWORK_EVENTS:
        raise PermissionError("a process that reads documents has no network")
