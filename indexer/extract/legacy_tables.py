"""The code tables of Vietnamese before Unicode: TCVN3 (ABC), VNI for Windows, VISCII, VPS.

In these encodings a font gives the letters of Windows-1252 the look of Vietnamese ones. A program that
does not know the font shows `Céng hoµ` for Cộng hoà (TCVN3) or `Coäng hoøa` (VNI).

Tables: TCVN3 as in TCVN 5712:1993 (VN3), checked against Unikey and glibc; VNI as in Unikey, with the
further spellings that real files use; VISCII as in RFC 1456; VPS as in Unikey and Encode::VN.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_CP1252 = {
    bytes([code]).decode("cp1252"): chr(code)
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # not assigned
}
# Symbol fonts keep their codes in the private use area.
_PRIVATE = {chr(0xF000 + code): chr(code) for code in range(0x20, 0x100)}
# What readers make of codes whose glyph name, or look, is that of another character.
_LOOK_ALIKE = {"\u03bc": "µ", "\u0110": "Ð"}
_SIGNS = "\u2212\u2219"  # look-alikes that have a meaning of their own


@dataclass(frozen=True, eq=False)  # each is one of a kind, and a key of caches
class LegacyEncoding:
    """One encoding: what its codes, one or two characters as Windows-1252 shows them, mean."""

    name: str
    letters: Mapping[str, str] = field(repr=False)  # codes to one letter
    look_alikes: Mapping[str, str] = field(repr=False)  # what may stand for a code
    capitals_by_font: bool = False  # capitals with a tone share the code of the small letter

    def decode(self, text: str) -> str:
        """`text` with its codes replaced; what is no code stays."""
        return "".join(self.decode_each(text))

    def decode_each(self, text: str) -> list[str]:
        """What each character of `text` becomes: "" for the second of a pair."""
        decoded: list[str] = []
        at = 0
        codes = self._codes_of(text)
        while at < len(text):
            first = codes[at]
            second = codes[at + 1] if at + 1 < len(text) else ""
            pair = self.letters.get(first + second) if second else None
            if pair is not None:
                decoded += (pair, "")
                at += 2
            else:
                decoded.append(self.letters.get(first, text[at]))
                at += 1
        return decoded

    def _codes_of(self, text: str) -> list[str]:
        """The code that each character stands for, as a Latin-1 character; itself if for none."""
        codes = [self.look_alikes.get(character, character) for character in text]
        for at, character in enumerate(text):
            if character in _SIGNS:
                beside = codes[max(at - 1, 0) : at] + codes[at + 1 : at + 2]
                if not any(code.isalpha() or code in self.letters for code in beside):
                    codes[at] = character  # no letter beside it: a minus sign, a bullet
        return codes


def _single(*ranges: tuple[int, str]) -> dict[str, str]:
    """Codes of one character: each range begins at a code and lists the letters from there on."""
    return {chr(first + k): letter for first, letters in ranges for k, letter in enumerate(letters)}


TCVN3 = LegacyEncoding(
    "TCVN3",
    _single(
        (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
        (0xB5, "àảãáạ"),
        (0xBB, "ằẳẵắ"),
        (0xC6, "ặầẩẫấậè"),
        (0xCE, "ẻẽéẹềểễếệìỉ"),
        (0xDC, "ĩíịò"),
        (0xE1, "ỏõóọồổỗốộờởỡớợù"),
        (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
    ),
    # In some PDFs ư (U+00AD, the soft hyphen) comes out as a minus sign and ã as a bullet operator.
    {**_PRIVATE, **_LOOK_ALIKE, "\u2212": "\xad", "\u2219": "\xb7"},
    capitals_by_font=True,
)

_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_CIRCUMFLEX = dict(zip("âáàåãä", ("", *"\u0301\u0300\u0309\u0303\u0323"), strict=True))
_VNI_BREVE = dict(zip("êéèúüë", ("", *"\u0301\u0300\u0309\u0303\u0323"), strict=True))


def _vni() -> dict[str, str]:
    """Vowel and mark; the marks have capitals of their own, but either may follow either vowel."""
    shapes = [("\u0302", _VNI_CIRCUMFLEX, "aeo"), ("\u0306", _VNI_BREVE, "a")]
    letters = dict(zip("ÑñÔôÖö", "ĐđƠơƯư", strict=True))
    letters |= dict(zip("ÆæÎîÒòÓó", "ỈỉỴỵỊịĨĩ", strict=True))
    letters |= {same: same for same in "ÍíÌì"}
    pairs = [(vowel, mark, tone) for vowel in "aeiouyôö" for mark, tone in _VNI_TONES.items()]
    pairs += [
        (v, mark, shape + tone)
        for shape, marks, vs in shapes
        for v in vs
        for mark, tone in marks.items()
    ]
    for vowel, mark, accents in pairs:
        plain = letters.get(vowel, vowel)
        small = unicodedata.normalize("NFC", plain + accents)
        for code, letter in ((vowel, small), (vowel.upper(), small.upper())):
            # The mark in the case of its vowel comes first: it is the usual one.
            letters.setdefault(code + (mark if code == vowel else mark.upper()), letter)
            letters.setdefault(code + (mark.upper() if code == vowel else mark), letter)
    return letters


VNI = LegacyEncoding("VNI", _vni(), _PRIVATE)

VISCII = LegacyEncoding(
    "VISCII",
    _single(
        (0x02, "Ẳ"),
        (0x05, "ẴẪ"),
        (0x14, "Ỷ"),
        (0x19, "Ỹ"),
        (0x1E, "Ỵ"),
        (0x80, "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"),
        (0xA0, "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"),
        (0xC0, "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"),
        (0xE0, "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"),
    ),
    {**_PRIVATE, **_CP1252, **_LOOK_ALIKE},
)

VPS = LegacyEncoding(
    "VPS",
    _single(
        (0x02, "ẠẬẶẸỆ"),
        (0x10, "ỊỌỘỢỤỰ"),
        (0x19, "Ỵ"),
        (0x1C, "ẪỮ"),
        (0x80, "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ"),
        (0x93, "ỀỂỄỐỒỔỖýỷỵỚỜỞ"),
        (0xA1, "ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ"),
        (0xE0, "àáâãảạă"),
        (0xE8, "èéêẽìí"),
        (0xEF, "ĩẴĐòóôõ"),
        (0xF7, "Ơụùúủ"),
        (0xFD, "ỶẼỳ"),
    ),
    {**_PRIVATE, **_CP1252, **_LOOK_ALIKE},
)

ENCODINGS: tuple[LegacyEncoding, ...] = (TCVN3, VNI, VISCII, VPS)
