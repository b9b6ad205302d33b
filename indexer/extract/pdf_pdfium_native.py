"""Calls into PDFium without the conversions of ctypes' prototypes, which cost more than the calls.

A page takes some thousand calls. Objects are addresses here; they are valid only while the page or
text page they came from is open, so the caller keeps that object.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any


def native(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of pypdfium2.raw with plain types: c_int, c_void_p (an address as int) …"""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


class Buffer:
    """Memory that PDFium writes into."""

    __slots__ = ("address", "data")

    def __init__(self, size: int) -> None:
        self.data = bytearray(max(size, 1))
        self.address = ctypes.addressof(ctypes.c_char.from_buffer(self.data))
