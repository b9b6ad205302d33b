"""Files of ours that are replaced as a whole."""

from __future__ import annotations

import os
from pathlib import Path


def write_durably(path: Path, text: str, *, private: bool = False) -> None:
    """Replace the file in one step; after a power cut it holds the old text or the new one.

    UTF-8; a private file may be read by its owner only. Raises OSError.
    """

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, 0o600 if private else 0o666)

    temporary = path.with_name(path.name + ".new")
    with open(temporary, "w", encoding="utf-8", newline="\n", opener=opener) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
