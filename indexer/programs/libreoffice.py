"""LibreOffice without its windows: turns one office format into another."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from subprocess import CalledProcessError

from indexer.extract.failures import corrupt
from indexer.programs.running import first_line, run
from kb.i18n import _

TIMEOUT = 45.0  # seconds a file; a reading process has 60
_NAMES = ("soffice", "libreoffice")


def program() -> str | None:
    """Where the program is, None where it is not installed."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def available() -> bool:
    """Whether it can be used."""
    return program() is not None


def version() -> str | None:
    """As `LibreOffice 7.4.7.2`, None where it is not installed."""
    found = program()
    line = first_line(found, "--version") if found else None
    return " ".join(line.split()[:2]) if line else None


def converted(path: Path, source: str, suffix: str, folder: Path) -> Path:
    """`path` as a new file in `folder`, in the format of `suffix` ("docx", "xlsx", "pptx").

    `source` is what LibreOffice calls the file's format, as "MS Word 97". It must be told: what cannot
    be opened as one thing is opened as another, and in the end as plain text, whatever the bytes.
    Raises ExtractionFailed (corrupt, timeout), and OSError where LibreOffice is not installed.
    """
    with tempfile.TemporaryDirectory(prefix="tracuu-profile-") as profile:
        # A profile of its own: two LibreOffices with one profile wait for each other.
        command = [
            program() or _NAMES[0],
            "--headless",
            "--norestore",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            f"--infilter={source}",
            "--convert-to",
            suffix,
            "--outdir",
            str(folder),
            str(path),
        ]
        try:
            run(command, timeout=TIMEOUT, env={"HOME": profile})
        except CalledProcessError as error:
            raise corrupt(_("Tệp văn phòng")) from error
    made = folder / f"{path.stem}.{suffix}"
    if not made.is_file():
        raise corrupt(_("Tệp văn phòng"))
    return made
