"""The field table: the one place that names index fields, their kind and what is stored.

Every adapter generates its schema from FIELDS. Changing the table changes SCHEMA_FINGERPRINT,
and an index made with another table asks for `kb reindex`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal

FieldKind = Literal["text", "keyword", "int"]


@dataclass(frozen=True, slots=True)
class Field:
    """One index field.

    text: scored by BM25, a list of tokens; `positions` allows phrases. keyword: exact values,
    unscored; `facet` allows counting. int: ranges and sorting.
    """

    name: str
    kind: FieldKind
    note: str
    positions: bool = False
    facet: bool = False


FIELDS: tuple[Field, ...] = (
    # What a document says. Four token streams a zone, see kb.vietnamese.analyser:
    Field("title_syllable", "text", "title and subject, syllables as written", positions=True),
    Field("title_fold", "text", "the same without accents", positions=True),
    Field("title_word", "text", "words found by the segmenter"),
    Field("title_pair", "text", "neighbouring syllables without accents"),
    Field("body_syllable", "text", "whole text, syllables as written", positions=True),
    Field("body_fold", "text", "the same without accents", positions=True),
    Field("body_word", "text", "words found by the segmenter"),
    Field("body_pair", "text", "neighbouring syllables without accents"),
    # How it begins: earlier tokens several times, see kb.indexing.
    Field("lead_syllable", "text", "beginning of the text, syllables as written"),
    Field("lead_word", "text", "beginning of the text, words"),
    Field("lead_pair", "text", "beginning of the text, neighbouring syllables without accents"),
    Field("accents", "text", "syllables and pairs behind their plain form: hoa=hòa, hoa_binh=hòa_bình"),
    Field("bare", "text", "passages typed without accents, so that accented queries find them"),
    # What a document is:
    Field("kind", "keyword", "tên loại", facet=True),
    Field("unit", "keyword", "issuing or source unit and its parents", facet=True),
    Field("topic", "keyword", "topics and their parents", facet=True),
    Field("year", "keyword", "year of the sort date", facet=True),
    Field("month", "keyword", "yyyy-mm of the sort date", facet=True),
    Field("format", "keyword", "pdf, docx, html, txt", facet=True),
    Field("validity", "keyword", "state of validity, see kb.relations.validity", facet=True),
    Field("symbol", "keyword", "search keys of the document's own symbol"),
    Field("cites", "keyword", "search keys of the symbols it cites"),
    Field("phrase", "keyword", "phrases of title and headings to suggest, see kb.vietnamese.phrases"),
    Field("label", "keyword", "access label, part of every query"),
    # When (yyyymmdd):
    Field("date", "int", "sort date"),
    Field("covers_from", "int", "first day of the period covered"),
    Field("covers_to", "int", "last day of the period covered"),
)


def day_number(day: date) -> int:
    """A day as the int fields hold it: 2022-06-05 is 20220605."""
    return day.year * 10_000 + day.month * 100 + day.day


BY_NAME = {field.name: field for field in FIELDS}
ID_FIELD = "id"  # every adapter adds this one itself: keyword, stored, unique

SCHEMA_FINGERPRINT = hashlib.sha256(repr(FIELDS).encode()).hexdigest()[:16]
