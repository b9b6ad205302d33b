"""Where a .doc keeps its numbering: PlfLst and PlfLfo ([MS-DOC] 2.9.192, 2.9.190)."""

from __future__ import annotations

from struct import error as struct_error
from struct import unpack_from

from indexer.extract.numbering import Level, Numbering

_LISTS, _OVERRIDES = 0x2E2, 0x2EA  # where the FIB tells of them
_LIST_SIZE, _LEVEL_SIZE, _OVERRIDE_SIZE = 28, 28, 16
_LEVELS = 9
_SIMPLE, _START, _FORMAT = 0x01, 0x10, 0x20
_KINDS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
    22: "decimalZero", 23: "bullet", 255: "none",
}  # fmt: skip


def read_numbering(word: bytes, table: bytes) -> Numbering:
    """The lists of a file; what cannot be read counts nothing. Lists are named by their number."""
    levels: dict[str, dict[int, Level]] = {}
    lists: dict[str, str] = {}
    restarts: dict[str, dict[int, int]] = {}
    try:
        _read_lists(word, table, levels)
        _read_overrides(word, table, lists, restarts)
    except (struct_error, IndexError):
        pass  # the text is worth more than its numbers
    return Numbering(levels, lists, restarts)


def _read_lists(word: bytes, table: bytes, levels: dict[str, dict[int, Level]]) -> None:
    start, size = unpack_from("<II", word, _LISTS)
    if not size:
        return
    count = unpack_from("<H", table, start)[0]
    at = start + 2 + count * _LIST_SIZE  # the levels follow the lists
    for number in range(count):
        entry = start + 2 + number * _LIST_SIZE
        name = str(unpack_from("<I", table, entry)[0])
        how_many = 1 if table[entry + 26] & _SIMPLE else _LEVELS
        found = levels.setdefault(name, {})
        for depth in range(how_many):
            found[depth], at = _level(table, at)


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """A level (2.9.150 LVL), and where the next begins."""
    begin, kind = unpack_from("<iB", table, at)
    character_size, paragraph_size = table[at + 24], table[at + 25]
    at += _LEVEL_SIZE + character_size + paragraph_size
    length = unpack_from("<H", table, at)[0]
    text = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    # The characters 0 to 8 stand for the numbers of the levels.
    pattern = "".join(f"%{ord(c) + 1}" if ord(c) < _LEVELS else c for c in text)
    return Level(begin, _KINDS.get(kind, "decimal"), pattern, None), at + 2 + 2 * length


def _read_overrides(
    word: bytes, table: bytes, lists: dict[str, str], restarts: dict[str, dict[int, int]]
) -> None:
    start, size = unpack_from("<II", word, _OVERRIDES)
    if not size:
        return
    count = unpack_from("<I", table, start)[0]
    at = start + 4 + count * _OVERRIDE_SIZE  # what is overridden follows
    for number in range(min(count, size // _OVERRIDE_SIZE)):
        entry = start + 4 + number * _OVERRIDE_SIZE
        name = str(number + 1)
        lists[name] = str(unpack_from("<I", table, entry)[0])
        starts = restarts.setdefault(name, {})
        at += 4
        for _level_number in range(table[entry + 12]):
            begin, flags = unpack_from("<iI", table, at)
            at += 8
            if flags & _FORMAT:
                level, at = _level(table, at)
                begin = level.start
            if flags & (_START | _FORMAT):
                starts[flags & 0xF] = begin
