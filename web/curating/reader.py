"""Runs kb's own commands beside the requests, in processes of their own: this one reads no file."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable

from kb.errors import Locked
from kb.settings import Settings
from web.curating.background import Background, Job

logger = logging.getLogger(__name__)

PATIENCE = 3600.0  # seconds to wait for another writer: `kb watch`, an administrator
PAUSE = 1.0


class Reader:
    """One command at a time, in order."""

    def __init__(self, settings: Settings, after: Callable[[], None]) -> None:
        """`after` is called when a command has ended, whatever became of it."""
        self._settings = settings
        self._after = after
        self._background = Background(self._run)
        self.problem = ""  # what the last command said before it failed

    @property
    def busy(self) -> bool:
        """Whether a command runs or waits."""
        return self._background.busy

    def soon(self, *arguments: str) -> None:
        """Run `kb ARGUMENTS` when those before are done."""
        self._background.soon(*arguments)

    def _run(self, arguments: Job) -> None:
        try:
            self._command(arguments)
        finally:
            self._after()

    def _command(self, arguments: Job) -> None:
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
