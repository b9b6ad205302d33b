"""Brings the index up to date after a correction, beside the requests."""

from __future__ import annotations

import logging
from threading import Lock, Thread

from kb.errors import KbError, Locked
from kb.library import Library
from kb.settings import Settings

logger = logging.getLogger(__name__)


class Reindexer:
    """At most one run at a time; what comes during a run gets another."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._running = False
        self._again = False

    def soon(self) -> None:
        """Start a run, or have the one under way followed by another."""
        with self._lock:
            self._again = True
            if not self._running:
                self._running = True
                Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._again:
                    self._running = False
                    return
                self._again = False
            try:
                with Library.writing(self._settings) as library:
                    library.reindex()
            except Locked:
                logger.info("another process writes; it brings the index up to date when it is done")
            except KbError as error:
                logger.error("%s: %s", type(error).__name__, error)
