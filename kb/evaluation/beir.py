"""Reading a BEIR folder: documents, queries, judgements.

It holds `corpus.jsonl[.gz]` ({"_id", "title", "text"}), `queries.jsonl[.gz]` ({"_id", "text"}) and
`qrels.tsv` or `qrels/test.tsv` (query-id, corpus-id, score, with a header).
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from kb.errors import BadInput
from kb.i18n import _
from kb.model import Document, Metadata, Page, Source, Span, Value
from kb.vietnamese.normalise import clean

Qrels = Mapping[str, Mapping[str, int]]  # query id -> document id -> relevance

TITLE_LINES, TITLE_LENGTH = 2, 200
READING = 1  # grows when the same corpus is read as other documents


@dataclass(frozen=True, slots=True)
class BeirSet:
    """One set: where its documents are, the judged queries by id, their judgements."""

    corpus: Path
    queries: Mapping[str, str]
    qrels: Qrels

    @classmethod
    def open(cls, folder: Path, *, queries: Path | None = None, qrels: Path | None = None) -> Self:
        """Read the queries and judgements of `folder`, or of other files. Raises BadInput."""
        corpus = _existing(folder, "corpus.jsonl", "corpus.jsonl.gz")
        questions = _read_queries(queries or _existing(folder, "queries.jsonl", "queries.jsonl.gz"))
        judged = _read_qrels(qrels or _existing(folder, "qrels.tsv", "qrels/test.tsv"))
        wanted = {name: text for name, text in questions.items() if judged.get(name)}
        if not wanted:
            raise BadInput(_("Không câu hỏi nào trong {folder} có đánh giá.").format(folder=folder))
        return cls(corpus, wanted, judged)

    def documents(self) -> Iterator[Document]:
        """The documents; the corpus's name of each is its source's path. Raises BadInput."""
        for entry in _json_lines(self.corpus):
            name, title = str(entry["_id"]), clean(str(entry.get("title") or "")).strip()
            text = clean(str(entry.get("text") or ""))
            if title:
                text = f"{title}\n\n{text}"
                span = Span(0, len(title))
            else:
                span = leading_title(text)
            # The name joins the hash: two entries with the same text are judged apart.
            digest = hashlib.sha256(f"{name}\0{text}".encode()).hexdigest()
            found = Value(text[span.start : span.end], 1.0, span, "beir") if span.end else None
            yield Document(
                source=Source(name, digest, len(text), 0),
                format="txt",
                text=text,
                pages=(Page(1, 0, len(text)),),
                metadata=Metadata(title=found),
            )

    def fingerprint(self) -> str:
        """Names what `documents` gives, without reading it as JSON. Raises BadInput."""
        try:
            with self.corpus.open("rb") as file:
                return f"{READING}:{hashlib.file_digest(file, 'sha256').hexdigest()}"
        except OSError as error:
            raise _unreadable(self.corpus, error) from error


def leading_title(text: str) -> Span:
    """The heading a plain text begins with: one or two short lines before an empty line.

    Empty where the text begins with its body.
    """
    head, gap, rest = text.partition("\n\n")
    lines = head.split("\n")
    is_title = gap and rest.strip() and len(lines) <= TITLE_LINES
    if not is_title or any(len(line) > TITLE_LENGTH for line in lines):
        return Span(0, 0)
    return Span(0, len(head))


def _existing(folder: Path, *names: str) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise BadInput(
        _("Thư mục {folder} không có {names}.").format(folder=folder, names=_(" hoặc ").join(names)),
        _("Thư mục BEIR gồm corpus.jsonl, queries.jsonl và qrels.tsv."),
    )


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    number = 0
    try:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, 1):  # noqa: B007 - named in the error below
                if line.strip():
                    entry = json.loads(line)
                    entry["_id"]
                    yield entry
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise BadInput(
            _("{path}, dòng {number}: không đọc được ({error}).").format(
                path=path, number=number, error=error
            )
        ) from error


def _read_queries(path: Path) -> dict[str, str]:
    return {str(entry["_id"]): str(entry.get("text") or "") for entry in _json_lines(path)}


def _read_qrels(path: Path) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if len(row) >= 3 and row[2].lstrip("-").isdigit():
                    qrels.setdefault(row[0], {})[row[1]] = int(row[2])
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    return qrels


def _unreadable(path: Path, error: Exception) -> BadInput:
    return BadInput(_("Không đọc được {path}: {error}").format(path=path, error=error))
