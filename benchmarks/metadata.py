"""The fields read from real documents beside what their publishers say, by set and field.

    python benchmarks/metadata.py [SET …] [--errors]

Errors are kept in results/metadata-errors.txt, a line each, and what changed against the last run is
printed: a change to a rule shows what it won and what it lost. Symbols of the registers
`metadata/congbao` and `metadata/binhduong` are parsed by themselves, with the kind they show.
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from common import RESULTS, data_folder, save, table
from metadata_gold import SETS, Case, letters, records

from indexer.reader import read_file
from kb.errors import ExtractionFailed
from kb.model import Metadata
from kb.vietnamese.normalise import nfc
from kb.vietnamese.symbols import kind_id, parse

ERRORS = RESULTS / "metadata-errors.txt"
FIELDS = ("kind", "symbol", "issued_on", "effective_on", "published_on", "event_on", "subject")
ENOUGH = 0.8  # token F1 of a subject below which it is listed
_WORD = re.compile(r"\w+")


def main() -> None:
    """Read everything and keep the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", choices=[[], *SETS], default=[])
    parser.add_argument("--errors", action="store_true", help="print every error")
    options = parser.parse_args()
    data = data_folder()
    rows, errors = [], []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for name in options.sets or SETS:
            cases = list(SETS[name](data))
            judged = list(pool.map(judge, cases, chunksize=4))
            rows += [_row(name, each, judged) for each in FIELDS if _asked(judged, each)]
            errors += [f"{name}\t{line}" for case in judged for line in case["errors"]]
    body = table(["set", "field", "documents", "right", "missing", "wrong", "share"], rows)
    if not options.sets:
        body += "\n\nSymbols of registers\n" + registers(data, errors)
    if options.errors:
        print("\n".join(errors))
    if options.sets:
        print(body)
        return
    before = set(ERRORS.read_text("utf-8").splitlines()) if ERRORS.exists() else set()
    won, lost = sorted(before - set(errors)), sorted(set(errors) - before)
    if before:
        print("\n".join(["won:", *won, "lost:", *lost]))
    ERRORS.write_text("\n".join(errors) + "\n", encoding="utf-8")
    save("metadata", "Fields of real documents", "python benchmarks/metadata.py", body)


def judge(case: Case) -> dict[str, Any]:
    """Field -> "right", "missing", "wrong", or token F1 for the subject; the errors as lines."""
    found = _read(case)
    judged: dict[str, Any] = {}
    errors = []
    for name in FIELDS:
        wanted, by_letters = case.gold.get(name), False
        if name == "symbol" and wanted is None:
            wanted, by_letters = case.gold.get("symbol_letters"), True
        if wanted is None:
            continue
        value = _shown(found, name)
        if name == "subject":
            judged[name] = token_f1(wanted, value or "")
            bad = judged[name] < ENOUGH
        else:
            bad = not (letters(value or "") == wanted if by_letters else _same(wanted, value))
            judged[name] = "right" if not bad else "missing" if value is None else "wrong"
        if bad:
            errors.append(f"{case.name}\t{name}\t{_short(value)}\t{_short(wanted)}")
    return {"fields": judged, "errors": errors}


def _read(case: Case) -> Metadata:
    try:
        if case.html is None:
            return read_file(case.path).metadata
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / case.path
            path.write_text(case.html, encoding="utf-8")
            return read_file(str(path)).metadata
    except ExtractionFailed:
        return Metadata()


def _shown(metadata: Metadata, name: str) -> str | None:
    value = getattr(metadata, name)
    return None if value is None else str(value.value)


def _same(wanted: str, value: str | None) -> bool:
    if value is None:
        return False
    one, other = parse(wanted), parse(value)
    return one.key == other.key if one and other else wanted == value


def token_f1(wanted: str, found: str) -> float:
    """Harmonic mean of precision and recall over words, without regard to case and accents' place."""
    one, other = (Counter(_WORD.findall(nfc(text).casefold())) for text in (wanted, found))
    common = (one & other).total()
    return 2 * common / (one.total() + other.total()) if common else 0.0


def _asked(judged: list[dict[str, Any]], name: str) -> bool:
    return any(name in case["fields"] for case in judged)


def _row(set_name: str, name: str, judged: list[dict[str, Any]]) -> list[str]:
    values = [case["fields"][name] for case in judged if name in case["fields"]]
    if name == "subject":
        return [set_name, name, str(len(values)), "", "", "", f"{sum(values) / len(values):.3f} F1"]
    counts = Counter(values)
    shown = [str(counts[each]) for each in ("right", "missing", "wrong")]
    return [set_name, name, str(len(values)), *shown, f"{counts['right'] / len(values):.3f}"]


def registers(data: Path, errors: list[str]) -> str:
    """How many symbols of each register are parsed, and of those that show a kind how many show the
    register's. A law's shows none: 86/2025/QH15 may be a law or a resolution."""
    rows = []
    for name in ("congbao", "binhduong"):
        counts: Counter[str] = Counter()
        for written, kind in records(data, name):
            symbol = parse(written)
            shown = kind_id(symbol) if symbol else None
            counts["symbols"] += 1
            counts["parsed"] += symbol is not None
            counts["told"] += bool(kind and shown)
            counts["right"] += bool(kind and shown == kind)
            if symbol is None or (kind and shown not in (kind, None)):
                errors.append(f"{name}\t{written}\tkind\t{shown}\t{kind or ''}")
        of = f"{counts['right']}/{counts['told']}"
        share = f"{counts['right'] / counts['told']:.4f}" if counts["told"] else "-"
        parsed = f"{counts['parsed'] / counts['symbols']:.4f}"
        rows.append([name, str(counts["symbols"]), parsed, of, share])
    return table(["register", "symbols", "parsed", "kind right", "share"], rows)


def _short(value: str | None) -> str:
    return " ".join((value or "-").split())[:90]


if __name__ == "__main__":  # child processes import this file
    main()
