"""False refusals of the secrecy gate: real documents, none of which is secret.

    python benchmarks/secrecy.py

Reads every file below documents/ and seeds/ (scans by their text layer only) and the texts of the
retrieval sets, and names whatever carries a mark. How many marks are found is
tests/indexer/test_secrecy.py's.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from common import data_folder, save

from indexer import secrecy, workers
from indexer.extract import registry
from indexer.extract.base import Extracted, Line
from kb.model import Page

JOBS = 2


def marked(path: str) -> str | None:
    """The mark in a file."""
    return secrecy.mark(registry.extract(Path(path)))


def main() -> None:
    """Count and keep the result."""
    data = data_folder()
    files = [
        str(path)
        for folder in (data / "documents", data / "seeds")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in (".json", ".gz")
    ]
    outcomes: Counter[str] = Counter()
    found = []
    for outcome in workers.run(marked, files, jobs=JOBS):
        outcomes["read" if outcome.error is None else outcome.error.code] += 1
        if outcome.result:
            found.append(f"{Path(outcome.item).relative_to(data)}: {outcome.result}")
    texts = 0
    for name, text in _texts(data):
        texts += 1
        level = secrecy.mark(_page(text))
        if level:
            found.append(f"{name}: {level}")
    counts = ", ".join(f"{count} {name}" for name, count in outcomes.most_common())
    body = f"files: {counts}\ntexts: {texts}\nrefused: {len(found)}\n" + "\n".join(sorted(found))
    save("secrecy", "False refusals of the secrecy gate", "python benchmarks/secrecy.py", body)


def _texts(data: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each entry of the sets."""
    for path in (data / "documents" / "vbpl-html.jsonl.gz", *sorted(data.glob("retrieval/*/*.gz"))):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file):
                yield f"{path.relative_to(data)}:{number}", str(json.loads(line).get("text") or "")


def _page(text: str) -> Extracted:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(Line(start, start + len(line), 1))
        start += len(line) + 1
    return Extracted("txt", text, (Page(1, 0, len(text)),), tuple(lines))


if __name__ == "__main__":  # child processes import this file
    main()
