"""Every field of the sample documents against what is right.

    python benchmarks/fields.py [--misses]

corpus/gold.json says what is right; tests/indexer/metadata does the same for the five seeds. A value is
right when it equals the gold one; issuers are compared as units, subjects without regard to case.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter

from common import ROOT, save, table

from indexer.reader import read_file
from kb.model import Metadata
from kb.vietnamese import units

FIELDS = (
    "kind",
    "symbol",
    "issued_on",
    "published_on",
    "event_on",
    "event_partial",
    "issuer",
    "subject",
)


def main() -> None:
    """Read every sample and keep the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", action="store_true", help="print every wrong value")
    show_misses = parser.parse_args().misses
    gold = json.loads((ROOT / "corpus" / "gold.json").read_text(encoding="utf-8"))
    right: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    invented: Counter[str] = Counter()
    topics_found = topics_wanted = topics_given = 0
    for name, expected in sorted(gold.items()):
        metadata = read_file(str(ROOT / "corpus" / "documents" / name)).metadata
        for field in FIELDS:
            wanted, found = expected.get(field), shown(metadata, field)
            outcome = judge(field, wanted, found)
            {"right": right, "missing": missing, "wrong": wrong, "invented": invented}.get(
                outcome, Counter()
            )[field] += 1
            if show_misses and outcome in ("missing", "wrong", "invented"):
                print(f"{outcome:9} {name}: {field}: {found!r}, right: {wanted!r}")
        given = {topic.value for topic in metadata.topics}
        wanted_topics = set(expected.get("topics", []))
        topics_found += len(given & wanted_topics)
        topics_wanted += len(wanted_topics)
        topics_given += len(given)
        if show_misses and wanted_topics - given:
            print(f"topics    {name}: missed {sorted(wanted_topics - given)}, given {sorted(given)}")
    rows = []
    for field in FIELDS:
        known = right[field] + missing[field] + wrong[field]
        share = f"{right[field] / known:.3f}" if known else "-"
        counts = (known, right[field], missing[field], wrong[field], invented[field])
        rows.append([field, *map(str, counts), share])
    header = ["field", "in gold", "right", "missing", "wrong", "invented", "share"]
    body = table(header, rows)
    body += (
        f"\n\ntopics: {topics_found} of {topics_wanted} gold topics found"
        f" ({topics_found / topics_wanted:.3f}), {topics_given} given"
    )
    save("fields", f"Fields of {len(gold)} sample documents", "python benchmarks/fields.py", body)


def shown(metadata: Metadata, field: str) -> str | None:
    """A field of a document as the gold file writes it."""
    value = getattr(metadata, field)
    if value is None or isinstance(value, str):
        return value
    return str(value.value)


def judge(field: str, wanted: str | None, found: str | None) -> str:
    """right, missing, wrong, invented, or nothing where both are empty."""
    if not wanted:
        return "invented" if found and field in ("symbol", "event_on", "event_partial") else ""
    if not found:
        return "missing"
    return "right" if same(field, str(wanted), found) else "wrong"


def same(field: str, wanted: str, found: str) -> bool:
    """Whether two values mean the same: subjects but for case, issuers as units."""
    if field == "subject":
        return " ".join(wanted.lower().split()) == " ".join(found.lower().split())
    if field == "issuer":
        one, other = units.resolve(wanted), units.resolve(found)
        return wanted == found or (one is not None and other is not None and one.id == other.id)
    return wanted == found


if __name__ == "__main__":
    main()
