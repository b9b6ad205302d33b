"""Where the words of a page stand, packed: a page of a thousand words is 24 kB instead of 300."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, overload

_BOX = struct.Struct("<IIffff")


class Box(NamedTuple):
    """Where the characters `start:end` stand on their page.

    Points (1/72 inch), origin at the top left corner of the page, y downwards.
    """

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float


class Boxes(Sequence[Box]):
    """Boxes that cannot be changed; places are exact to a thousandth of a point.

    `packed` is what is stored: of each box two little-endian uint32 and four float32.
    """

    __slots__ = ("packed",)

    def __init__(self, packed: bytes = b"") -> None:
        self.packed = packed

    @classmethod
    def of(cls, boxes: Iterable[tuple[int, int, float, float, float, float]]) -> Boxes:
        """Pack boxes, or plain tuples of what they hold."""
        return cls(b"".join([_BOX.pack(*box) for box in boxes]))

    def __len__(self) -> int:
        return len(self.packed) // _BOX.size

    def __iter__(self) -> Iterator[Box]:
        return map(Box._make, _BOX.iter_unpack(self.packed))

    @overload
    def __getitem__(self, index: int) -> Box: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Box]: ...
    def __getitem__(self, index: int | slice) -> Box | Sequence[Box]:
        if isinstance(index, slice):
            return tuple(self)[index]
        at = range(len(self))[index]  # raises IndexError as a tuple does
        return Box._make(_BOX.unpack_from(self.packed, at * _BOX.size))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Boxes) and self.packed == other.packed

    def __hash__(self) -> int:
        return hash(self.packed)

    def __repr__(self) -> str:
        return f"Boxes.of({list(self)!r})"


NONE = Boxes()
