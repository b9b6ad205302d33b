"""How well documents could be read, counted."""

from __future__ import annotations

import json
from dataclasses import replace

from click.testing import CliRunner

from kb.access import PUBLIC
from kb.catalog import documents as stored
from kb.cli import kb


def _store(library, *documents) -> None:
    with library.database.begin() as connection:
        for document in documents:
            stored.store(connection, document)


def test_shares_warnings_and_the_worst(library, make_document) -> None:
    good = make_document("Kế hoạch ngày hội", "/a/1.txt", title="Kế hoạch")
    poor = replace(
        make_document("Kõ ho¹ch ngµy héi", "/a/2.txt", title="Hỏng"),
        format="pdf",
        text_quality=0.4,
        warnings=("encoding: Chữ có thể sai.", "Không có mã.", "encoding: lần nữa"),
    )
    hidden = replace(make_document("Mật", "/a/3.txt"), label="private", text_quality=0.1)
    _store(library, good, poor, hidden)
    quality = library.quality(PUBLIC)
    assert [(row.format, row.documents, row.poor) for row in quality.formats] == [
        ("pdf", 1, 1),
        ("txt", 1, 0),
    ]
    assert quality.warnings == (("encoding", 1), ("other", 1))
    assert [(item.title, item.source, item.share) for item in quality.worst] == [
        ("Hỏng", "/a/2.txt", 0.4)
    ]
    assert (quality.scans, quality.confidence) == (0, None)


def test_the_command(library, make_document, monkeypatch) -> None:
    monkeypatch.setenv("KB_HOME", str(library.settings.home))
    empty = CliRunner().invoke(kb, ["status", "--quality"])
    assert empty.exit_code == 0
    poor = replace(make_document("Kõ ho¹ch", "/a/2.txt", title="Hỏng"), text_quality=0.4)
    _store(library, poor)
    told = CliRunner().invoke(kb, ["status", "--quality"]).output
    assert "40" in told
    assert "/a/2.txt" in told
    plain = json.loads(CliRunner().invoke(kb, ["status", "--quality", "--json"]).output)
    assert plain["worst"][0]["source"] == "/a/2.txt"
    assert plain["formats"] == [{"format": "txt", "documents": 1, "share": 0.4, "poor": 1}]
