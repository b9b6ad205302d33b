"""Reading a tantivy index in a folder that may not be written, such as a share or a DVD.

tantivy takes a lock file in the index folder even to read. So the reader gets a temporary folder
with links to the segment files, which never change, and copies of the two files that do.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.engines.tantivy_files import META

MANAGED = ".managed.json"


class Mirror:
    """A writable stand-in for an index folder; gone when the object is."""

    def __init__(self, original: Path) -> None:
        self._original = original
        self._folder = TemporaryDirectory(prefix="tracuu-index-", ignore_cleanup_errors=True)
        self.path = Path(self._folder.name)
        self.update()

    def update(self) -> None:
        """Take over the last commit of the original. Cheap where there is no new one."""
        meta = (self._original / META).read_bytes()
        if (self.path / META).exists() and (self.path / META).read_bytes() == meta:
            return
        for file in self._original.iterdir():
            stands_here = self.path / file.name
            if file.suffix == ".lock" or file.name == META or stands_here.exists():
                continue
            if file.name == MANAGED:
                shutil.copyfile(file, stands_here)
                continue
            try:
                stands_here.symlink_to(file)
            except OSError:  # Windows lets only some users make links
                shutil.copyfile(file, stands_here)
        fresh = self.path / f"{META}.new"
        fresh.write_bytes(meta)
        fresh.replace(self.path / META)

    def close(self) -> None:
        """Remove the stand-in."""
        self._folder.cleanup()


def mirror_if_needed(path: Path) -> Mirror | None:
    """A stand-in for a folder that this process may not write in, None for any other."""
    return None if os.access(path, os.W_OK) else Mirror(path)
