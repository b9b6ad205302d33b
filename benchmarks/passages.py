"""Whether the passage shown is the one that answers, and how long choosing it takes.

    python benchmarks/passages.py

No set here says where in a document an answer stands. So documents are made of those of a set that
stand side by side in it: articles of one law (alqac2023), paragraphs of one subject (xquad-vi),
articles of the code (phapdien). A query is answered by one of them, and counts where the passage
shown begins in that part: how good the choice among the parts is, not whether the answer's very words
are shown.
Articles of alqac2023 keep their headings, as sections; the others have none.
"""

from __future__ import annotations

import math
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from common import MODES, data_folder, save, table

from kb.evaluation.beir import BeirSet
from kb.model import Section
from kb.passages import Outline, Sought, best_passages
from kb.query.planned import Mark
from kb.vietnamese.analyser import tokens
from kb.vietnamese.normalise import fold

Entry = tuple[str, str]  # name, text
PARTS = {"alqac2023": 20, "xquad-vi": 5, "phapdien": 10}  # documents of the set made one
READ = 8_000  # documents of a set


@dataclass(frozen=True, slots=True)
class Joined:
    """Documents made one: the outline, and which characters of it are which of them."""

    outline: Outline
    parts: dict[str, range]


def main() -> None:
    """Measure and keep the table."""
    rows = []
    for name, size in PARTS.items():
        data = BeirSet.open(data_folder() / "retrieval" / name)
        read = [(d.source.path, d.text) for d in islice(data.documents(), READ)]
        frequency: Counter[str] = Counter()
        for _name, text in read:
            found = tokens(text)
            frequency.update({token.form for token in found} | {token.fold for token in found})
        documents = [joined(group) for group in groups(read, size)]
        asked = list(questions(data, documents))
        for unaccented, mode in MODES.items():
            rows.append([name, mode, *measured(asked, frequency, len(read), unaccented=unaccented)])
    header = ["set", "queries", "asked", "first", "any", "ms mean", "ms p95"]
    body = table(header, rows)
    body += "\n\nfirst, any: the first passage, one of up to three, begins in the part that answers."
    body += "\nms: CPU for one document."
    save("passages", "Passages that answer", "python benchmarks/passages.py", body)


def measured(
    asked: Sequence[tuple[str, Joined, list[range]]],
    frequency: Counter[str],
    documents: int,
    *,
    unaccented: bool,
) -> list[str]:
    """The figures of one row."""
    first = any_ = 0
    times = []
    for query, document, answering in asked:
        found = tokens(fold(query) if unaccented else query)
        marks = [Mark(token.form, token.fold, not token.accented) for token in found]
        sought = Sought.of(marks, frequency.__getitem__, documents)
        before = time.thread_time()
        passages = best_passages(document.outline, sought)
        times.append((time.thread_time() - before) * 1000)
        good = [any(passage.start in part for part in answering) for passage in passages]
        first += good[:1] == [True]
        any_ += any(good)
    times.sort()
    p95 = times[max(0, math.ceil(0.95 * len(times)) - 1)]
    shares = (f"{count / len(asked):.3f}" for count in (first, any_))
    return [str(len(asked)), *shares, f"{statistics.fmean(times):.2f}", f"{p95:.2f}"]


def groups(read: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    """Neighbours: up to `size` of the same work."""
    for _work, entries in groupby(read, key=lambda entry: entry[0].rpartition("@")[0]):
        while group := list(islice(entries, size)):
            yield group


def joined(group: Sequence[Entry]) -> Joined:
    """One document of several. Of "law@9" the law is its title, the heading that of Điều 9."""
    work = group[0][0].rpartition("@")[0]
    text, parts, sections = f"{work}\n\n" if work else "", {}, []
    body = len(text)
    for name, own in group:
        start = len(text)
        if work:
            article = f"Điều {name.rpartition('@')[2]}"
            title, _blank, own = own.removeprefix(f"{work}\n").partition("\n\n")
            own = f"{article}. {title}\n{own}"
            sections.append(Section(start, start + len(own) + 2, 1, article, title))
        text += f"{own}\n\n"
        parts[name] = range(start, len(text))
    return Joined(Outline(text, sections=sections, body=body), parts)


def questions(data: BeirSet, documents: Sequence[Joined]) -> Iterator[tuple[str, Joined, list[range]]]:
    """Each query with the document that holds its first answer, and the parts that answer there."""
    holding = {name: document for document in documents for name in document.parts}
    for query, text in data.queries.items():
        answers = [name for name, worth in data.qrels[query].items() if worth and name in holding]
        if answers:
            document = holding[answers[0]]
            yield text, document, [document.parts[n] for n in answers if n in document.parts]


if __name__ == "__main__":
    main()
