"""What our ranking is compared with: plain BM25 over syllables on our engine, and SQLite FTS5.

Both only rank ids: no passages, no facets. Their times are a lower bound for a search like ours.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from kb.engines import registry
from kb.engines.port import Bool, Term
from kb.evaluation.beir import BeirSet
from kb.evaluation.indexed import Indexed
from kb.evaluation.run import DEPTH, WARM_UP, Evaluation, judge, typed
from kb.generations import Generations, Manifest
from kb.settings import Settings
from kb.vietnamese.analyser import fingerprint, tokens
from kb.vietnamese.normalise import clean

Rank = Callable[[str], list[str]]  # a query -> names of the best documents, DEPTH at most

_WORD = re.compile(r"[^\W_]+")


def syllable_bm25(found: Indexed) -> Rank:
    """The baseline: any syllable of the query, BM25 of one field and nothing on top.

    As written (`body_syllable`); a query without any accent on the folded syllables.
    """
    engine = registry.get(found.library.settings.engine).open(index_folder(found.library.settings))

    def rank(query: str) -> list[str]:
        seen = tokens(query)
        if any(token.accented for token in seen):
            counts = Counter(("body_syllable", token.form) for token in seen)
        else:
            counts = Counter(("body_fold", token.fold) for token in seen)
        terms = tuple(Term(field, token, float(count)) for (field, token), count in counts.items())
        hits = engine.search(Bool(should=terms, minimum=1), limit=DEPTH).hits
        return [found.names[hit.id] for hit in hits]

    return rank


def index_folder(settings: Settings) -> Path:
    """Where the current index of a library lies."""
    engine = registry.get(settings.engine)
    generations = Generations(settings.home, Manifest(settings.engine, engine.version, fingerprint()))
    return generations.path(generations.require_current())


def fts5(data: BeirSet) -> Rank:
    """SQLite's full-text index of the same documents: any word, `unicode61 remove_diacritics 2`."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE docs"
        " USING fts5(name UNINDEXED, text, tokenize='unicode61 remove_diacritics 2')"
    )
    documents = ((document.source.path, document.text) for document in data.documents())
    database.executemany("INSERT INTO docs VALUES (?, ?)", documents)
    database.commit()

    def rank(query: str) -> list[str]:
        match = " OR ".join(f'"{word}"' for word in _WORD.findall(clean(query)))
        if not match:
            return []
        rows = database.execute(
            "SELECT name FROM docs WHERE docs MATCH ? ORDER BY bm25(docs) LIMIT ?", (match, DEPTH)
        )
        return [name for (name,) in rows]

    return rank


def evaluate_peer(
    data: BeirSet, rank: Rank, *, engine: str, documents: int, unaccented: bool
) -> Evaluation:
    """The same figures as `kb.evaluation.run.evaluate`, of any ranking."""
    texts = typed(data.queries, unaccented=unaccented)
    for text in list(texts.values())[:WARM_UP]:
        rank(text)
    rankings, times = {}, []
    for name, text in texts.items():
        started = time.perf_counter()
        rankings[name] = rank(text)
        times.append((time.perf_counter() - started) * 1000)
    return judge(data, rankings, times, engine=engine, documents=documents, docs_per_s=None)
