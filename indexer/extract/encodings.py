"""Bytes to text: Unicode first, Windows-1258 where it makes sense, else one letter a byte."""

from __future__ import annotations

import codecs
import re

from kb.vietnamese.normalise import clean, has_accents
from kb.vietnamese.syllables import quality

LONGEST_RUN = 10_000  # characters without a blank; of longer ones (bytes, no words) the head is kept
_ENDLESS = re.compile(rf"(\S{{{LONGEST_RUN}}})\S+")
_SAMPLE = 200_000  # bytes looked at
_MOST_CONTROLS = 0.003  # share of control characters from which on bytes are no text
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27}) + b"\x7f"
_PLAUSIBLE = 0.85  # quality from which on a guess of Windows-1258 is believed
_TAG = re.compile(r"<[^<>]*>")
_UNASSIGNED = {0xDC00 + code: chr(code) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ALIKE = {"windows-1252": "cp1252", "iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "utf-8"}


def decoded(content: bytes, declared: str | None = None) -> str | None:
    """`content` as text, None if it is binary. `declared` is the charset a web page names.

    Legacy Vietnamese encodings come out a letter a byte, as Windows-1252 shows them: see `legacy`.
    """
    for mark, unicode_form in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(unicode_form, "replace")
    sample = content[:_SAMPLE]
    if b"\x00" in sample:
        wide = _utf16(sample)
        return content.decode(wide, "replace") if wide else None
    if _share_of_controls(sample) > _MOST_CONTROLS:
        return None
    guesses = [_utf8(content)]
    for encoding in (_known(declared), "cp1258"):
        if guesses[-1] is None and encoding is not None and encoding not in ("utf-8", "cp1252"):
            guesses.append(_plausible(content, encoding))
    if guesses[-1] is not None:
        return guesses[-1]
    return narrow(content)


def bearable(text: str) -> str:
    """`text` without what is too long in a run that no blank ends: patterns take the square of it."""
    return _ENDLESS.sub(r"\1", text)


def narrow(content: bytes) -> str:
    """8-bit text as Windows-1252 has it; codes it does not assign stay as they are (Latin-1)."""
    return content.decode("cp1252", "surrogateescape").translate(_UNASSIGNED)


def _utf16(sample: bytes) -> str | None:
    """Text in Latin letters has a zero in every second byte nearly always, in the others never."""
    if len(sample) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.2 * half and even < 0.05 * odd:
        encoding = "utf-16-le"
    elif even > 0.2 * half and odd < 0.05 * even:
        encoding = "utf-16-be"
    else:
        return None
    narrow = sample.decode(encoding, "replace").encode("utf-8", "replace")
    return encoding if _share_of_controls(narrow) <= _MOST_CONTROLS else None


def _share_of_controls(sample: bytes) -> float:
    return 1 - len(sample.translate(None, _CONTROLS)) / max(len(sample), 1)


def _utf8(content: bytes) -> str | None:
    """UTF-8, also with a few broken letters (a file cut off, a bad paste)."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    letters = sum(1 for c in text[:_SAMPLE] if ord(c) > 127)
    return text if text[:_SAMPLE].count("\ufffd") < 0.02 * letters else None


def _plausible(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    sample = clean(_TAG.sub(" ", text[:_SAMPLE]))
    return text if has_accents(sample) and quality(sample) >= _PLAUSIBLE else None


def _known(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared.strip().lower()).name if declared else None
    except LookupError:
        return None
    return _ALIKE.get(name, name) if name else None
