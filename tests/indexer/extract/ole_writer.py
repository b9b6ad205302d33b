"""A minimal writer of OLE files ([MS-CFB]), to draw Outlook messages for tests."""

from __future__ import annotations

import struct
from pathlib import Path

_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
Tree = dict[str, "bytes | Tree"]


def write_ole(path: Path, tree: Tree) -> Path:
    """A file with the streams (bytes) and storages (dicts) of `tree`."""
    entries: list[list] = [["Root Entry", 5, _NONE, _NONE, _END, 0, b""]]
    _add(entries, 0, tree)
    sectors: list[bytes] = []
    fat: list[int] = []

    def store(content: bytes) -> int:
        first = len(sectors)
        parts = [content[at : at + _SECTOR] for at in range(0, len(content), _SECTOR)]
        for number, part in enumerate(parts):
            sectors.append(part.ljust(_SECTOR, b"\0"))
            fat.append(first + number + 1 if number + 1 < len(parts) else _END)
        return first if parts else _END

    mini, mini_fat = b"", []
    for entry in entries:
        content = entry[6]
        if entry[1] != 2:
            continue
        entry[5] = len(content)
        if len(content) >= _CUTOFF:
            entry[4] = store(content)
        elif content:
            entry[4] = len(mini) // _MINI
            count = -(-len(content) // _MINI)
            mini_fat += [entry[4] + n + 1 if n + 1 < count else _END for n in range(count)]
            mini += content.ljust(count * _MINI, b"\0")
    entries[0][4], entries[0][5] = store(mini), len(mini)
    mini_fat_first = store(struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(_SECTOR, b"\xff"))
    directory = b"".join(_entry(*entry[:6]) for entry in entries)
    directory_first = store(directory + b"\0" * (-len(directory) % _SECTOR))
    assert len(fat) < 127, "one sector of FAT is enough here"
    fat_sector = len(sectors)
    fat.append(_FAT)
    sectors.append(struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat))))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1,
        directory_first, 0, _CUTOFF, mini_fat_first, 1, _END, 0, fat_sector,
    )  # fmt: skip
    path.write_bytes(header.ljust(512, b"\xff") + b"".join(sectors))
    return path


def _add(entries: list[list], parent: int, tree: Tree) -> None:
    """Children hang on their parent as a chain of right siblings."""
    before: int | None = None
    for name, content in sorted(tree.items()):
        number = len(entries)
        is_stream = isinstance(content, bytes)
        body = content if is_stream else b""
        entries.append([name, 2 if is_stream else 1, _NONE, _NONE, _END, 0, body])
        if before is None:
            entries[parent][3] = number
        else:
            entries[before][2] = number
        before = number
        if not is_stream:
            _add(entries, number, content)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16xIQQIQ", encoded, len(encoded), kind, 1, _NONE, right, child, 0, 0, 0, start, size
    )


def write_msg(path: Path, *, subject: str, body: str, attachments: dict[str, bytes]) -> Path:
    """An Outlook message ([MS-OXMSG]) with a text body and files."""
    tree: Tree = {
        "__nameid_version1.0": {},
        "__properties_version1.0": _properties(32, {0x0037: 0x1F, 0x1000: 0x1F}, len(attachments)),
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Nguyễn Văn A".encode("utf-16-le"),
    }
    for number, (name, content) in enumerate(attachments.items()):
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": _properties(8, {0x3701: 0x102, 0x3707: 0x1F, 0x3705: 3}, 0),
            "__substg1.0_37010102": content,
            "__substg1.0_3707001F": name.encode("utf-16-le"),
        }
    return write_ole(path, tree)


def _properties(header: int, kinds: dict[int, int], attachments: int) -> bytes:
    head = bytearray(header)
    if header == 32:
        struct.pack_into("<II", head, 12, attachments, 0)
        struct.pack_into("<I", head, 20, attachments)
    entries = b"".join(
        struct.pack("<HHIQ", kind, number, 6, 1) for number, kind in sorted(kinds.items())
    )
    return bytes(head) + entries
