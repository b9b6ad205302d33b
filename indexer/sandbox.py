"""What a process that opens strangers' files may do: little memory, small files, no network.

Parsers are attacked through the files they read (SAFETY.md, "Parsing children have no network").
Time is limited by whoever waits for the process (indexer.workers).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path

MAX_OUTPUT = 200 << 20  # bytes of one file written, by the process or the programs it runs
_NETWORK_EVENTS = frozenset(("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"))
_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000


def enter(memory: int | None = None) -> None:
    """Limit this process and all it starts, for good. `memory`: bytes of address space.

    Windows has no such limits; there only Python's own connections are refused.
    """
    sys.addaudithook(_refuse_network)
    if sys.platform == "linux":
        _leave_network()
    if sys.platform != "win32":
        import resource  # exists on Unix only

        _lower(resource.RLIMIT_FSIZE, MAX_OUTPUT)
        if memory is not None:
            _lower(resource.RLIMIT_AS, memory)


def _lower(kind: int, limit: int) -> None:
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
