"""Near-duplicates: time to sign, find and fold at 40,000 documents; twins and next year's plans.

    python benchmarks/near.py [DOCUMENTS]

At most so many of each set. The 40,000 are the news of `scale/`; twins and plans are made up
(tests/near_samples.py).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, islice
from pathlib import Path

import sqlalchemy as sa
from common import ROOT, data_folder, save, table
from sqlalchemy.engine import Connection

from kb import same_paper
from kb.access import PUBLIC
from kb.catalog import derived, near, reading
from kb.catalog import documents as stored
from kb.catalog.database import open_database
from kb.catalog.derived import Derivation
from kb.model import Document, Metadata, Page, Source, StoredText, Value
from kb.near.papers import Paper, relation
from kb.near.signature import resemblance, sign
from kb.vietnamese.kinds import NEWS

sys.path.insert(0, str(ROOT / "tests"))
import near_samples

LABELS = tuple(PUBLIC.labels)
ASKED = 500
SEEDS = 40


def main() -> None:
    """Measure all three and keep the tables."""
    data = data_folder()
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    news = list(islice(_documents(data / "scale" / "vietnews-train-40k.jsonl.gz"), most))
    parts = [
        _signing(news),
        *_catalog(news),
        _made_up(),
        _pairs(data / "retrieval", most),
    ]
    save(
        "near",
        "Near-duplicates",
        " ".join(["python benchmarks/near.py", *sys.argv[1:]]),
        "\n\n".join(parts),
    )


def _documents(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _times(call: Callable[[object], object], items: list[object]) -> list[float]:
    """Milliseconds of processor time of each call: the machine may be busy with other things."""
    taken = []
    for item in items:
        started = time.process_time()
        call(item)
        taken.append((time.process_time() - started) * 1000)
    return taken


def _row(name: str, taken: list[float]) -> list[str]:
    ordered = sorted(taken)
    quantile = ordered[int(len(ordered) * 0.95)]
    return [name, str(len(taken)), f"{statistics.median(taken):.2f}", f"{quantile:.2f}"]


def _signing(news: list[dict[str, str]]) -> str:
    pages: list[object] = [d["text"] for d in news if 450 <= len(d["text"].split()) <= 550][:2_000]
    for text in pages[:500]:
        sign(str(text))  # the words' hashes are kept
    rows = [_row("sign a page of 450-550 words", _times(lambda text: sign(str(text)), pages))]
    signatures = [sign(str(text)) for text in pages[:100]]
    started = time.process_time()
    compared = [resemblance(a, b) for a, b in combinations(signatures, 2)]
    each = (time.process_time() - started) / len(compared) * 1000
    rows.append(["compare two signatures", str(len(compared)), f"{each:.4f}", ""])
    return table(["", "n", "cpu ms p50", "cpu ms p95"], rows)


def _catalog(news: list[dict[str, str]]) -> Iterator[str]:
    keeping: list[float] = []  # milliseconds a document
    usual = derived.DERIVATIONS
    derived.DERIVATIONS = tuple(
        _timed(each, keeping) if each.name == "near" else each for each in usual
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.sqlite"
        database = open_database(f"sqlite:///{path}", write=True)
        ids = []
        started = time.process_time()
        for first in range(0, len(news), 100):
            with database.begin() as connection:
                ids += [stored.store(connection, _document(d)).id for d in news[first : first + 100]]
        total = time.process_time() - started
        derived.DERIVATIONS = usual
        rng = random.Random(1)
        asked: list[object] = list(rng.sample(ids, ASKED))
        pages: list[object] = [rng.sample(ids, 10) for _ in range(ASKED)]
        with database.connect() as connection:
            size = connection.execute(
                sa.text(
                    "SELECT sum(pgsize) FROM dbstat WHERE name IN ('signatures', 'bands', "
                    "'bands_by_key', 'sqlite_autoindex_signatures_1')"
                )
            ).scalar_one()
            found = [len(near.same(connection, str(i), LABELS)[1]) for i in ids[:5_000]]
            shown = [reading.load_shown(connection, list(page)) for page in pages]  # type: ignore[call-overload]
            rows = [
                _row("keep (sign, write 22 rows)", keeping),
                _row(
                    "find a document's copies and versions",
                    _times(lambda i: near.same(connection, str(i), LABELS), asked),
                ),
                _row(
                    "fold a page of 10",
                    _times(lambda p: same_paper.folded(connection, p, PUBLIC), shown),
                ),  # type: ignore[arg-type, list-item]
            ]
        database.dispose()
        yield table([f"at {len(ids):,} documents", "n", "cpu ms p50", "cpu ms p95"], rows)
        yield (
            f"Storing took {total:.0f} s, of which signatures {sum(keeping) / 1000:.0f} s. "
            f"Signatures and bands take {size / 1e6:.0f} MB of {path.stat().st_size / 1e6:.0f} MB.\n"
            f"Of the first {len(found):,} documents {sum(map(bool, found))} have copies among all."
        )


def _timed(derivation: Derivation, spent: list[float]) -> Derivation:
    """The same, which notes in `spent` what each document takes."""

    def read(text: StoredText) -> object:
        started = time.process_time()
        result = derivation.read(text)
        spent.append((time.process_time() - started) * 1000)
        return result

    def keep(connection: Connection, document_id: str, what: object) -> None:
        started = time.process_time()
        derivation.keep(connection, document_id, what)
        spent[-1] += (time.process_time() - started) * 1000

    return replace(derivation, read=read, keep=keep)


def _document(item: dict[str, str]) -> Document:
    text = f"{item['title']}\n{item['text']}"
    source = Source(
        item["_id"], hashlib.sha256(f"{item['_id']}{text}".encode()).hexdigest(), len(text), 0
    )
    title = Value(item["title"], 0.9, None, "benchmark") if item["title"] else None
    return Document(
        source, "txt", text, (Page(1, 0, len(text)),), Metadata(title=title, kind=Value(NEWS, 0.9))
    )


# ---------------------------------------------------------------- made-up twins


def _made_up() -> str:
    title = "Kế hoạch thực hiện công tác dân vận năm {}"
    signed = {"symbol": "12/KH-CAT-PV05", "issued_on": date(2022, 6, 15), "title": title.format(2022)}
    untold = {"title": title.format(2022)}

    def misread(text: str, rng: random.Random) -> str:
        return near_samples.misread(text, rng)

    def next_year(text: str, _rng: random.Random) -> str:
        return near_samples.next_year(text)

    cases: list[
        tuple[str, Callable[[str, random.Random], str], bool, dict[str, object], dict[str, object]]
    ] = [
        ("scan (5 % misread), symbol and date", misread, False, signed, signed),
        ("scan, title only", misread, False, signed, untold),
        ("two scans, symbol and date", misread, True, signed, signed),
        ("two scans, title only", misread, True, untold, untold),
        ("words of a legacy encoding, title only", near_samples.with_junk, False, signed, untold),
        ("next year's, title read", next_year, False, untold, {"title": title.format(2023)}),
        ("next year's, nothing read", next_year, False, {}, {}),
        (
            "next year's, scanned, same title",
            lambda t, r: misread(next_year(t, r), r),
            False,
            untold,
            untold,
        ),
    ]
    rows = []
    for name, spoil, both, first, second in cases:
        row = [name]
        for clauses in (4, 12, 40):
            same = 0
            for seed in range(SEEDS):
                rng = random.Random(seed)
                text = near_samples.paper(seed, clauses=clauses)
                a = sign(misread(text, rng) if both else text)
                b = sign(spoil(text, rng))
                same += relation(Paper("a", a, **first), Paper("b", b, **second)) is not None  # type: ignore[arg-type]
            row.append(f"{same / SEEDS:.3f}")
        rows.append(row)
    header = ["share taken for the same paper", "4 clauses", "12", "40"]
    return table(header, rows)


# ---------------------------------------------------------------- pairs in real sets


def _pairs(folder: Path, most: int) -> str:
    rows = []
    for name in ("tthc", "vietnews-val", "phapdien"):
        items = list(islice(_documents(folder / name / "corpus.jsonl.gz"), most))
        titles = _titles(folder / name)
        papers = [
            Paper(item["_id"], sign(item["text"]), title=titles.get(item["_id"])) for item in items
        ]
        signatures = [paper.signature for paper in papers]
        places: dict[int, list[int]] = {}
        for index, signature in enumerate(signatures):
            for key in signature.bands:
                places.setdefault(key, []).append(index)
        meeting = {pair for same in places.values() for pair in combinations(same[:200], 2)}
        alike = [pair for pair in meeting if _told(signatures, pair) >= 0.5]
        same = [(a, b) for a, b in alike if relation(papers[a], papers[b])]
        identical = sum(items[a]["text"] == items[b]["text"] for a, b in same)
        counts = (len(items), len(meeting), len(alike), len(same), identical)
        rows.append([name, *(f"{count:,}" for count in counts)])
    header = ["set", "documents", "pairs compared", "alike >= .5", "same paper", "same text"]
    return table(header, rows)


def _titles(folder: Path) -> dict[str, str]:
    """The question each document answers alone: in these sets its title."""
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    queries = {query["_id"]: query["text"] for query in map(json.loads, lines)}
    judged = (
        line.split("\t") for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()
    )
    return {row[1]: queries[row[0]] for row in judged if row[0] in queries}


def _told(signatures: list[near.Signature], pair: tuple[int, int]) -> float:
    return resemblance(signatures[pair[0]], signatures[pair[1]])


if __name__ == "__main__":
    main()
