"""Plain text: encodings, paragraphs, glued headers, pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.encodings import decoded
from indexer.extract.text import TextExtractor
from kb.errors import ExtractionFailed

Texts = Callable[[Any], list[str]]
SENTENCE = "Công an tỉnh Hà Tĩnh tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc."


def read(tmp_path: Path, content: str | bytes) -> Any:
    path = tmp_path / "a.txt"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return TextExtractor().extract(path)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_forms(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, SENTENCE.encode(encoding)).text == SENTENCE


def test_windows_1258(tmp_path: Path) -> None:
    # The code page has â ê ô ơ ư ă đ; tones are marks of their own.
    text = "Công an ti\u0309nh Ha\u0300 Ti\u0303nh"
    assert read(tmp_path, text.encode("cp1258")).text == "Công an tỉnh Hà Tĩnh"


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    assert read(tmp_path, "Ha\u0300 Ti\u0303nh").text == "Hà Tĩnh"


def test_a_few_broken_bytes_do_not_make_it_another_encoding(tmp_path: Path) -> None:
    content = (SENTENCE * 20).encode() + b"\xe1\xba"
    assert SENTENCE in read(tmp_path, content).text


def test_legacy_encodings_are_decoded_and_told(tmp_path: Path) -> None:
    tcvn3 = "Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc"
    extracted = read(tmp_path, tcvn3.encode("cp1252"))
    assert extracted.text == "Cộng hoà xã hội chủ nghĩa Việt Nam,\n\nĐộc lập - Tự do - Hạnh phúc"
    assert extracted.warnings[0].startswith("encoding-repaired: ")


def test_what_is_in_no_known_encoding_is_kept_and_flagged(tmp_path: Path) -> None:
    wreck = "Þ¤ß¶ ðÿ¢ ¥®þ Ð¼õ ¾ßÞ ¡¢£ ¤¥¦ ©ª«"
    extracted = read(tmp_path, wreck.encode("cp1252"))
    assert extracted.text == wreck


@pytest.mark.parametrize(
    "content",
    [bytes(range(256)) * 10, b"\x00\x01\x02\x03" * 500, bytes(100), b"\x7fELF\x02\x01" + bytes(60)],
)
def test_binary_is_corrupt(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ExtractionFailed) as caught:
        read(tmp_path, content)
    assert caught.value.code == "corrupt"


def test_every_long_line_is_a_paragraph(tmp_path: Path) -> None:
    long = (SENTENCE + " ") * 3
    text = read(
        tmp_path, f"Tiêu đề bản tin\r\n{long}\r\n\u00a0\r\n{long}\r\n\r\n\r\nNguyễn Văn A\r\n"
    ).text
    assert text.split("\n\n") == ["Tiêu đề bản tin", long.strip(), long.strip(), "Nguyễn Văn A"]


def test_lines_wrapped_by_a_program_stay_together(tmp_path: Path) -> None:
    wrapped = (
        "Thực hiện Kế hoạch số 188/KH-UBND ngày 29/12/2025 của Ủy ban\nnhân dân tỉnh về Ngày hội.\n"
    )
    text = read(tmp_path, f"{wrapped}1. Mục đích\n{wrapped}\nHết.").text
    assert text.split("\n\n") == [wrapped.strip(), f"1. Mục đích\n{wrapped.strip()}", "Hết."]


def test_a_glued_header(tmp_path: Path, texts: Texts) -> None:
    rows = [
        "ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TỈNH HÀ TĨNH                  Độc lập - Tự do - Hạnh phúc",
        "Số: 12/KH-UBND          Hà Tĩnh, ngày 04 tháng 8 năm 2019",
        "",
        "K Ế  H O Ạ C H",
    ]
    extracted = read(tmp_path, "\n".join(rows))
    assert texts(extracted)[:3] == ["ỦY BAN NHÂN DÂN", "TỈNH HÀ TĨNH", "Số: 12/KH-UBND"]
    assert [line.column for line in extracted.lines] == ["left"] * 3 + ["right"] * 3 + [None]
    assert texts(extracted)[-1] == "KẾ HOẠCH"


def test_form_feeds_part_pages(tmp_path: Path) -> None:
    extracted = read(tmp_path, "Trang một\fTrang hai\f")
    assert [extracted.text[p.start : p.end] for p in extracted.pages] == ["Trang một", "Trang hai"]


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_not(content: bytes) -> None:
    assert decoded(content) is None or isinstance(decoded(content), str)


# Without NUL: "a" and NUL in UTF-8 are the same bytes as "a" in UTF-16, and only that is text.
LETTERS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])


@given(st.text(LETTERS, max_size=100), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_unicode_text_comes_back(text: str, encoding: str) -> None:
    content = text.encode(encoding)
    assert decoded(content) in (text, None, text.removeprefix("\ufeff"))
