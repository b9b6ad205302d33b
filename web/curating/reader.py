"""Runs kb's own commands beside the requests, in processes of their own: this one reads no file."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from threading import Lock, Thread

from kb.errors import Locked
from kb.settings import Settings

logger = logging.getLogger(__name__)

PATIENCE = 3600.0  # seconds to wait for another writer: `kb watch`, an administrator
PAUSE = 1.0


class Reader:
    """One command at a time, in order; a command that waits already is not asked for twice."""

    def __init__(self, settings: Settings, after: Callable[[], None]) -> None:
        """`after` is called when a command has ended, whatever became of it."""
        self._settings = settings
        self._after = after
        self._lock = Lock()
        self._waiting: deque[tuple[str, ...]] = deque()
        self._running = False
        self.problem = ""  # what the last command said before it failed

    @property
    def busy(self) -> bool:
        """Whether a command runs or waits."""
        return self._running

    def soon(self, *arguments: str) -> None:
        """Run `kb ARGUMENTS` when those before are done."""
        with self._lock:
            if arguments not in self._waiting:
                self._waiting.append(arguments)
            if not self._running:
                self._running = True
                Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._running = False
                    return
                arguments = self._waiting.popleft()
            try:
                self._command(arguments)
                self._after()
            except Exception:  # the thread must outlive it: later commands wait
                logger.exception("kb %s", " ".join(arguments))

    def _command(self, arguments: tuple[str, ...]) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            ended = subprocess.run(
                [sys.executable, "-m", "kb", *arguments],
                env={**os.environ, **self._settings.environment()},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                check=False,
            )
            if ended.returncode != Locked.exit_code or time.monotonic() > deadline:
                break
            time.sleep(PAUSE)
        self.problem = ended.stderr.strip()[-2000:] if ended.returncode else ""
        if ended.returncode:
            logger.error("kb %s: %s", " ".join(arguments), self.problem)
