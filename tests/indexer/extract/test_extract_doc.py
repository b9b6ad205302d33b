"""Word 97-2003: what LibreOffice wrote of a letter of ours (samples/), whole, torn and bent."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest
from legacy_samples import TEXT, encoded
from ole_writer import write_ole

from indexer.extract import registry
from indexer.extract.doc import DocExtractor
from indexer.extract.legacy_tables import TCVN3
from indexer.programs import libreoffice
from kb.errors import ExtractionFailed

SAMPLES = Path(__file__).parent / "samples"
LETTER = SAMPLES / "letter.doc"
MUTANTS = 300


@pytest.fixture(autouse=True)
def without_libreoffice(monkeypatch):
    """Our own reader is tested here."""
    monkeypatch.setattr(libreoffice, "available", lambda: False)


@pytest.mark.parametrize("name", ["letter.doc", "letter.rtf", "letter.odt"])
def test_a_letter_in_three_fonts(name):
    extracted = registry.extract(SAMPLES / name)
    assert extracted.format == name[-3:]
    assert extracted.text == (
        f"uỷ ban nhân dân tỉnh\n\nSố: 15/KH-UBND\n\n{TEXT}\n\n"
        "Phần do bộ phận khác soạn thảo, dùng bảng mã khác.\n\nĐoạn này đã là Unicode từ đầu.\n\n"
        "Họ và tên | Chức vụ\n\nNguyễn Văn A | Chuyên viên\n\nPhụ lục ở trang sau"
    )
    assert extracted.as_printed().text.startswith("UỶ BAN NHÂN DÂN TỈNH\n\nSố")
    assert (extracted.lines[0].bold, extracted.lines[0].centered) == (True, True)
    assert not any(line.bold or line.centered for line in extracted.lines[1:])
    assert extracted.text[extracted.pages[1].start :] == "Phụ lục ở trang sau"
    assert any("TCVN3, VNI" in warning for warning in extracted.warnings)


def test_content_decides_not_the_name(tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(LETTER.read_bytes())
    assert registry.extract(path).format == "doc"


@pytest.mark.parametrize("size", [512, 1024, 2048, 4096, 8192, 12_000])
def test_a_torn_file_is_refused_or_read_in_part(tmp_path, size):
    path = tmp_path / "torn.doc"
    path.write_bytes(LETTER.read_bytes()[:size])
    with pytest.raises(ExtractionFailed) as caught:
        registry.extract(path)
    assert caught.value.code in ("corrupt", "no-text")


def test_a_password_is_told(tmp_path):
    content = bytearray(LETTER.read_bytes())
    at = content.index(b"\xec\xa5")  # the mark of the FIB
    content[at + 0x0B] |= 0x01
    path = tmp_path / "secret.doc"
    path.write_bytes(content)
    with pytest.raises(ExtractionFailed) as caught:
        registry.extract(path)
    assert caught.value.code == "encrypted"


def word_6(path: Path, text: str) -> Path:
    """A file of Word 6: text in one piece, all 8-bit, no table stream."""
    content = text.encode("latin-1")
    start = 0x300
    header = bytearray(start)
    struct.pack_into("<HH", header, 0, 0xA5DC, 101)
    struct.pack_into("<II", header, 0x18, start, start + len(content))
    struct.pack_into("<I", header, 0x34, len(content))
    return write_ole(path, {"WordDocument": bytes(header) + content.ljust(4096, b"\0")})


def test_word_6_as_plain_paragraphs_by_what_the_words_say(tmp_path):
    text = encoded(f"{TEXT}\rHọ tên\x07Chức vụ\x07\x07Hết\r", TCVN3)
    extracted = registry.extract(word_6(tmp_path / "old.doc", text))
    assert extracted.text == f"{TEXT}\n\nHọ tên\n\nChức vụ\n\nHết"


def test_mutants_raise_nothing_but_what_is_said(tmp_path):
    whole = LETTER.read_bytes()
    chance = random.Random(4)
    path = tmp_path / "mutant.doc"
    for _number in range(MUTANTS):
        content = bytearray(whole)
        for _flip in range(chance.randint(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
        try:
            DocExtractor().extract(path)
        except ExtractionFailed:
            continue
