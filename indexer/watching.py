"""Folders watched for as long as it takes: new, changed, moved and vanished files, a batch at a time.

By looking again every few seconds, not by events of the operating system: those are not sent for
network shares, which is where offices keep their documents. A look costs one stat a file.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from indexer.pipeline import Report, Told, ingest
from indexer.scan import Seen
from kb.catalog import sources
from kb.errors import KbError
from kb.library import Library
from kb.settings import Settings

Trouble = Callable[[KbError | OSError], None]


class Settled:
    """Tells files at rest from files still being written: the same size and time stamp for a while."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._since: dict[str, tuple[int, int, float]] = {}  # path -> size, time stamp, first seen so

    def __call__(self, file: Seen) -> bool:
        """Whether the file has been as it is now for long enough."""
        now = self._clock()
        size, mtime, since = self._since.get(file.path, (None, None, now))
        if (size, mtime) != (file.size, file.mtime_ns):
            since = now
        self._since[file.path] = (file.size, file.mtime_ns, since)
        if now - since < self._seconds:
            return False
        del self._since[file.path]  # it is read now
        return True


def watch(
    settings: Settings,
    paths: Sequence[Path],
    *,
    told: Told,
    trouble: Trouble,
    interval: float = 10.0,
    settle: float = 5.0,
    sleep: Callable[[float], object] = time.sleep,
) -> Iterator[Report]:
    """Bring catalog and index up to date every `interval` seconds, endlessly; what each look did.

    Without `paths`: whatever was added to the library by then. A file is read once it did not change
    for `settle` seconds. `told` hears of each file, `trouble` of what kept a look from being finished
    (another process writes, a disk is full): the next one tries again.
    """
    settled = Settled(settle)
    up_to_date = False  # a run before may have ended between reading and indexing
    while True:
        try:
            # The lock is held for one look only: an administrator's own command gets its turn.
            with Library.writing(settings) as library:
                with library.database.connect() as connection:
                    places = list(paths) or [Path(path) for path in sources.list_roots(connection)]
                report = ingest(library, places, settled=settled, told=told)
                if report.changed or not up_to_date:
                    library.reindex()
                    up_to_date = True
            yield report
        except (KbError, OSError) as error:
            up_to_date = False
            trouble(error)
        sleep(interval)
