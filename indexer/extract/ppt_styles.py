"""Which font each stretch of a slide's text is in: the StyleTextPropAtom of [MS-PPT] (2.9.44)."""

from __future__ import annotations

from struct import error as struct_error
from struct import unpack_from
from typing import NamedTuple

# Paragraph properties (2.9.20): for each, the bits of the mask that say it is there, and its bytes.
_PARAGRAPH = (
    (0x0000000F, 2), (0x00000080, 2), (0x00000010, 2), (0x00000040, 2), (0x00000020, 4),
    (0x00000800, 2), (0x00001000, 2), (0x00002000, 2), (0x00004000, 2), (0x00000100, 2),
    (0x00000400, 2), (0x00008000, 2),
)  # fmt: skip
_TABS = 0x00100000
_AFTER_TABS = ((0x00010000, 2), (0x000E0000, 2), (0x00200000, 2))
# Character properties (2.9.13): flags, then four fonts, then size, colour and position.
_FLAGS, _FONT, _OTHER_FONTS = 0x03FF, 0x00010000, (0x00200000, 0x00400000, 0x00800000)
_ANSI_FONT = 0x00400000
_AFTER_FONTS = ((0x00020000, 2), (0x00040000, 4), (0x00080000, 2))


class CharacterRun(NamedTuple):
    """A stretch of characters in one font, by its number."""

    length: int
    font: int | None
    bold: bool


def character_runs(atom: bytes, length: int) -> list[CharacterRun]:
    """The runs of a text of `length` characters; what cannot be read is left out."""
    runs: list[CharacterRun] = []
    try:
        at = _past_paragraphs(atom, length + 1)
        covered = 0
        while covered <= length and at + 8 <= len(atom):
            count, mask = unpack_from("<II", atom, at)
            at += 8
            bold = False
            if mask & _FLAGS:
                bold = bool(unpack_from("<H", atom, at)[0] & 1)
                at += 2
            font = None
            for bit in (_FONT, *_OTHER_FONTS):
                if mask & bit:
                    if bit in (_FONT, _ANSI_FONT):
                        font = unpack_from("<H", atom, at)[0]
                    at += 2
            at += sum(size for bit, size in _AFTER_FONTS if mask & bit)
            runs.append(CharacterRun(count, font, bold))
            covered += count
    except struct_error:
        pass  # the text is worth more than its fonts
    return runs


def _past_paragraphs(atom: bytes, length: int) -> int:
    at = covered = 0
    while covered < length:
        count, _level, mask = unpack_from("<IHI", atom, at)
        at += 10 + sum(size for bits, size in _PARAGRAPH if mask & bits)
        if mask & _TABS:
            at += 2 + 4 * unpack_from("<H", atom, at)[0]
        at += sum(size for bits, size in _AFTER_TABS if mask & bits)
        covered += max(count, 1)
    return at
