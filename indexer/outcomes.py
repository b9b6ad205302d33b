"""What comes back from the children, as the pipeline takes it: scans apart, the others in batches."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from indexer import workers
from indexer.archives import Contents, Place
from indexer.extract.failures import NEEDS_OCR
from indexer.reader import has_pictures
from kb.model import Document

COMMIT_EVERY = 50  # files read
COMMIT_SECONDS = 2.0  # or this long since the last commit: what a kill can make us read again


def without_scans(
    outcomes: Iterable[workers.Outcome[Document | Contents]], scans: list[Place]
) -> Iterator[workers.Outcome[Document | Contents]]:
    """The outcomes of places whose pages all have text; the others go into `scans`."""
    for outcome in outcomes:
        pages = isinstance(outcome.result, Document) and has_pictures(outcome.result)
        if pages or (outcome.error is not None and outcome.error.code == NEEDS_OCR):
            scans.append(outcome.item)
        else:
            yield outcome


def timed_batches(
    outcomes: Iterable[workers.Outcome[Document | Contents]],
) -> Iterator[list[workers.Outcome[Document | Contents]]]:
    """Outcomes a batch a transaction: so many, or those of so many seconds."""
    batch: list[workers.Outcome[Document | Contents]] = []
    since = time.monotonic()
    for outcome in outcomes:
        batch.append(outcome)
        if len(batch) >= COMMIT_EVERY or time.monotonic() - since > COMMIT_SECONDS:
            yield batch
            batch, since = [], time.monotonic()
    if batch:
        yield batch
