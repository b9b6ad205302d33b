"""The letters of a page as PDFium gives them, one a character index."""

from __future__ import annotations

import re
import unicodedata
from ctypes import c_int, c_uint, c_void_p

import pypdfium2.raw as raw

from indexer.extract.pdf_pdfium_native import Buffer, native

# No letters: unmapped glyphs, halves of surrogate pairs, noncharacters.
_DOUBTFUL = re.compile("[\x00\x01\x03-\x08\x0e-\x1f\ud800-\udfff\ufffd-\uffff]")
_HYPHENS = str.maketrans("\x02\ufffe", "--")  # PDFium's signs for a hyphen at the end of a line
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_FILLER = "\u2060"

_text_into = native(raw.FPDFText_GetText, c_int, c_void_p, c_int, c_int, c_void_p)
_unicode = native(raw.FPDFText_GetUnicode, c_uint, c_void_p, c_int)


class Doubtful(Exception):
    """The page wants the other reader; the message says why."""


def characters(handle: int, count: int) -> str:
    """The letters, one a character index. Raises Doubtful where some glyph has none."""
    letters = Buffer(2 * count + 2)
    written = _text_into(handle, 0, count, letters.address)
    text = letters.data[: 2 * count].decode("utf-16-le", "surrogatepass")
    if written != count + 1 or len(text) != count:  # it leaves out what has no letter
        text = "".join([chr(_unicode(handle, at)) for at in range(count)])
    text = _PAIR.sub(_one_letter, text.translate(_HYPHENS))
    if _DOUBTFUL.search(text):
        raise Doubtful("glyphs without a letter")
    return text


def _one_letter(pair: re.Match[str]) -> str:
    """A surrogate pair (letters of formulas) as its plain letter and a filler that is cleaned away."""
    letter = pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    return (unicodedata.normalize("NFKC", letter)[:1] or " ") + _FILLER
