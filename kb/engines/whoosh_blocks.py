"""The file of one segment: named blocks of bytes, a directory at the end, a checksum of it all.

Numbers lie in little-endian arrays of the smallest size that fits (1, 2, 4 or 8 bytes each), so that
they are read by the handful of C functions of `array` and not one by one.
"""

from __future__ import annotations

import json
import mmap
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, islice
from operator import sub
from pathlib import Path
from typing import BinaryIO

Numbers = Sequence[int]

BIG_ENDIAN = sys.byteorder == "big"

_DIRECTORY_LENGTH = struct.Struct("<Q")
_CHUNK = 1 << 20
_PARTS_AT_ONCE = 1000  # a call for each of millions of parts would take long


def pack(numbers: Numbers) -> bytes:
    """Numbers >= 0 as bytes: one for the type, then the array."""
    largest = max(numbers, default=0)
    code = "B" if largest < 1 << 8 else "H" if largest < 1 << 16 else "I" if largest < 1 << 32 else "Q"
    packed = array(code, numbers)
    if BIG_ENDIAN:
        packed.byteswap()
    return code.encode() + packed.tobytes()


def unpack(data: bytes | memoryview) -> array[int]:
    """The numbers that `pack` wrote."""
    numbers: array[int] = array(chr(data[0]))
    numbers.frombytes(data[1:])
    if BIG_ENDIAN:
        numbers.byteswap()
    return numbers


def pack_ascending(numbers: Numbers) -> bytes:
    """Ascending numbers >= 0 as bytes: the steps between them are smaller than they are."""
    return pack([numbers[0], *map(sub, numbers[1:], numbers)])


def unpack_ascending(data: bytes | memoryview, base: int = 0) -> list[int]:
    """The numbers that `pack_ascending` wrote, each plus `base`."""
    steps = unpack(data)
    steps_list: Iterable[int] = steps
    if base:
        steps_list = steps.tolist()
        steps_list[0] += base
    return list(accumulate(steps_list))


class BlockWriter:
    """Writes a segment file block by block."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._directory: dict[str, tuple[int, int]] = {}
        self.size = 0
        self.checksum = 0  # CRC-32 of everything written

    def add(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Append a block, whole or in parts."""
        start = self.size
        parts = iter((data,) if isinstance(data, bytes) else data)
        while some := b"".join(islice(parts, _PARTS_AT_ONCE)):
            self._write(some)
        self._directory[name] = start, self.size - start

    def finish(self) -> None:
        """Append the directory. The stream is left open."""
        directory = json.dumps(self._directory).encode()
        self._write(directory)
        self._write(_DIRECTORY_LENGTH.pack(len(directory)))

    def _write(self, data: bytes) -> None:
        self._stream.write(data)
        self.size += len(data)
        self.checksum = zlib.crc32(data, self.checksum)


class BlockFile:
    """A segment file, mapped into memory. It is released when nothing refers to it."""

    def __init__(self, path: Path) -> None:
        """Raises OSError or ValueError for a file that is missing or not whole."""
        with path.open("rb") as stream:
            self._view = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        end = len(self._view) - _DIRECTORY_LENGTH.size
        length = _DIRECTORY_LENGTH.unpack_from(self._view, end)[0] if end > 0 else 0
        if not 0 < length < end:
            raise ValueError("no directory at the end of the file")
        self._directory: dict[str, tuple[int, int]] = json.loads(bytes(self._view[end - length : end]))

    def __len__(self) -> int:
        return len(self._view)

    def block(self, name: str) -> memoryview:
        """The bytes of a block. Raises KeyError."""
        start, length = self._directory[name]
        return self._view[start : start + length]

    def checksum(self) -> int:
        """CRC-32 of the whole file."""
        checksum = 0
        for start in range(0, len(self._view), _CHUNK):
            checksum = zlib.crc32(self._view[start : start + _CHUNK], checksum)
        return checksum
