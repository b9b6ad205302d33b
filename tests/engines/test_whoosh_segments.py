"""The Whoosh engine's segment files: numbers, blocks, merging."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.engines.port import IndexDocument
from kb.engines.whoosh_blocks import (
    BlockFile,
    BlockWriter,
    pack,
    pack_ascending,
    unpack,
    unpack_ascending,
)
from kb.engines.whoosh_buffer import Buffer
from kb.engines.whoosh_merge import SAME_SIZE, Source, groups_to_merge, merge
from kb.engines.whoosh_segment import INDEXED, INT, TEXT, SegmentData

TOKENS = [f"t{n}" for n in range(12)]


@given(st.lists(st.integers(0, 2**63)))
def test_numbers_survive_packing(numbers: list[int]) -> None:
    assert list(unpack(pack(numbers))) == numbers


@given(st.lists(st.integers(0, 2**40), min_size=1), st.integers(0, 1000))
def test_ascending_numbers_survive_packing(numbers: list[int], base: int) -> None:
    numbers.sort()
    packed = pack_ascending(numbers)
    assert unpack_ascending(packed, base) == [number + base for number in numbers]


def test_close_numbers_take_one_byte_each() -> None:
    assert len(pack_ascending(range(1_000_000, 1_000_100))) <= 1 + 4 * 100
    assert len(pack_ascending(range(100, 200))) == 1 + 100


def test_blocks(tmp_path: Path) -> None:
    path = tmp_path / "blocks"
    with path.open("wb") as stream:
        writer = BlockWriter(stream)
        writer.add("whole", b"abc")
        writer.add("parts", (str(n).encode() for n in range(3000)))
        writer.add("empty", b"")
        writer.finish()
    file = BlockFile(path)
    assert bytes(file.block("whole")) == b"abc"
    assert bytes(file.block("parts")) == "".join(map(str, range(3000))).encode()
    assert bytes(file.block("empty")) == b""
    assert (len(file), file.checksum()) == (writer.size, writer.checksum)
    with pytest.raises(KeyError):
        file.block("other")


@pytest.mark.parametrize("content", [b"", b"x", b"\0" * 100, b"\xff" * 100])
def test_what_is_not_a_block_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "blocks"
    path.write_bytes(content)
    with pytest.raises(ValueError):
        BlockFile(path)


def test_which_segments_are_merged() -> None:
    few = [(10, 0)] * (SAME_SIZE - 1)
    assert groups_to_merge(few) == []
    assert groups_to_merge([*few, (900, 0)]) == [list(range(SAME_SIZE))]
    assert groups_to_merge([*few, (100_000, 0)]) == []  # of another size
    assert groups_to_merge([(100, 20), (100, 40)]) == [[1]]  # many deleted documents
    large = [(100_000, 0)] * SAME_SIZE
    assert groups_to_merge([(5, 0), *large]) == [list(range(1, SAME_SIZE + 1))]


def _segment(path: Path, documents: list[IndexDocument]) -> SegmentData:
    buffer = Buffer()
    for document in documents:
        buffer.add(document)
    with path.open("wb") as stream:
        buffer.write(BlockWriter(stream))
    return SegmentData(BlockFile(path))


def _document(rng: random.Random, number: int) -> IndexDocument:
    return IndexDocument(
        f"d{number}",
        {
            "body_fold": rng.choices(TOKENS, k=rng.randint(0, 20)),
            "body_word": rng.choices(TOKENS, k=rng.randint(0, 20)),
            "kind": rng.choices(TOKENS, k=rng.randint(0, 3)),
            **({"date": rng.randint(-5, 20300101)} if rng.random() < 0.7 else {}),
        },
    )


def _content(segment: SegmentData) -> object:
    """Everything a segment says."""
    terms = {field.name: segment.terms(field.name) for field in INDEXED}
    return (
        [segment.id_at(n) for n in range(len(segment))],
        {name: list(segment.lengths(name)) for name in TEXT},
        {name: segment.numbers(name) for name in INT},
        {
            name: [
                (t.token, list(t.documents), list(t.frequencies), list(t.positions))
                for t in map(field.postings, range(len(field)))
            ]
            for name, field in terms.items()
        },
    )


@pytest.mark.parametrize("share_deleted", [0.0, 0.4])
def test_merged_is_as_if_written_at_once(tmp_path: Path, share_deleted: float) -> None:
    rng = random.Random(5)
    documents = [_document(rng, number) for number in range(60)]
    parts = [documents[:25], documents[25:26], documents[26:]]
    sources, live = [], []
    for number, part in enumerate(parts):
        deleted = frozenset(n for n in range(len(part)) if rng.random() < share_deleted)
        sources.append(Source(_segment(tmp_path / str(number), part), deleted))
        live += [document for n, document in enumerate(part) if n not in deleted]
    with (tmp_path / "merged").open("wb") as stream:
        merge(sources, BlockWriter(stream))
    merged = SegmentData(BlockFile(tmp_path / "merged"))
    assert _content(merged) == _content(_segment(tmp_path / "at once", live))
