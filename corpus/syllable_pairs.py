"""Count which syllables stand side by side in our own sample texts: texts/*.toml -> syllable_pairs.txt.

python corpus/syllable_pairs.py            write kb/vietnamese/data/syllable_pairs.txt
python corpus/syllable_pairs.py --check    exit 1 if what is checked in is not up to date
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from kb.vietnamese.accent_repair import DATA, runs

TEXTS = Path(__file__).parent / "texts"
FEWEST = 2  # texts' worth of a pair: what stands there once is chance


def pairs_text() -> str:
    """A line for each syllable: how often it stands in the texts, then its followers and how often."""
    alone: Counter[str] = Counter()
    pairs: dict[str, Counter[str]] = {}
    for path in sorted(TEXTS.glob("*.toml")):
        for text in _strings(tomllib.loads(path.read_text(encoding="utf-8"))):
            for run in runs(text):
                alone.update(run)
                for left, right in pairwise(run):
                    pairs.setdefault(left, Counter())[right] += 1
    lines = []
    for syllable, count in sorted(alone.items()):
        followers = sorted((f, n) for f, n in pairs.get(syllable, Counter()).items() if n >= FEWEST)
        lines.append(" ".join([f"{syllable}:{count}", *(f"{f}:{n}" for f, n in followers)]))
    return "\n".join(lines) + "\n"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def main() -> None:
    """Write the table, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    text = pairs_text()
    if parser.parse_args().check:
        sys.exit(0 if DATA.read_text(encoding="utf-8") == text else f"{DATA} is not up to date")
    DATA.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
