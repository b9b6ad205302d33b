"""Time per keystroke of Library.suggest, typing real titles and queries character by character.

    python benchmarks/suggest.py                    phapdien, 43,657 documents
    python benchmarks/suggest.py --all              with vietnews-val and scale, about 106,000
    python benchmarks/suggest.py --home FOLDER      keep the library there, use it again

The sets mostly come without titles, which suggestions live on: a document gets the query it answers
as its title, or else its first line. Every text is typed with and without accents.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from common import data_folder, save, table

from kb.access import PUBLIC
from kb.catalog import documents as catalog
from kb.catalog import sources
from kb.evaluation.beir import BeirSet
from kb.library import Library
from kb.model import Document, Metadata, Page, Source, Span, Value
from kb.settings import Settings
from kb.vietnamese.normalise import clean, fold

TYPED = 200  # titles and queries
TITLE = 120  # characters of a first line that serves as title
BATCH = 500


def main() -> None:
    """Measure and keep the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--engine", default="tantivy", choices=["tantivy", "whoosh"])
    parser.add_argument("--typed", type=int, default=TYPED)
    options = parser.parse_args()
    retrieval = data_folder() / "retrieval"
    sets = [retrieval / "phapdien"]
    if options.all:
        sets += [retrieval / "vietnews-val", data_folder() / "scale"]
    with tempfile.TemporaryDirectory(prefix="tracuu-suggest-") as temporary:
        settings = Settings(home=options.home or Path(temporary), engine=options.engine)
        with Library.writing(settings) as library:
            _store(library, sets)
            library.reindex()
            count = library.status(PUBLIC).documents
            rows = [_measured(library, name, texts) for name, texts in _typed(sets, options.typed)]
    name = "suggest" + ("-all" if options.all else "")
    if options.engine != "tantivy":
        name += f"-{options.engine}"
    header = ["typed", "keys", "p50_ms", "p95_ms", "max_ms", "cpu_p95_ms", "none"]
    body = f"{count:,} documents, {options.engine}\n\n" + table(header, rows)
    body += "\n\ncpu: time of this thread, which other programs on the machine do not lengthen."
    body += "\nnone: keystrokes without any suggestion."
    command = "python benchmarks/suggest.py" + (" --all" if options.all else "")
    command += "" if options.engine == "tantivy" else f" --engine {options.engine}"
    save(name, "Suggestions per keystroke", command, body)


def _measured(library: Library, name: str, texts: list[str]) -> list[str]:
    library.suggest("văn bản", PUBLIC)
    wall, cpu, nothing = [], [], 0
    for text in texts:
        for end in range(1, len(text) + 1):
            before, before_cpu = time.perf_counter(), time.thread_time()
            found = library.suggest(text[:end], PUBLIC)
            cpu.append((time.thread_time() - before_cpu) * 1000)
            wall.append((time.perf_counter() - before) * 1000)
            nothing += not found
    wall.sort()
    cpu.sort()
    at = int(0.95 * (len(wall) - 1))
    times = (statistics.median(wall), wall[at], wall[-1], cpu[at])
    return [name, str(len(wall)), *(f"{t:.1f}" for t in times), f"{nothing / len(wall):.0%}"]


def _typed(sets: list[Path], count: int) -> Iterator[tuple[str, list[str]]]:
    """What is typed: half titles of the library, half queries of the sets."""
    chooser = random.Random(3)
    titles = [title for folder in sets for _id, title, _text in islice(_entries(folder), 20_000)]
    queries = [
        clean(text)
        for folder in sets
        if (folder / "queries.jsonl").exists()
        for text in BeirSet.open(folder).queries.values()
    ]
    for name, texts in (("titles", titles), ("queries", queries)):
        chosen = chooser.sample([text[:TITLE] for text in texts], count // 2)
        yield name, chosen
        yield f"{name}, no accents", [fold(text) for text in chosen]


def _store(library: Library, sets: list[Path]) -> None:
    with library.database.connect() as connection:
        known = sources.list_sources(connection)
    for folder in sets:
        entries = (entry for entry in _entries(folder) if entry[0] not in known)
        while batch := list(islice(entries, BATCH)):
            with library.database.begin() as connection:
                for name, title, text in batch:
                    catalog.store(connection, _document(name, title, text))


def _entries(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Id, title and text of each entry of a set."""
    asked: dict[str, str] = {}
    if (folder / "queries.jsonl").exists():
        judged = BeirSet.open(folder)
        for query, documents in judged.qrels.items():
            text = judged.queries.get(query)
            asked.update({name: clean(text) for name in documents if text})
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                entry = json.loads(line)
                name, text = str(entry["_id"]), clean(str(entry["text"]))
                first = text.strip().split("\n")[0][:TITLE].rsplit(" ", 1)[0]
                yield name, clean(entry.get("title") or "") or asked.get(name) or first, text


def _document(name: str, title: str, text: str) -> Document:
    digest = hashlib.sha256(f"{name}\0{text}".encode()).hexdigest()
    source = Source(name, digest, len(text), 0)
    whole = Document(source, "txt", f"{title}\n\n{text}", (Page(1, 0, len(title) + 2 + len(text)),))
    return replace(whole, metadata=Metadata(title=Value(title, 1.0, Span(0, len(title)), "set")))


if __name__ == "__main__":  # child processes import this file
    main()
