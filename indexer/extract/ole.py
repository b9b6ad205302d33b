"""Streams of OLE files (.doc, .xls, .ppt), which are file systems in a file, through olefile."""

from __future__ import annotations

from olefile import OleFileIO

from indexer.extract.failures import too_big
from kb.i18n import _

_MOST_STREAM = 200_000_000  # bytes


def stream(ole: OleFileIO, name: str) -> bytes:
    """The content of a stream. Raises OSError if it is not there or torn, ExtractionFailed (too-big).

    olefile follows no chain of sectors in a circle; the readers of the formats themselves may.
    """
    if ole.get_size(name) > _MOST_STREAM:
        raise too_big(_("hơn %d MB") % (_MOST_STREAM // 1_000_000))
    with ole.openstream(name) as opened:
        return bytes(opened.read())
