"""Files per second of `kb add` on real documents, and what it could not read.

    python benchmarks/ingest.py

Each folder goes into a fresh library: reading, fields, catalog and index, end to end.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from pathlib import Path

from common import ROOT, data_folder, save, table

from indexer.pipeline import ingest
from kb.library import Library
from kb.settings import Settings


def main() -> None:
    """Measure every folder and keep the table."""
    documents = data_folder() / "documents"
    folders = [
        ROOT / "corpus" / "documents",
        data_folder() / "seeds",
        documents / "gazette-pdf",
        documents / "vbpl-docx",
        documents / "vbpl-html-raw",
        documents / "legacy-doc",
        documents / "scanned-pdf",
    ]
    rows, refused = [], []
    for folder in folders:
        with tempfile.TemporaryDirectory() as home, Library.writing(Settings(Path(home))) as library:
            started = time.perf_counter()
            report = ingest(library, [folder])
            read = time.perf_counter() - started
            indexed = library.reindex()
            total = time.perf_counter() - started
        codes = Counter(item.code for item in report.rejected)
        rows.append(
            [
                folder.name,
                str(report.seen),
                str(indexed.documents),
                str(len(report.rejected)),
                f"{read:.1f}",
                f"{total:.1f}",
                f"{report.seen / total:.1f}",
            ]
        )
        refused += [f"{folder.name}: {count} x {code}" for code, count in sorted(codes.items())]
    header = ["folder", "files", "documents", "rejected", "read_s", "total_s", "files/s"]
    body = table(header, rows) + "\n\nRejected:\n" + "\n".join(refused)
    save("ingest", "Files to searchable documents", "python benchmarks/ingest.py", body)


if __name__ == "__main__":  # child processes import this file
    main()
