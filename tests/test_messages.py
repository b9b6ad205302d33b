"""The English texts of the command line: complete, with the same placeholders, compiled, and shown."""

from __future__ import annotations

import ast
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo

from kb.errors import IndexCorrupt, PortInUse

ROOT = Path(__file__).parent.parent

sys.path.insert(0, str(ROOT / "docs"))
import make_messages  # noqa: E402

RUN = "run: make messages"
VIETNAMESE = re.compile(r"[À-ỹ]")


def english() -> list[Message]:
    return [message for message in make_messages.KB.kept() if message.id]


def extracted() -> set[str]:
    return {str(message.id) for message in make_messages.KB.found() if message.id}


def marked() -> Iterator[tuple[str, str | None]]:
    """Where the sources give `_` or `N_` a text, and the text; None where it is no plain text."""
    for path in [
        *ROOT.glob("kb/**/*.py"),
        *ROOT.glob("indexer/**/*.py"),
        *ROOT.glob("web/command*.py"),
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                given = node.args[0]
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                if node.func.id in ("_", "N_") and isinstance(given, ast.Constant):
                    yield place, str(given.value)
                elif node.func.id == "N_" or (node.func.id == "_" and isinstance(given, ast.JoinedStr)):
                    yield place, None


def placeholders(text: str) -> list[tuple[str, str, str]]:
    parsed = Formatter().parse(text)
    return sorted(
        (name, spec or "", kind or "") for _text, name, spec, kind in parsed if name is not None
    )


def test_extraction_finds_every_marked_text():
    # Babel does not look inside f-strings, and cannot know what a variable holds.
    found = extracted()
    assert [place for place, text in marked() if text not in found] == []


def test_every_text_is_translated():
    catalog = english()
    assert extracted() - {str(message.id) for message in catalog} == set(), RUN
    assert {str(message.id) for message in catalog} - extracted() == set(), RUN
    assert [message.id for message in catalog if message.fuzzy or not message.string] == []
    assert make_messages.untranslated(make_messages.KB.kept()) == []


def test_english_has_no_vietnamese_letters():
    assert [m.string for m in english() if VIETNAMESE.search(str(m.string))] == []


def test_placeholders_survive_translation():
    catalog = make_messages.KB.kept()
    for message in english():
        assert list(message.check(catalog)) == [], message.id  # %s and %d
        assert placeholders(str(message.id)) == placeholders(str(message.string)), message.id


def test_blocks_of_help_survive_translation():
    for message in english():
        assert str(message.id).count("\b\n") == str(message.string).count("\b\n"), message.id


@pytest.mark.parametrize("messages", [make_messages.KB, make_messages.WEB], ids=["kb", "web"])
def test_compiled_catalog_is_up_to_date(messages):
    def translations(mo: bytes) -> list[tuple[object, object]]:
        return [(message.id, message.string) for message in read_mo(io.BytesIO(mo)) if message.id]

    compiled = make_messages.compiled(messages.kept())
    assert translations(messages.mo.read_bytes()) == translations(compiled), RUN


@pytest.mark.parametrize("messages", [make_messages.KB, make_messages.WEB], ids=["kb", "web"])
def test_making_the_catalogs_changes_nothing(messages):
    def without_head(po: bytes) -> bytes:
        return po.split(b"\n\n", 1)[1]  # the head names Babel's version

    written = messages.po.read_bytes()
    assert without_head(make_messages.text(messages.updated())) == without_head(written), RUN
    assert b"#:" not in written


def kb(tmp_path: Path, language: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "KB_LANG": language, "KB_HOME": str(tmp_path / "home"), "KB_JOBS": "1"}
    return subprocess.run(
        [sys.executable, "-m", "kb", *arguments],
        env=env,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


@pytest.mark.parametrize("language", ["en", "en_GB.UTF-8"])
def test_english_help(tmp_path, language):
    done = kb(tmp_path, language, "--help")
    assert done.returncode == 0
    assert "Search administrative documents" in done.stdout
    assert not VIETNAMESE.search(done.stdout)
    assert "\n    kb serve " in done.stdout  # the examples keep their lines


def test_english_error_and_remedy(tmp_path):
    done = kb(tmp_path, "en", "search", "x")
    assert done.returncode != 0
    assert "Error: There is no data in" in done.stderr
    assert "→ Add documents first: kb add FOLDER" in done.stderr
    assert not VIETNAMESE.search(done.stderr)


def test_english_status_of_what_was_refused(tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    added = kb(tmp_path, "en", "add", "files")
    state = kb(tmp_path, "en", "status")
    assert "Unreadable files: 1" in state.stdout
    assert not VIETNAMESE.search(added.stdout + added.stderr + state.stdout + state.stderr)


@pytest.mark.parametrize("language", ["xx", "", "vi"])
def test_other_languages_are_vietnamese(tmp_path, language):
    assert "Lỗi: Chưa có dữ liệu nào" in kb(tmp_path, language, "search", "x").stderr


def test_default_remedies_speak_english(monkeypatch):
    monkeypatch.setenv("KB_LANG", "en")
    assert IndexCorrupt("x").remedy == "Run: kb reindex --full"
    assert PortInUse("x", "").remedy == ""
