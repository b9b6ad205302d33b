"""Our segmenter against pyvi: the same words at the same offsets, and how much faster.

    python benchmarks/segmenter.py

Texts: the sentences of UD-VTB (with and without accents) and the first 2,000 documents of phapdien, one
call a text. Times are processor time of one thread, the best of some runs in turn, so that other
programs on the machine slow both alike. Ends with 1 if a single word differs.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from common import data_folder, save, table

from kb.vietnamese import crf
from kb.vietnamese.normalise import fold, nfc
from kb.vietnamese.segment import segment

RUNS = 3


def pyvi_spans(pyvi: Any, text: str) -> list[tuple[int, int]]:
    """The words pyvi's ViTokenizer finds in an NFC text, as offsets; line breaks are no words."""
    spans = []
    end = 0
    for word in pyvi.tokenize(text).split(" "):
        start = -1
        for sign in word:
            if sign.isspace():
                continue
            at = end
            while at < len(text) and text[at].isspace():
                at += 1
            if text[at : at + 1] == sign:
                start = at if start < 0 else start
                end = at + 1
            else:
                assert sign == "_"  # pyvi's own, between the syllables of a word
        if start >= 0:
            spans.append((start, end))
    return spans


def sentences(folder: Path) -> Iterator[str]:
    """The sentences of the CoNLL-U files in a folder."""
    for path in sorted(folder.glob("*.conllu")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# text ="):
                yield nfc(line.removeprefix("# text =").strip())


def documents(path: Path, count: int) -> Iterator[str]:
    """The first documents of a BEIR corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in itertools.islice(lines, count):
            record = json.loads(line)
            yield nfc(f"{record['title']}\n{record['text']}")


def seconds(works: list[Callable[[str], object]], texts: list[str]) -> list[float]:
    """The least processor time each of `works` takes on the texts, in turn."""
    least = [float("inf")] * len(works)
    for _run in range(RUNS):
        for place, work in enumerate(works):
            start = time.thread_time()
            for text in texts:
                work(text)
            least[place] = min(least[place], time.thread_time() - start)
    return least


def main() -> None:
    """Compare, measure and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=2000)
    options = parser.parse_args()
    if not crf.is_known():
        parser.error("the installed pyvi is not the version whose model we read")
    treebank = list(sentences(data_folder() / "segmentation" / "ud-vtb"))
    corpus = data_folder() / "retrieval" / "phapdien" / "corpus.jsonl.gz"
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
    differences, rows = 0, []
    for name, texts in sets.items():
        count = sum(len(ViTokenizer.sylabelize(text)[1]) for text in texts)
        different = sum(segment(text) != pyvi_spans(ViTokenizer, text) for text in texts)
        differences += different
        theirs, ours = seconds([ViTokenizer.tokenize, segment], texts)
        figures = (len(texts), count, different, round(count / theirs), round(count / ours))
        rows.append([name, *(f"{figure:,}" for figure in figures), f"{theirs / ours:.1f}"])
    header = ["texts", "count", "syllables", "different", "pyvi", "ours", "ratio"]
    body = f"{table(header, rows)}\n\n"
    body += f"First word after {our_start:.2f} s, by pyvi after {pyvi_start:.2f} s."
    title = "Segmenter: syllables a second on one core, beside pyvi"
    save("segmenter", title, "python benchmarks/segmenter.py", body)
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
