"""Legacy Vietnamese encodings: what comes back of documents/legacy-fonts, and what must stay untouched.

    python benchmarks/legacy_encodings.py [--viparse PYTHON] [--only PATTERN] [--quick]

Ours is what `kb extract --text` prints. The peer is viparse (PyPI, MIT) with encoding="auto", run by
another interpreter, so that its dependencies stay out of ours:

    python -m venv V
    V/bin/pip install viparse olefile striprtf python-docx openpyxl python-pptx pdfplumber
    make install-tools    # LibreOffice

Where ours was below the peer: the transcripts read two-column headers and signatures row by row, ours
column by column (a word moved counts as lost); some hold other mistakes of their own ("hoẵc"); and two
PDFs have letters so far from their words that our columns part them.

False conversions are counted over all other sets, which are Unicode: files whose extraction tells of a
repaired encoding, and texts that the decoder would change, each text whole and line by line. `--quick`
leaves the texts out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

from common import ROOT, data_folder, save, table
from diacritics import Accuracy, accuracy

from indexer.extract import registry
from indexer.extract.legacy import LegacyDecoder, Run
from kb.errors import ExtractionFailed

_PEER = """
import sys, viparse
print("\\n".join(part.text for part in viparse.load(sys.argv[1], encoding="auto")))
"""
_PEER_TIMEOUT = 300  # seconds a file
_PEER_TEXTS = ROOT / "var" / "viparse"
_TRUTH = ".truth.txt"
# Files of legacy-doc that are in a legacy encoding: there a conversion is right. Found by reading them.
_ARE_LEGACY: frozenset[str] = frozenset()


def main() -> None:
    """Measure both and keep the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--viparse", metavar="PYTHON", help="interpreter that has viparse")
    parser.add_argument("--only", default="*", help="pattern of file names")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    data = data_folder()
    body = _accuracy_table(data / "documents" / "legacy-fonts", options.only, options.viparse)
    if options.only == "*":
        body += "\n\n" + _false_conversions(data, texts=not options.quick)
        save(
            "legacy-encodings",
            "Legacy encodings: diacritic accuracy (METRIC.txt of the set), false conversions",
            "python benchmarks/legacy_encodings.py --viparse V/bin/python",
            body,
        )
    else:
        print(body)


# ---------------------------------------------------------------- accuracy


def _accuracy_table(folder: Path, pattern: str, peer: str | None) -> str:
    rows = []
    ours_total = shown_total = peer_total = Accuracy(0, 0)
    for truth_path in sorted(folder.glob(f"*{_TRUTH}")):
        stem = truth_path.name.removesuffix(_TRUTH)
        path = next(p for p in folder.glob(f"{stem}.*") if p != truth_path)
        if not fnmatch(path.name, pattern):
            continue
        truth = truth_path.read_text(encoding="utf-8")
        text, printed = _ours(path)
        ours = accuracy(text, truth)
        shown = accuracy(printed, truth, ignore_case=True)
        ours_total += ours
        shown_total += shown
        row = [path.name, str(ours.marked), f"{ours.share:.4f}", f"{shown.share:.4f}"]
        if peer:
            theirs = accuracy(_theirs(peer, path), truth)
            peer_total += theirs
            row += [f"{theirs.share:.4f}", "below" if ours.share < theirs.share else ""]
        rows.append(row)
    total = ["total", str(ours_total.marked), f"{ours_total.share:.4f}", f"{shown_total.share:.4f}"]
    header = ["file", "letters", "tracuu", "ignoring case"]
    if peer:
        total += [f"{peer_total.share:.4f}", ""]
        header += [f"viparse {_peer_version(peer)}", ""]
    return table(header, [*rows, total])


def _ours(path: Path) -> tuple[str, str]:
    """The text, and as its fonts print it; nothing for a file that cannot be read."""
    try:
        extracted = registry.extract(path)
    except ExtractionFailed:
        return "", ""
    return extracted.text, extracted.as_printed().text


def _theirs(python: str, path: Path) -> str:
    """The peer's text of a file, made once for each version of it: it takes seconds a file."""
    kept = _PEER_TEXTS / _peer_version(python) / f"{path.name}.txt"
    if not kept.exists():
        done = subprocess.run(
            [python, "-c", _PEER, str(path)], capture_output=True, timeout=_PEER_TIMEOUT, check=False
        )
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(done.stdout)
    return kept.read_text(encoding="utf-8", errors="replace")


@cache
def _peer_version(python: str) -> str:
    command = [python, "-c", "from importlib.metadata import version; print(version('viparse'))"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()


# ---------------------------------------------------------------- false conversions


def _false_conversions(data: Path, *, texts: bool) -> str:
    rows = []
    false: list[str] = []
    for name, pattern in (
        ("seeds", "seeds/*.txt"),
        ("gazette-pdf", "documents/gazette-pdf/*.pdf"),
        ("gazette-pdf, twins", "documents/gazette-pdf/*.txt"),
        ("vbpl-docx", "documents/vbpl-docx/*.docx"),
        ("vbpl-html-raw", "documents/vbpl-html-raw/*"),
        ("legacy-doc", "documents/legacy-doc/*"),
    ):
        paths = sorted(data.glob(pattern))
        found = [path.name for path in paths if _converts_file(path)]
        wrong = [path for path in found if path not in _ARE_LEGACY]
        rows.append([name, "files", str(len(paths)), str(len(wrong))])
        false += wrong
    for path in sorted(data.rglob("*.jsonl*")) if texts else ():
        counted = list(_texts(path))
        wrong_texts = [text for text in counted if _converts(text)]
        rows.append([str(path.relative_to(data)), "texts", str(len(counted)), str(len(wrong_texts))])
        false += [f"{path.name}: a text of {len(text)} characters" for text in wrong_texts[:5]]
    body = table(["Unicode set", "of", "number", "converted"], rows)
    return "\n".join([body, *(f"converted: {name}" for name in false)])


def _converts_file(path: Path) -> bool:
    try:
        warnings = registry.extract(path).warnings
    except ExtractionFailed:
        return False
    return any(warning.startswith("encoding-repaired") for warning in warnings)


def _converts(text: str) -> bool:
    runs = [Run(line) for line in text.split("\n")]
    decoder = LegacyDecoder(runs)
    return any(decoder.decode([run]) != [run.text] for run in runs)


def _texts(path: Path) -> Iterator[str]:
    """The texts of a set of records, one a record."""
    opened: Any = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield "\n".join(value for value in record.values() if isinstance(value, str))


if __name__ == "__main__":
    main()
