"""What the library asks of a search engine, and the logical query it hands over.

Engines get opaque tokens and a tree of the nodes below; an adapter never sees the user's string
and never analyses text. Field names come from `kb.engines.fields`. Matching is exact and
the same on every engine: the conformance suite (tests/engines) holds both to it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, Protocol

# ---------------------------------------------------------------- documents

# text field: tokens in order; keyword field: any number of exact values; int field: one number.
FieldValue = Sequence[str] | int


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """One document as an engine stores it. A field left out is empty."""

    id: str
    fields: Mapping[str, FieldValue]


# ---------------------------------------------------------------- queries


@dataclass(frozen=True, slots=True)
class All:
    """Every document, score 1."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


@dataclass(frozen=True, slots=True)
class Term:
    """Documents whose text or keyword field holds the token. Text: BM25 x boost; keyword: boost."""

    field: str
    token: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Documents whose keyword field holds at least one of the values. Score 1."""

    field: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ids:
    """The documents with these ids, as far as they are there. Score 1."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens side by side and in order in a text field that keeps positions. BM25 x boost."""

    field: str
    tokens: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Documents with a token that starts so in a text or keyword field.

    At most `limit` tokens are tried, in token order; score `boost`.
    """

    field: str
    prefix: str
    boost: float = 1.0
    limit: int = 1000


@dataclass(frozen=True, slots=True)
class Range:
    """Documents whose int field lies in low..high, both included; None is open. Score 1.

    A document without the field never matches.
    """

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Bool:
    """Documents that match all of `must` and `filter`, none of `must_not`, and at least
    `minimum` of `should`. Score: the sum over the matching `must` and `should`; `filter` adds nothing.

    Where `must` and `filter` are empty and `should` is not, at least one `should` has to match
    whatever `minimum` says. With only `must_not`, all other documents match (score 0).
    An empty Bool matches nothing.
    """

    must: tuple[Query, ...] = ()
    should: tuple[Query, ...] = ()
    filter: tuple[Query, ...] = ()
    must_not: tuple[Query, ...] = ()
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class DisMax:
    """Documents that match any child; score: the best child's plus `tie` x the sum of the others'."""

    children: tuple[Query, ...]
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class Boost:
    """The child's documents, its score times `factor`."""

    child: Query
    factor: float


@dataclass(frozen=True, slots=True)
class Constant:
    """The child's documents, each with the same score."""

    child: Query
    score: float = 1.0


Query = (
    All | Nothing | Term | AnyOf | Ids | Phrase | Prefix | Range | Bool | DisMax | Boost | Constant
)  # fmt: skip

# ---------------------------------------------------------------- answers

Order = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class EngineHit:
    """One document found: its id and its score (0 when ordered by date)."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class EngineResult:
    """`total` counts all matches; `hits` is the page asked for; `facets[field]` counts matching
    documents per keyword, most first, then by keyword; at most the number asked for."""

    total: int
    hits: tuple[EngineHit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]


class EngineWriter(Protocol):
    """The one writer of an index. Nothing is visible or kept before `commit`."""

    def add(self, document: IndexDocument) -> None:
        """Add the document, replacing one with the same id."""

    def delete(self, document_id: str) -> None:
        """Remove the document, if it is there."""

    def commit(self) -> None:
        """Make everything since the last commit durable and visible."""

    def close(self) -> None:
        """Drop what was not committed and release the lock. Calling it twice is fine."""


class Engine(Protocol):
    """An open index. Safe to use from several threads; `refresh` sees other processes' commits."""

    name: ClassVar[str]
    version: ClassVar[str]  # of the engine's files: part of what makes an index outdated

    @classmethod
    def create(cls, path: Path) -> Engine:
        """A new empty index in the folder `path`, which is created."""

    @classmethod
    def open(cls, path: Path) -> Engine:
        """Open the index in `path`. Raises IndexMissing or IndexCorrupt."""

    def search(
        self,
        query: Query,
        *,
        limit: int = 10,
        offset: int = 0,
        order: Order = "relevance",
        facets: Mapping[str, int] | None = None,
    ) -> EngineResult:
        """Run the query.

        `order` newest/oldest sorts by the int field `date`, documents without one last, and by id
        within a day; relevance sorts by score, then by id where scores are equal.
        `facets` maps keyword fields to the number of values wanted. `limit` 0 only counts.
        """

    def terms(
        self, field: str, prefix: str = "", limit: int = 100, *, within: Query | None = None
    ) -> list[tuple[str, int]]:
        """Tokens of a field that start with `prefix`, in token order, with document frequencies.

        `within`: only documents that match are counted, and tokens of no other document are given.
        """

    @property
    def commit(self) -> Hashable:
        """Names the commit seen now: another value after every change of the index, the same as
        long as nothing changes. For whoever keeps what was read."""

    def frequency(self, field: str, token: str) -> int:
        """About how many documents hold the token: deleted ones may count for a while. Microseconds."""

    def ids(self) -> Iterator[str]:
        """The ids of all documents, in no particular order."""

    def count(self) -> int:
        """How many documents the index holds."""

    def writer(self) -> EngineWriter:
        """Start writing. Raises Locked where another process writes."""

    def refresh(self) -> None:
        """See what was committed since this index was opened or refreshed."""

    def close(self) -> None:
        """Release files. Calling it twice is fine."""


def add_all(writer: EngineWriter, documents: Iterable[IndexDocument]) -> int:
    """Add every document and commit; how many there were."""
    count = 0
    for document in documents:
        writer.add(document)
        count += 1
    writer.commit()
    return count
