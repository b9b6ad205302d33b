"""Documents and pages per second of `kb add`, by format and for mixed folders, and the memory it takes.

    python benchmarks/ingest.py [--only mixed,large-pdf] [--jobs 2]

Each folder goes into a fresh library in a process of its own: reading, fields, catalog and index, end
to end. Peak memory is that of the writing process and of the largest reading process (RSS).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from common import ROOT, save, table
from ingest_folders import FOLDERS

from indexer.pipeline import ingest
from kb.library import Library
from kb.settings import Settings

_UNIT = 1 << (20 if sys.platform == "darwin" else 10)  # of ru_maxrss, in MiB
HEADER = ["folder", "files", "documents", "rejected", "pages", "read_s", "total_s", "files/s"]
HEADER += ["pages/s", "parent_MiB", "child_MiB"]


def main() -> None:
    """Measure every folder and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", type=lambda names: names.split(","))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measured(Path(options.measure), options.jobs)))
        return
    rows: list[list[str]] = []
    refused: list[str] = []
    for name, fill in FOLDERS.items():
        if options.only and name not in options.only:
            continue
        row, codes = _apart(name, fill, options.jobs)
        if row:
            rows.append(row)
            refused += [f"{name}: {count} x {code}" for code, count in sorted(codes.items())]
            print(*row, flush=True)
    body = table(HEADER, rows) + "\n\nRejected:\n" + "\n".join(refused or ["none"])
    if options.only:
        print(body)
    else:
        command = f"python benchmarks/ingest.py --jobs {options.jobs}"
        save("ingest", "Files to searchable documents", command, body)


def _apart(name: str, fill: Callable[[Path], bool], jobs: int) -> tuple[list[str], dict[str, int]]:
    """A folder measured in a new process; nothing where its files are not here."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / name
        folder.mkdir()
        if not fill(folder):
            return [], {}
        command = [sys.executable, __file__, "--measure", str(folder), "--jobs", str(jobs)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT)
        found = json.loads(done.stdout)
        shutil.rmtree(folder)
        return found["row"], found["codes"]


def measured(folder: Path, jobs: int) -> dict[str, object]:
    """The row of a folder, and how many files were refused with which code."""
    with tempfile.TemporaryDirectory() as home, Library.writing(Settings(Path(home))) as library:
        started = time.perf_counter()
        report = ingest(library, [folder], jobs=jobs)
        read = time.perf_counter() - started
        indexed = library.reindex()
        total = time.perf_counter() - started
        with library.database.connect() as connection:
            pages = connection.exec_driver_sql("SELECT count(*) FROM pages").scalar() or 0
    peaks = [
        resource.getrusage(who).ru_maxrss / _UNIT
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    row = [folder.name, *map(str, (report.seen, indexed.documents, len(report.rejected), pages))]
    row += [f"{value:.1f}" for value in (read, total, report.seen / total, pages / total)]
    row += [f"{peak:.0f}" for peak in peaks]
    return {"row": row, "codes": Counter(item.code for item in report.rejected)}


if __name__ == "__main__":  # child processes import this file
    main()
