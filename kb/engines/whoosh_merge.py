"""Merging segments: which ones, and how two or more become one without their deleted documents."""

from __future__ import annotations

import heapq
import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from kb.engines.fields import Field
from kb.engines.whoosh_blocks import BlockWriter
from kb.engines.whoosh_segment import (
    INDEXED,
    INT,
    TEXT,
    Documents,
    SegmentData,
    TermPostings,
    starts,
    write_segment,
)

SAME_SIZE = 8  # so many segments of about one size become one
SMALLEST = 1000  # documents; all segments up to this are of one size
MAX_DELETED = 0.3  # a segment with a larger share of deleted documents is written anew


def groups_to_merge(segments: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Which segments to merge with each other, by their number in `segments`, which gives (documents,
    deleted documents) of each. A group of one is a segment to rid of deleted documents."""
    by_size: dict[int, list[int]] = {}
    for number, (documents, deleted) in enumerate(segments):
        live = max(documents - deleted, SMALLEST)
        by_size.setdefault(int(math.log(live / SMALLEST, SAME_SIZE)), []).append(number)
    groups = [group for group in by_size.values() if len(group) >= SAME_SIZE]
    merged = {number for group in groups for number in group}
    groups += [
        [number]
        for number, (documents, deleted) in enumerate(segments)
        if number not in merged and deleted > MAX_DELETED * documents
    ]
    return groups


@dataclass(frozen=True)
class Source:
    """A segment to merge."""

    data: SegmentData
    deleted: frozenset[int]


def merge(sources: Sequence[Source], writer: BlockWriter) -> None:
    """Write a segment of the sources' live documents, in their order."""
    live = [[n for n in range(len(s.data)) if n not in s.deleted] for s in sources]
    documents = Documents.none()
    for source, numbers in zip(sources, live, strict=True):
        documents.ids += map(source.data.id_at, numbers)
        for name in TEXT:
            lengths = source.data.lengths(name)
            documents.lengths[name].extend(map(lengths.__getitem__, numbers))
        for name in INT:
            values = source.data.numbers(name)
            documents.numbers[name] += map(values.__getitem__, numbers)
    write_segment(
        writer, documents, ((field, _merged(field, sources, live, documents)) for field in INDEXED)
    )


def _merged(
    field: Field, sources: Sequence[Source], live: Sequence[Sequence[int]], documents: Documents
) -> Iterator[TermPostings]:
    new_starts = starts(documents.lengths[field.name]) if field.positions else []
    base = 0
    streams = []
    for source, numbers in zip(sources, live, strict=True):
        streams.append(_moved(field, source, numbers, base, new_starts))
        base += len(numbers)
    in_order = heapq.merge(*streams, key=attrgetter("token"))
    for token, same in groupby(in_order, key=attrgetter("token")):
        parts = list(same)
        if len(parts) == 1:
            yield parts[0]
        else:
            yield TermPostings(
                token,
                [n for part in parts for n in part.documents],
                [n for part in parts for n in part.frequencies],
                [n for part in parts for n in part.positions],
            )


def _moved(
    field: Field, source: Source, live: Sequence[int], base: int, new_starts: Sequence[int]
) -> Iterator[TermPostings]:
    """The source's postings under the numbers and positions they will have: its live documents
    become base, base + 1 …"""
    terms = source.data.terms(field.name)
    old_starts = starts(source.data.lengths(field.name)) if field.positions else []
    if len(live) == len(source.data):
        shift = new_starts[base] if field.positions else 0
        for number in range(len(terms)):
            yield TermPostings(
                terms.token(number),
                terms.documents(number, base),
                list(terms.frequencies(number)),
                [position + shift for position in terms.positions(number)],
            )
        return
    new_number = dict(zip(live, range(base, base + len(live)), strict=True))
    for number in range(len(terms)):
        old = terms.postings(number)
        documents, frequencies, positions = array("I"), array("I"), array("Q")
        at = 0
        for document, frequency in zip(old.documents, old.frequencies, strict=True):
            if (new := new_number.get(document)) is not None:
                documents.append(new)
                frequencies.append(frequency)
                if field.positions:
                    shift = new_starts[new] - old_starts[document]
                    positions.extend(p + shift for p in old.positions[at : at + frequency])
            at += frequency
        if documents:
            yield TermPostings(old.token, documents, frequencies, positions)
