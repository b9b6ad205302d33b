"""Index generations: where an engine's index lies, which one is current, how a new one takes over.

    KB_HOME/index/<engine>/CURRENT          name of the current generation
    KB_HOME/index/<engine>/<generation>/    the engine's files, and manifest.json

A full rebuild goes into a new generation; CURRENT is then replaced by one atomic rename, so a
reader sees the old index or the new one and never half of either. The manifest says which
engine, engine version and analysis made the index.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from kb.errors import IndexCorrupt, IndexMissing, IndexOutdated
from kb.files import write_durably
from kb.i18n import _

CURRENT = "CURRENT"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made an index; any difference from today's asks for a reindex."""

    engine: str
    engine_version: str
    fingerprint: str  # of the analyser, which includes the field table


class Generations:
    """The generations of one engine's index below `home`."""

    def __init__(self, home: Path, manifest: Manifest) -> None:
        self.wanted = manifest
        self.folder = home / "index" / manifest.engine

    def current(self) -> str | None:
        """Name of the current generation, None where there is none yet."""
        try:
            name = (self.folder / CURRENT).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise IndexCorrupt(
                _("Không đọc được {path}: {error}").format(path=self.folder / CURRENT, error=error)
            ) from error
        return name or None

    def path(self, name: str) -> Path:
        """Folder of a generation."""
        return self.folder / name

    def require_current(self) -> str:
        """Name of the current generation, checked against what this program would make.

        Raises IndexMissing, IndexOutdated or IndexCorrupt, each saying what to run.
        """
        name = self.current()
        if name is None:
            others = self._other_engines()
            hint = _(" (có chỉ mục của: {engines})").format(engines=", ".join(others)) if others else ""
            raise IndexMissing(
                _("Chưa có chỉ mục cho bộ máy {engine}{hint}.").format(
                    engine=self.wanted.engine, hint=hint
                )
            )
        made_by = self.manifest(name)
        if made_by != self.wanted:
            raise IndexOutdated(
                _("Chỉ mục được tạo bởi phiên bản phân tích khác ({made_by}).").format(
                    made_by=f"{made_by.engine} {made_by.engine_version}, {made_by.fingerprint}"
                )
            )
        return name

    def manifest(self, name: str) -> Manifest:
        """The manifest of a generation. Raises IndexCorrupt where it cannot be read."""
        path = self.path(name) / MANIFEST
        try:
            return Manifest(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexCorrupt(
                _("Không đọc được {path}: {error}").format(path=path, error=error)
            ) from error

    def begin(self) -> str:
        """Name and empty folder for a new generation."""
        name = datetime.now(UTC).strftime("g%Y%m%dT%H%M%S%f")
        self.path(name).mkdir(parents=True)
        return name

    def publish(self, name: str) -> None:
        """Write the manifest and make the generation current, durably."""
        manifest = json.dumps(asdict(self.wanted), indent=1)
        write_durably(self.path(name) / MANIFEST, manifest)
        write_durably(self.folder / CURRENT, name)

    def sweep(self) -> None:
        """Delete generations that are not current: left by a crash, or replaced.

        A folder that another process still has open (Windows) stays until the next sweep.
        """
        current = self.current()
        if not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            if path.is_dir() and path.name != current:
                shutil.rmtree(path, ignore_errors=True)

    def _other_engines(self) -> list[str]:
        if not self.folder.parent.is_dir():
            return []
        return sorted(p.parent.name for p in self.folder.parent.glob(f"*/{CURRENT}"))
