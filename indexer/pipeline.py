"""From folders to the catalog: only what is new, changed or gone.

Files are read in child processes, one process writes. Nothing is forgotten because it cannot be
reached: a file counts as gone only where its folder could be read. A file that cannot be read
becomes a Rejected row, and what was known of it before stays.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sqlalchemy.engine import Connection

from indexer import workers
from indexer.extract.failures import NEEDS_OCR
from indexer.extract.ocr import available as has_ocr
from indexer.reader import has_pictures, read_file
from indexer.scan import Scan, Seen, is_below
from kb.catalog import documents as stored
from kb.catalog import sources
from kb.errors import ExtractionFailed
from kb.library import Library
from kb.model import Document, Rejected

OCR_PATIENCE = 30  # times the time limit of a file: a page takes some seconds
COMMIT_EVERY = 50  # files read
COMMIT_SECONDS = 2.0  # or this long since the last commit: what a kill can make us read again

Progress = Callable[[int, int, str], None]  # (files done, files to read, current path)
Told = Callable[[str, str, str], None]  # (path, outcome, reason or "") of one file, after its commit


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
            self.failed = {item.path: item for item in sources.list_rejected(connection)}
        self.seen: set[str] = set()

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

    # ------------------------------------------------------------ reading

    def read(self, todo: list[Seen], jobs: int, progress: Progress | None) -> None:
        """Read the files in child processes; scans behind all others, where OCR is there."""
        files = {file.path: file for file in todo}
        scans = self._read(files, list(files), jobs, progress, ocr=False)
        if scans:
            self._read(files, scans, jobs, progress, ocr=True)

    def _read(
        self,
        files: dict[str, Seen],
        paths: list[str],
        jobs: int,
        progress: Progress | None,
        *,
        ocr: bool,
    ) -> list[str]:
        """Keep what comes back, a batch a transaction; the paths of scans, which are left for OCR."""
        settings = self.library.settings
        outcomes = workers.run(
            partial(read_file, secrecy_gate=settings.secrecy_gate, ocr=ocr),
            paths,
            jobs=max(1, min(jobs, len(paths))),
            timeout=settings.file_timeout * (OCR_PATIENCE if ocr else 1),
            memory=settings.file_memory * 1024 * 1024,
        )
        scans: list[str] = []
        if not ocr and has_ocr():
            # Nothing is noted of them yet: after a kill they are read again.
            outcomes = _without_scans(outcomes, scans)
        for batch in _timed_batches(outcomes):
            with self.library.database.begin() as connection:
                news = [
                    self._keep(connection, files[outcome.item], outcome.result, outcome.error)
                    for outcome in batch
                ]
            # Told after the commit: what the bar shows as done survives a kill.
            for outcome, (what, reason) in zip(batch, news, strict=True):
                self._tell(outcome.item, what, reason)
            self.report.read += len(batch)
            if progress is not None:
                progress(self.report.read, len(files), batch[-1].item)
        return scans

    def _keep(
        self,
        connection: Connection,
        file: Seen,
        document: Document | None,
        error: ExtractionFailed | None,
    ) -> tuple[str, str]:
        """Store what was read of a file; what became of it, and why where it was refused."""
        if document is not None:
            outcome = stored.store(connection, document).outcome
            sources.accept(connection, file.path)
            self.report.counts[outcome] += 1
            return outcome, ""
        if error is not None:
            if error.sha256 is not None:
                self.report.removed += stored.erase(connection, file.path, error.sha256)
            item = Rejected(
                file.path,
                error.code,
                str(error),
                error.remedy,
                file.size,
                file.mtime_ns,
                error.sha256,
            )
            self._reject(connection, item)
            return error.code, str(error)
        raise ValueError("neither a document nor an error")

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

        def gone(path: str) -> bool:
            in_scope = any(is_below(path, place) for place in places)
            return in_scope and path not in self.seen and self.scan.is_gone(path)

        vanished = [path for path in self.known if gone(path)]
        rejected_now = {item.path for item in self.scan.rejected}
        with self.library.database.begin() as connection:
            self.report.removed += sources.forget(connection, vanished)
            for path in self.failed:
                if path not in rejected_now and gone(path):
                    sources.accept(connection, path)
        self.report.gone = len(vanished)
        for path in vanished:
            self._tell(path, "gone")


def _without_scans(
    outcomes: Iterable[workers.Outcome[Document]], scans: list[str]
) -> Iterator[workers.Outcome[Document]]:
    """The outcomes of files whose pages all have text; the paths of the others go into `scans`."""
    for outcome in outcomes:
        pages = outcome.result is not None and has_pictures(outcome.result)
        if pages or (outcome.error is not None and outcome.error.code == NEEDS_OCR):
            scans.append(outcome.item)
        else:
            yield outcome


def _timed_batches(
    outcomes: Iterable[workers.Outcome[Document]],
) -> Iterator[list[workers.Outcome[Document]]]:
    batch: list[workers.Outcome[Document]] = []
    since = time.monotonic()
    for outcome in outcomes:
        batch.append(outcome)
        if len(batch) >= COMMIT_EVERY or time.monotonic() - since > COMMIT_SECONDS:
            yield batch
            batch, since = [], time.monotonic()
    if batch:
        yield batch
