"""Reads one file as `kb add` would, and keeps nothing."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from indexer import workers
from indexer.pipeline import OCR_PATIENCE
from indexer.reader import read_whole
from kb.model import Document
from kb.settings import Settings


def read_one(path: Path, settings: Settings) -> Document:
    """The document. In a child with limits: whoever tries a file out may not trust it.

    Raises what extraction raises (ExtractionFailed ...).
    """
    (outcome,) = workers.run(
        partial(read_whole, secrecy_gate=settings.secrecy_gate),
        [os.path.abspath(path)],
        jobs=1,
        timeout=settings.file_timeout * OCR_PATIENCE,
        memory=settings.file_memory * 1024 * 1024,
    )
    if outcome.result is None:
        raise outcome.error or ValueError("neither a document nor an error")
    return outcome.result
