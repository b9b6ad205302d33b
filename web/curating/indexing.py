"""Brings the index up to date after a correction, beside the requests."""

from __future__ import annotations

import logging

from kb.errors import KbError, Locked
from kb.library import Library
from kb.settings import Settings
from web.curating.background import Background, Job

logger = logging.getLogger(__name__)


class Reindexer:
    """At most one run at a time; what comes during a run gets another."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._background = Background(self._run)

    def soon(self) -> None:
        """Start a run, or have the one under way followed by another."""
        self._background.soon()

    def _run(self, _job: Job) -> None:
        try:
            with Library.writing(self._settings) as library:
                library.reindex()
        except Locked:
            logger.info("another process writes; it brings the index up to date when it is done")
        except KbError as error:
            logger.error("%s: %s", type(error).__name__, error)
