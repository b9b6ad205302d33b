"""antiword: the text of Word files from version 2 on."""

from __future__ import annotations

import shutil
from pathlib import Path
from subprocess import CalledProcessError

from indexer.extract.failures import corrupt
from indexer.programs.running import first_line, run
from kb.i18n import _

TIMEOUT = 20.0  # seconds a file


def available() -> bool:
    """Whether it can be used."""
    return shutil.which("antiword") is not None


def version() -> str | None:
    """As `0.37`, None where it is not installed."""
    if not available():
        return None
    # It prints its help, whose second line is "Version: 0.37  (21 Oct 2005)".
    return first_line("sh", "-c", "antiword -h 2>&1 | sed -n 's/.*Version: *\\([^ ]*\\).*/\\1/p'")


def text(path: Path) -> str:
    """The text of a Word file, a paragraph a line, its 8-bit letters as Windows-1252 has them.

    Raises ExtractionFailed (corrupt, timeout), and OSError where antiword is not installed.
    """
    try:
        output = run(["antiword", "-w", "0", "-m", "UTF-8.txt", str(path)], timeout=TIMEOUT)
    except CalledProcessError as error:
        raise corrupt(_("Tệp Word đời cũ")) from error
    return output.decode("utf-8", "replace")
