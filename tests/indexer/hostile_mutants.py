"""Sound files made unsound, the same way each time: what a bad disk, a bad program or an enemy does."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator

_GIANT = (
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\x00\x00\x00\x80",
    b"\x00\x00\x00\x00",
    b"\xff\xff",
)
_GIANT_TEXT = (b"99999999999999999999", b"-1", b"2147483648", b"0", b"1e400", b"65536")
_NUMBER = re.compile(rb"\d+")
_STREAM = re.compile(rb"FlateDecode[^\0]{0,200}?stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_INSIDE = 0.7  # of the mutants of packed formats are changed inside, with sound packing around


def mutants(content: bytes, seed: str, count: int) -> Iterator[bytes]:
    """`count` changed copies of `content`. The same `seed` gives the same ones."""
    for number in range(count):
        chance = random.Random(f"{seed}:{number}")
        if chance.random() < _INSIDE and content.startswith(b"PK"):
            yield _inside_zip(content, chance)
        elif chance.random() < _INSIDE and content.startswith(b"%PDF"):
            yield _inside_pdf(content, chance)
        else:
            yield _changed(content, chance)


def _changed(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content or b"\0")
    for _ in range(chance.choice((1, 1, 2, 3))):
        chance.choice(_CHANGES)(changed, chance)
    return bytes(changed)


def _inside_zip(content: bytes, chance: random.Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            body = old.read(name)
            body = _changed(body, chance) if name == chosen else body
            new.writestr(name, body, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _inside_pdf(content: bytes, chance: random.Random) -> bytes:
    streams = list(_STREAM.finditer(content))
    if not streams:
        return _changed(content, chance)
    chosen = chance.choice(streams)
    try:
        body = zlib.decompress(chosen[1])
    except zlib.error:
        return _changed(content, chance)
    packed = zlib.compress(_changed(body, chance))
    return content[: chosen.start(1)] + packed + content[chosen.end(1) :]


def _place(content: bytearray, chance: random.Random, most: int = 4_096) -> tuple[int, int]:
    start = chance.randrange(len(content)) if content else 0
    return start, min(len(content), start + chance.randint(1, most))


def _flip(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 20)):
        if content:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _truncate(content: bytearray, chance: random.Random) -> None:
    del content[chance.randint(1, max(len(content), 1)) :]


def _cut(content: bytearray, chance: random.Random) -> None:
    start, end = _place(content, chance)
    del content[start:end]


def _double(content: bytearray, chance: random.Random) -> None:
    start, end = _place(content, chance)
    content[end:end] = content[start:end] * chance.choice((1, 2, 50))


def _move(content: bytearray, chance: random.Random) -> None:
    start, end = _place(content, chance)
    piece = content[start:end]
    del content[start:end]
    to = chance.randint(0, len(content))
    content[to:to] = piece


def _swap(content: bytearray, chance: random.Random) -> None:
    """Two fields of four bytes change places."""
    if len(content) >= 8:
        a, b = (chance.randrange(len(content) // 4) * 4 for _ in range(2))
        content[a : a + 4], content[b : b + 4] = content[b : b + 4], content[a : a + 4]


def _giant(content: bytearray, chance: random.Random) -> None:
    number = chance.choice(_GIANT)
    at = chance.randrange(max(len(content) // 2, 1)) * 2
    content[at : at + len(number)] = number


def _giant_text(content: bytearray, chance: random.Random) -> None:
    numbers = list(_NUMBER.finditer(bytes(content)))
    if numbers:
        chosen = chance.choice(numbers)
        content[chosen.start() : chosen.end()] = chance.choice(_GIANT_TEXT)


def _noise(content: bytearray, chance: random.Random) -> None:
    at = chance.randint(0, len(content))
    content[at:at] = chance.randbytes(chance.randint(1, 64))


_CHANGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _truncate, _cut, _double, _move, _swap, _giant, _giant, _giant_text, _giant_text, _noise,
)  # fmt: skip
