"""Scans: share of possible syllables as read and as mended, confidence, fields, seconds a page.

    python benchmarks/scans.py

The raw text is the mended one with the raw readings put back, so both have the same words.
"""

from __future__ import annotations

import sys
import time

from common import data_folder, save, table

from indexer.extract.ocr import available
from indexer.reader import read_whole
from kb.model import Document
from kb.vietnamese.syllables import quality

FIELDS = ("symbol", "kind", "issued_on", "issuer", "subject", "signer")


def raw_text(document: Document) -> str:
    """The text with what Tesseract read where it was mended."""
    text = document.text
    for reading in sorted(document.ocr.readings if document.ocr else (), key=lambda r: -r.start):
        text = text[: reading.start] + reading.raw + text[reading.end :]
    return text


def main() -> None:
    """Read every scan and keep the table."""
    if not available():
        sys.exit("no Tesseract with Vietnamese here (Debian: tesseract-ocr tesseract-ocr-vie)")
    documents = data_folder() / "documents"
    rows = []
    for path in [
        *sorted((documents / "scanned-pdf").glob("*.pdf")),
        documents / "legacy-doc" / "275.pdf",
    ]:
        started = time.perf_counter()
        document = read_whole(str(path))
        taken = time.perf_counter() - started
        shares = [share for _page, share in document.ocr.confidence] if document.ocr else []
        found = [name for name in FIELDS if getattr(document.metadata, name) is not None]
        rows.append(
            [
                path.stem,
                str(len(document.pages)),
                f"{quality(raw_text(document)):.4f}",
                f"{document.text_quality:.4f}",
                str(len(document.ocr.readings) if document.ocr else 0),
                "-".join(sorted({f"{share:.2f}" for share in shares})),
                f"{taken / len(document.pages):.1f}",
                " ".join(found),
            ]
        )
    head = ["file", "pages", "raw", "mended", "words mended", "confidence", "s/page", "fields"]
    save("scans", "Scans read by OCR", "python benchmarks/scans.py", table(head, rows))


if __name__ == "__main__":
    main()
