"""Documents about the same matter: those that share the words which tell this one from the others."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from sqlalchemy.engine import Connection

from kb import same_paper
from kb.access import Principal
from kb.catalog import reading
from kb.catalog.reading import Listed, StoredDocument
from kb.engines.port import Bool, Engine, Ids, Term
from kb.finding import access_clause
from kb.vietnamese.analyser import analyse

BEGINNING = 3_000  # characters read of a text: what it is about stands there
WORDS = 25  # that tell a document apart
TITLE = 3  # times as much as a word of the text
COMMON = 0.5  # share of the documents from which on a word tells nothing
FEW = 10  # documents
SHARED = 0.12  # of those words a similar document has near its beginning
COPIES = 3  # times as many are looked at as are shown: copies of one paper count once
_WORDLIKE = re.compile(r"[^\W\d_]{2,}")


def similar(
    engine: Engine,
    connection: Connection,
    stored: StoredDocument,
    principal: Principal,
    limit: int,
) -> list[Listed]:
    """The most similar documents the principal may see, best first; copies and versions of the same
    paper are not among them."""
    weights = _telling_words(engine, stored)
    if not weights:
        return []
    same = (each.id for each in same_paper.of_document(connection, stored.id, principal).others)
    words = tuple(
        Bool(should=(Term("lead_word", word, weight), Term("title_word", word, TITLE * weight)))
        for word, weight in weights
    )
    query = Bool(
        should=words,
        filter=(access_clause(principal),),
        must_not=(Ids((stored.id, *same)),),
        minimum=max(2, round(SHARED * len(weights))),
    )
    found = [hit.id for hit in engine.search(query, limit=COPIES * limit).hits]
    papers = same_paper.folded(connection, reading.load_shown(connection, found), principal)
    return reading.listed(connection, list(papers)[:limit], principal.labels)


def _telling_words(engine: Engine, stored: StoredDocument) -> Sequence[tuple[str, float]]:
    """Words with their weight (how often they stand here, how rare they are): those of the title, then
    the heaviest of the beginning, which are often names that no other title has."""
    document = stored.document
    title = document.metadata.title.value if document.metadata.title else ""
    titled = Counter(analyse(title).word)
    counts = Counter(analyse(document.text[:BEGINNING]).word)
    size = engine.count()
    weights: dict[str, float] = {}
    for word in {**titled, **counts}:
        frequency = engine.frequency("body_word", word) if _WORDLIKE.match(word) else 0
        # In another document as well; and of a handful of documents any word may tell them apart.
        if 1 < frequency < size and frequency <= max(FEW, COMMON * size):
            count = counts[word] + TITLE * titled[word]
            weights[word] = math.log1p(count) * math.log(size / frequency)
    best = sorted(weights, key=lambda word: (-weights[word], word))
    chosen = [word for word in best if word in titled] + [word for word in best if word not in titled]
    return [(word, weights[word]) for word in chosen[:WORDS]]
