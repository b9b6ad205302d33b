"""The title of last resort: what the properties of a file say, its first line, its name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from field_samples import extracted

from indexer.metadata.read import read

TEXT = "Hướng dẫn làm quen với phần mềm\n\nBước một: mở máy."


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        ("Sổ tay phần mềm", "Sổ tay phần mềm"),
        ("So tay phan mem", "So tay phan mem"),
        ("untitled", "Hướng dẫn làm quen với phần mềm"),
        ("Document1", "Hướng dẫn làm quen với phần mềm"),
        ("Microsoft Word - so tay.doc", "Hướng dẫn làm quen với phần mềm"),
        ("so-tay_cuoi.DOC", "Hướng dẫn làm quen với phần mềm"),
        ("QuyÕt ®Þnh", "Hướng dẫn làm quen với phần mềm"),  # TCVN3
        ("", "Hướng dẫn làm quen với phần mềm"),
    ],
)
def test_what_programs_put_there_is_no_title(declared: str, title: str) -> None:
    found = read(replace(extracted(TEXT), title=declared), "so-tay.pdf").metadata.title
    assert found is not None and found.value == title
