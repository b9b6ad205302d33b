"""Work beside the requests: one thread, one job at a time, in order."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from threading import Lock, Thread

logger = logging.getLogger(__name__)

Job = tuple[str, ...]


class Background:
    """Jobs of one kind. One that waits already is not asked for twice; one under way is."""

    def __init__(self, work: Callable[[Job], None]) -> None:
        self._work = work
        self._lock = Lock()
        self._waiting: deque[Job] = deque()
        self._running = False

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return self._running

    def soon(self, *job: str) -> None:
        """Do a job when those before are done."""
        with self._lock:
            if job not in self._waiting:
                self._waiting.append(job)
            if not self._running:
                self._running = True
                Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._running = False
                    return
                job = self._waiting.popleft()
            try:
                self._work(job)
            except Exception:  # the thread must outlive it: later jobs wait
                logger.exception("%s", " ".join(job))
