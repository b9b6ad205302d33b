"""From folders to the catalog: only what is new, changed or gone.

Files are read in child processes, one process writes. Nothing is forgotten because it cannot be
reached: a file counts as gone only where its folder could be read. A file that cannot be read
becomes a Rejected row, and what was known of it before stays.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sqlalchemy.engine import Connection

from indexer import workers
from indexer.archives import Contents, Place
from indexer.extract.failures import NEEDS_OCR
from indexer.extract.ocr import available as has_ocr
from indexer.outcomes import timed_batches, without_scans
from indexer.reader import read_place
from indexer.scan import Scan, Seen, is_below
from kb.catalog import documents as stored
from kb.catalog import sources
from kb.errors import ExtractionFailed
from kb.library import Library
from kb.model import Document, Rejected

BIG = 500_000  # bytes: with each of these a file may take the time limit once more; 500 pages, pressed
OCR_PATIENCE = 30  # times the time limit of a file, the most there is: a page takes some seconds

Progress = Callable[[int, int, str], None]  # (files done, files to read, current path)
Told = Callable[[str, str, str], None]  # (path, outcome, reason or "") of one file, after its commit


def patience(limit: float, size: int, *, ocr: bool = False) -> float:
    """Seconds a file of `size` bytes may take: a big one has more pages; pictures take longest.

    `limit`: seconds for a small file.
    """
    return limit * (OCR_PATIENCE if ocr else min(1 + size / BIG, OCR_PATIENCE))


@dataclass(slots=True)
class Report:
    """What a run did, in files (`counts` by outcome) and in seconds."""

    seen: int = 0
    read: int = 0
    unchanged: int = 0
    unsettled: int = 0  # new or changed, left for later
    counts: Counter[str] = field(default_factory=Counter)  # added, new-version, duplicate, ...
    rejected: list[Rejected] = field(default_factory=list)  # in this run
    gone: int = 0  # sources whose files vanished
    removed: int = 0  # documents that left search with them
    unreachable: list[str] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)  # added folders where everything is missing
    seconds: float = 0.0

    @property
    def changed(self) -> bool:
        """Whether the catalog is different now."""
        return bool(self.gone or any(n for name, n in self.counts.items() if name != "unchanged"))


def ingest(
    library: Library,
    paths: Iterable[Path],
    *,
    reread: bool = False,
    failed_only: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
    settled: Callable[[Seen], bool] | None = None,
    told: Told | None = None,
) -> Report:
    """Bring the catalog up to date with the files below `paths`; call it inside `Library.writing`.

    `reread` reads unchanged files as well; `failed_only` reads only files rejected before; new and
    changed files that are not `settled` (still being written) are left for the next run.
    The index is not touched: call `library.reindex()` afterwards.
    """
    started = time.perf_counter()
    run = _Run(library, list(paths), reread, failed_only, settled, told)
    todo = run.choose()
    run.read(todo, jobs or library.settings.effective_jobs, progress)
    if not failed_only:
        run.forget_gone()
    run.report.seconds = time.perf_counter() - started
    return run.report


class _Run:
    def __init__(
        self,
        library: Library,
        paths: list[Path],
        reread: bool,
        failed_only: bool,
        settled: Callable[[Seen], bool] | None,
        told: Told | None,
    ) -> None:
        self.library = library
        self.scan = Scan(paths, skip=library.settings.home)
        self.reread = reread
        self.failed_only = failed_only
        self.settled = settled
        self.told = told
        self.report = Report()
        with library.database.connect() as connection:
            self.known = sources.list_sources(connection)
            self.archives = sources.list_archives(connection)
            self.failed = {item.path: item for item in sources.list_rejected(connection)}
        self.seen: set[str] = set()
        self.files: dict[str, Seen] = {}  # those to read, by path
        self.total = 0  # files and members to read
        self.opened: set[str] = set()  # archives whose members of today are in `seen`

    # ------------------------------------------------------------ which files

    def choose(self) -> list[Seen]:
        """The files to read now."""
        todo = []
        for file in self.scan.files():
            self.seen.add(file.path)
            if not self._wanted(file):
                self.report.unchanged += 1
            elif self.settled is not None and not self.settled(file):
                self.report.unsettled += 1
            else:
                todo.append(file)
        self.report.seen = len(self.seen)
        self.report.unreachable = self.scan.unreachable
        with self.library.database.begin() as connection:
            for item in self.scan.rejected:
                self._reject(connection, item)
        return todo

    def _wanted(self, file: Seen) -> bool:
        failed = self.failed.get(file.path)
        if file.path in self.archives and failed is None:
            return self._wanted_archive(file)
        if self.failed_only:
            return failed is not None
        if self.reread:
            return True
        if failed is not None and failed.code == NEEDS_OCR and has_ocr():
            return True  # the program was installed since
        if failed is not None:
            return (failed.size, failed.mtime_ns) != (file.size, file.mtime_ns)
        known = self.known.get(file.path)
        return known is None or (known.size, known.mtime_ns, known.sidecar_sha256) != (
            file.size,
            file.mtime_ns,
            file.sidecar_sha256,
        )

    def _wanted_archive(self, file: Seen) -> bool:
        failed = self._failed_members(file.path)
        if self.failed_only:
            return bool(failed)
        if self.reread or any(item.code == NEEDS_OCR and has_ocr() for item in failed):
            return True
        return self.archives[file.path] != (file.size, file.mtime_ns)

    def _failed_members(self, archive: str) -> list[Rejected]:
        return [item for path, item in self.failed.items() if is_below(path, archive)]

    # ------------------------------------------------------------ reading

    def read(self, todo: list[Seen], jobs: int, progress: Progress | None) -> None:
        """Read the files in child processes; members of archives behind the other files, scans behind
        all, where OCR is there."""
        self.files = {file.path: file for file in todo}
        self.total = len(todo)
        places, scans = [Place(file.path) for file in todo], []
        while places:
            members, pictures = self._read(places, jobs, progress, ocr=False)
            scans += pictures
            places = members
        if scans:
            self._read(scans, jobs, progress, ocr=True)
        # Only now: after a kill the members of an archive are read again.
        with self.library.database.begin() as connection:
            for path in sorted(self.opened):
                file = self.files[path]
                sources.keep_archive(connection, path, file.size, file.mtime_ns)

    def _read(
        self, places: list[Place], jobs: int, progress: Progress | None, *, ocr: bool
    ) -> tuple[list[Place], list[Place]]:
        """Keep what comes back, a batch a transaction; the members of archives, and the scans, which
        are left for OCR."""
        settings = self.library.settings
        outcomes = workers.run(
            partial(read_place, secrecy_gate=settings.secrecy_gate, ocr=ocr),
            places,
            jobs=max(1, min(jobs, len(places))),
            timeout=partial(self._patience, ocr=ocr),
            memory=settings.file_memory * 1024 * 1024,
        )
        scans: list[Place] = []
        members: list[Place] = []
        if not ocr and has_ocr():
            # Nothing is noted of them yet: after a kill they are read again.
            outcomes = without_scans(outcomes, scans)
        for batch in timed_batches(outcomes):
            with self.library.database.begin() as connection:
                news = [self._keep(connection, outcome) for outcome in batch]
            for outcome in batch:
                if isinstance(outcome.result, Contents):
                    members += self._open(outcome.item.path, outcome.result)
            # Told after the commit: what the bar shows as done survives a kill.
            for outcome, (what, reason) in zip(batch, news, strict=True):
                self._tell(outcome.item.path, what, reason)
            self.report.read += len(batch)
            if progress is not None:
                progress(self.report.read, self.total, batch[-1].item.path)
        return members, scans

    def _patience(self, place: Place, *, ocr: bool) -> float:
        """Seconds a file, or a member of an archive, may take."""
        file = self.files.get(place.archive or place.path)
        size = file.size if file is not None else 0
        return patience(self.library.settings.file_timeout, size, ocr=ocr)

    def _open(self, path: str, contents: Contents) -> list[Place]:
        """The members of an archive that are to be read."""
        retried = {item.path for item in self._failed_members(path)}
        self.opened.add(path)
        self.seen.update(place.path for place in contents.places)
        self.seen.update(refused for refused, _error in contents.refused)
        file = self.files[path]
        unchanged = self.archives.get(path) == (file.size, file.mtime_ns) and not self.reread
        places = [place for place in contents.places if not unchanged or place.path in retried]
        self.total += len(places)
        self.report.seen += len(contents.places) + len(contents.refused)
        return places

    def _keep(
        self, connection: Connection, outcome: workers.Outcome[Document | Contents]
    ) -> tuple[str, str]:
        """Store what was read of a place; what became of it, and why where it was refused."""
        place: Place = outcome.item
        if outcome.error is not None:
            return self._refuse(connection, place.path, place.archive or place.path, outcome.error)
        sources.accept(connection, place.path)
        if isinstance(outcome.result, Contents):
            for path, error in outcome.result.refused:
                self._refuse(connection, path, place.path, error)
            # It may have been a document before, by another name of its format or all in one.
            self.report.removed += sources.forget(connection, [place.path])
            return "opened", ""
        if outcome.result is None:
            raise ValueError("neither a document nor an error")
        if place.archive is None and place.path in self.archives:
            del self.archives[place.path]
            sources.forget_archive(connection, place.path)  # another kind of file has taken its place
        kept = stored.store(connection, outcome.result).outcome
        self.report.counts[kept] += 1
        return kept, ""

    def _refuse(
        self, connection: Connection, path: str, on_disk: str, error: ExtractionFailed
    ) -> tuple[str, str]:
        if error.sha256 is not None:
            self.report.removed += stored.erase(connection, path, error.sha256)
        file = self.files[on_disk]
        self._reject(
            connection,
            Rejected(
                path,
                error.code,
                str(error),
                error.remedy,
                file.size,
                file.mtime_ns,
                error.sha256,
            ),
        )
        return error.code, str(error)

    def _tell(self, path: str, outcome: str, reason: str = "") -> None:
        if self.told is not None:
            self.told(path, outcome, reason)

    def _reject(self, connection: Connection, item: Rejected) -> None:
        sources.reject(connection, item)
        self.report.rejected.append(item)

    # ------------------------------------------------------------ what is gone

    def forget_gone(self) -> None:
        """Forget sources and rejections whose files are no longer there."""
        # A share that is not there leaves an empty folder: whoever means it says `kb remove`.
        self.report.emptied = [
            place for place in self.scan.empty if any(is_below(path, place) for path in self.known)
        ]
        places = [str(path) for path in self.scan.paths if str(path) not in self.report.emptied]
        for path in self.archives:
            if path in self.seen and path not in self.opened:  # unchanged, or it cannot be read now
                self.seen.update(name for name in (*self.known, *self.failed) if is_below(name, path))

        def gone(path: str) -> bool:
            in_scope = any(is_below(path, place) for place in places)
            return in_scope and path not in self.seen and self.scan.is_gone(path)

        vanished = [path for path in self.known if gone(path)]
        lost = [path for path in self.archives if path not in self.seen and gone(path)]
        rejected_now = {item.path for item in self.scan.rejected}
        with self.library.database.begin() as connection:
            self.report.removed += sources.forget(connection, vanished)
            for path in lost:
                sources.forget_archive(connection, path)
            for path in self.failed:
                if path not in rejected_now and gone(path):
                    sources.accept(connection, path)
        self.report.gone = len(vanished)
        for path in vanished:
            self._tell(path, "gone")
