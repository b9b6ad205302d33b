"""Build the sample documents: corpus/texts/*.toml -> corpus/documents/* and corpus/gold.json.

    python corpus/build.py            write them
    python corpus/build.py --check    exit 1 if what is checked in is not up to date

The output is the same at every run. A font or library of another version may pack the same
document into other bytes, so `--check` compares what a reader gets: the text of a PDF, the
members of a DOCX, the bytes of HTML and text files.
"""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from layout_docx import build_docx
from layout_html import build_html
from layout_pdf import build_pdf, font_folder
from layout_txt import build_txt
from pdfminer.high_level import extract_text
from samples import Sample, SampleError, read_samples

HERE = Path(__file__).parent
TEXTS, DOCUMENTS, GOLD = HERE / "texts", HERE / "documents", HERE / "gold.json"

LAYOUTS: dict[str, Callable[[Sample], bytes]] = {
    "pdf": build_pdf,
    "docx": build_docx,
    "html": build_html,
    "txt": build_txt,
}


def gold_text(samples: list[Sample]) -> str:
    """gold.json: what a careful person reads from every file, keyed by file name."""
    gold = {sample.file_name: sample.gold for sample in samples}
    return json.dumps(gold, ensure_ascii=False, indent=1, default=str) + "\n"


def write(samples: list[Sample]) -> list[str]:
    """Write all documents and gold.json; remove documents whose text is gone.

    Gives the names of the PDFs left as they were because their font is not installed. Raises
    FontMissing for one that is not there yet.
    """
    DOCUMENTS.mkdir(exist_ok=True)
    for path in DOCUMENTS.iterdir():
        if path.name not in {sample.file_name for sample in samples}:
            path.unlink()
    left = []
    for sample in samples:
        target = DOCUMENTS / sample.file_name
        if sample.format == "pdf" and font_folder() is None and target.is_file():
            left.append(sample.file_name)
            continue
        built = LAYOUTS[sample.format](sample)
        if not target.is_file() or target.read_bytes() != built:
            target.write_bytes(built)
    GOLD.write_text(gold_text(samples), encoding="utf-8")
    return left


def outdated(samples: list[Sample]) -> list[str]:
    """Names of checked-in files that differ from what the texts give now.

    PDFs are left out where the fonts are not installed.
    """
    names = []
    for sample in samples:
        path = DOCUMENTS / sample.file_name
        if sample.format == "pdf" and font_folder() is None:
            continue
        if not path.is_file() or not same_document(path.read_bytes(), LAYOUTS[sample.format](sample)):
            names.append(sample.file_name)
    known = {sample.file_name for sample in samples}
    names += [path.name for path in sorted(DOCUMENTS.iterdir()) if path.name not in known]
    if not GOLD.is_file() or GOLD.read_text(encoding="utf-8") != gold_text(samples):
        names.append(GOLD.name)
    return names


def same_document(left: bytes, right: bytes) -> bool:
    """Whether two files say the same to a reader, however their bytes are packed."""
    return left == right or _content(left) == _content(right)


def _content(data: bytes) -> object:
    if data.startswith(b"%PDF"):
        return extract_text(BytesIO(data)).split()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return data


def main() -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Build the sample documents of corpus/.")
    parser.add_argument("--check", action="store_true", help="only verify the checked-in output")
    options = parser.parse_args()
    try:
        samples = read_samples(TEXTS)
    except SampleError as error:
        print(error, file=sys.stderr)
        return 2
    if not options.check:
        left = write(samples)
        print(f"{len(samples) - len(left)} documents written to {DOCUMENTS}")
        if left:
            print(f"Noto Serif is not installed: {len(left)} PDFs left as they are", file=sys.stderr)
        return 0
    if font_folder() is None:
        print("Noto Serif is not installed: PDFs were not compared", file=sys.stderr)
    names = outdated(samples)
    for name in names:
        print(f"not up to date: {name} (run python corpus/build.py)", file=sys.stderr)
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
