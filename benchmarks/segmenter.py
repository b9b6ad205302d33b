"""Our segmenter against pyvi: the same words on every text, and how much faster.

    python benchmarks/segmenter.py --data ../shared/data > benchmarks/results/segmenter.txt

Texts: the sentences of UD-VTB (with and without accents) and the first 2,000 documents of phapdien.
Ends with 1 if a single word differs.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kb.vietnamese import crf
from kb.vietnamese.normalise import fold, nfc
from kb.vietnamese.segment import joins, segment, syllables


def tokenize(text: str) -> str:
    """Our words the way pyvi's ViTokenizer.tokenize writes them."""
    tokens = syllables(text)
    parts = (
        ("_" if joined else " ") + token for token, joined in zip(tokens, joins(tokens), strict=True)
    )
    return "".join(parts)[1:] if tokens else text


def sentences(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.conllu")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# text ="):
                yield nfc(line.removeprefix("# text =").strip())


def documents(path: Path, count: int) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in itertools.islice(lines, count):
            record = json.loads(line)
            yield nfc(f"{record['title']}\n{record['text']}")


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    """The best of three runs: other programs on the machine only ever make it slower."""
    runs = []
    for _ in range(3):
        start = time.perf_counter()
        for text in texts:
            work(text)
        runs.append(time.perf_counter() - start)
    return min(runs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    data = Path(os.environ.get("TRACUU_DATA", "../shared/data"))
    parser.add_argument(
        "--data", type=Path, default=data, help="folder with segmentation/ and retrieval/"
    )
    parser.add_argument("--documents", type=int, default=2000)
    options = parser.parse_args()
    if not crf.is_known():
        parser.error("the installed pyvi is not the version whose model we read")
    treebank = list(sentences(options.data / "segmentation" / "ud-vtb"))
    corpus = options.data / "retrieval" / "phapdien" / "corpus.jsonl.gz"
    sets = {
        "ud-vtb": treebank,
        "ud-vtb without accents": [fold(sentence) for sentence in treebank],
        "phapdien": list(documents(corpus, options.documents)),
    }
    start = time.perf_counter()
    segment("tải mô hình")
    our_start = time.perf_counter() - start
    start = time.perf_counter()
    from pyvi.ViTokenizer import ViTokenizer  # its import is part of what is measured

    pyvi_start = time.perf_counter() - start
    print(f"Python {platform.python_version()}; syllables per second on one core")
    print(f"first word after: {our_start:.2f} s (pyvi {pyvi_start:.2f} s)")
    print(
        f"{'texts':24}{'texts':>8}{'syllables':>12}{'different':>11}{'pyvi':>10}{'ours':>10}{'ratio':>7}"
    )
    differences = 0
    for name, texts in sets.items():
        count = sum(len(syllables(text)) for text in texts)
        different = [text for text in texts if tokenize(text) != ViTokenizer.tokenize(text)]
        differences += len(different)
        theirs, ours = seconds(ViTokenizer.tokenize, texts), seconds(segment, texts)
        print(
            f"{name:24}{len(texts):8,}{count:12,}{len(different):11}"
            f"{count / theirs:10,.0f}{count / ours:10,.0f}{theirs / ours:7.1f}"
        )
        for text in different[:3]:
            print("  differs:", text[:200])
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
