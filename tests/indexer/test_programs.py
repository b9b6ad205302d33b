"""Other people's programs: limits that hold, clean absence, and what they are used for."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document

from indexer.extract import registry
from indexer.programs import antiword, libreoffice, running
from kb.errors import ExtractionFailed

SAMPLES = Path(__file__).parent / "extract" / "samples"

needs_libreoffice = pytest.mark.skipif(
    not libreoffice.available(), reason="LibreOffice is not installed (make install-tools)"
)
needs_antiword = pytest.mark.skipif(
    not antiword.available(), reason="antiword is not installed (make install-tools)"
)


def failure(path: Path) -> ExtractionFailed:
    with pytest.raises(ExtractionFailed) as caught:
        registry.extract(path)
    return caught.value


# ---------------------------------------------------------------- running


def test_what_the_program_prints():
    assert running.run([sys.executable, "-c", "print('có')"], timeout=20).decode().strip() == "có"


def test_a_program_that_fails():
    with pytest.raises(subprocess.CalledProcessError):
        running.run([sys.executable, "-c", "raise SystemExit(3)"], timeout=20)


def test_a_program_that_does_not_end_is_ended_with_all_it_started(tmp_path):
    started = tmp_path / "started"
    child = f"import time; time.sleep(60); {str(started)!r}"
    script = (
        "import subprocess, sys, time, pathlib;"
        f"subprocess.Popen([sys.executable, '-c', {child!r}]);"
        f"pathlib.Path({str(started)!r}).touch(); time.sleep(60)"
    )
    with pytest.raises(ExtractionFailed) as caught:
        running.run([sys.executable, "-c", script], timeout=3)
    assert caught.value.code == "timeout"
    time.sleep(0.2)
    assert started.exists()
    for command in Path("/proc").glob("[0-9]*/cmdline"):  # empty of the dead that are not yet buried
        with contextlib.suppress(OSError):
            assert str(started) not in command.read_text("utf-8", "replace")


@pytest.mark.skipif(not running._apart(), reason="this system lets nobody take the network away")
def test_a_program_has_no_network():
    script = "import socket; print(len(socket.if_nameindex()))"  # nothing but the loopback
    assert running.run([sys.executable, "-c", script], timeout=20).strip() == b"1"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_program_may_not_print_without_end():
    script = "import sys\nwhile True: sys.stdout.write('a' * 1_000_000)"
    with pytest.raises(subprocess.CalledProcessError):
        running.run([sys.executable, "-c", script], timeout=60)


def test_a_program_that_is_not_there_has_no_version():
    assert running.first_line("no-such-program-at-all", "--version") is None


# ---------------------------------------------------------------- LibreOffice


@needs_libreoffice
def test_version_and_conversion(tmp_path):
    assert (libreoffice.version() or "").startswith("LibreOffice")
    made = libreoffice.converted(SAMPLES / "letter.odt", "writer8", "docx", tmp_path)
    assert "Đoạn này đã là Unicode từ đầu." in registry.extract(made).text


@needs_libreoffice
def test_what_is_no_office_file_is_corrupt(tmp_path):
    path = tmp_path / "a.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\0" * 99)
    assert failure(path).code in ("corrupt", "no-text")


def test_without_libreoffice_its_formats_are_refused_with_a_remedy(tmp_path, monkeypatch):
    monkeypatch.setattr(libreoffice, "available", lambda: False)
    path = tmp_path / "a.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\0" * 99)
    refused = failure(path)
    assert refused.code == "unsupported"
    assert "LibreOffice" in refused.remedy


def bent(tmp_path: Path) -> Path:
    """A Word file that tells a wrong place for its pieces of text."""
    content = bytearray((SAMPLES / "letter.doc").read_bytes())
    pieces = content.index(b"\xec\xa5") + 0x1A2
    content[pieces : pieces + 4] = b"\xff\xff\xff\x7f"
    path = tmp_path / "bent.doc"
    path.write_bytes(content)
    return path


@needs_libreoffice
def test_the_bytes_of_a_damaged_file_are_not_taken_for_its_text(tmp_path):
    assert failure(bent(tmp_path)).code == "corrupt"


def test_what_libreoffice_can_save_of_a_damaged_file_is_taken(tmp_path, monkeypatch):
    def converted(path: Path, source: str, suffix: str, folder: Path) -> Path:
        document = Document()
        document.add_paragraph("Kế hoạch công tác năm của đơn vị")
        document.save(str(folder / "bent.docx"))
        return folder / "bent.docx"

    monkeypatch.setattr(libreoffice, "available", lambda: True)
    monkeypatch.setattr(libreoffice, "converted", converted)
    extracted = registry.extract(bent(tmp_path))
    assert (extracted.format, extracted.text) == ("doc", "Kế hoạch công tác năm của đơn vị")


def test_libreoffice_is_asked_only_where_we_fail(tmp_path, monkeypatch):
    asked = []

    def converted(path: Path, source: str, suffix: str, folder: Path) -> Path:
        asked.append(suffix)
        raise ExtractionFailed("timeout", "chậm", "đợi")

    monkeypatch.setattr(libreoffice, "available", lambda: True)
    monkeypatch.setattr(libreoffice, "converted", converted)
    assert registry.extract(SAMPLES / "letter.doc").text
    assert asked == []
    assert failure(bent(tmp_path)).code == "corrupt"  # what we said first
    assert asked == ["docx"]


# ---------------------------------------------------------------- antiword


@needs_antiword
def test_antiword_reads_what_it_knows():
    assert antiword.version()
    text = antiword.text(SAMPLES / "letter.doc")
    assert "Unicode" in text


def test_old_word_files_go_to_antiword(tmp_path, monkeypatch):
    monkeypatch.setattr(antiword, "available", lambda: True)
    monkeypatch.setattr(
        antiword, "text", lambda path: "Mét hai ba bèn n¨m s¸u b¶y t¸m chÝn m­êi\n\nHÕt\n"
    )
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xdb\xa5" + os.urandom(8) + b"\0" * 500)
    extracted = registry.extract(path)
    assert extracted.format == "word-old"
    assert extracted.text == "Một hai ba bốn năm sáu bảy tám chín mười\n\nHết"


def test_without_any_program_old_word_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(antiword, "available", lambda: False)
    monkeypatch.setattr(libreoffice, "available", lambda: False)
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xdb\xa5" + b"\0" * 500)
    assert failure(path).code == "unsupported"
