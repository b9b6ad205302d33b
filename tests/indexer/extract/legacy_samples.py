"""Texts of our own in the encodings of before Unicode, made with the reader's tables turned round."""

from __future__ import annotations

import unicodedata

from indexer.extract.legacy_tables import LegacyEncoding

# All 134 letters with a mark, capitals last.
SMALL = "".join(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    if vowel not in "aeiouy" or tone
)
LETTERS = SMALL + "đ" + SMALL.upper() + "Đ"

TEXT = (
    "Uỷ ban nhân dân tỉnh đề nghị các sở, ngành triển khai kế hoạch này và báo cáo kết quả trước ngày "
    "cuối quý. Thủ trưởng đơn vị chịu trách nhiệm kiểm tra, đôn đốc việc thực hiện; kịp thời phản ánh "
    "những khó khăn, vướng mắc về cơ quan thường trực để được hướng dẫn, giải quyết."
)


def encoded(text: str, encoding: LegacyEncoding) -> str:
    """`text` in an encoding, its codes as Latin-1 characters. KeyError for a letter without a code.

    Capitals that TCVN3 leaves to the font take the code of the small letter.
    """
    codes: dict[str, str] = {}
    for code, letter in encoding.letters.items():
        codes.setdefault(letter, code)
    if encoding.capitals_by_font:
        codes = {**{letter.upper(): code for letter, code in codes.items()}, **codes}
    return "".join(c if c.isascii() else codes[c] for c in unicodedata.normalize("NFC", text))


def shown(codes: str) -> str:
    """The same as a program shows it that takes the bytes for Windows-1252."""
    return codes.encode("latin-1").decode("cp1252", "replace") if "\ufffd" not in codes else codes
