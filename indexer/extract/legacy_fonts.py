"""What a font's name says about the encoding of the text set in it.

Each encoding came with fonts of its own, and their names follow the vendor's rule: `.VnTime` (ABC
fonts, TCVN3; a final H draws small letters as capitals), `VNI-Times`, `VPS Times`, `VI Times`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.extract.legacy_tables import TCVN3, VISCII, VNI, VPS, LegacyEncoding

# A PDF names the part of a font it holds "ABCDEF+Name".
_SUBSET = re.compile(r"^[A-Z]{6}\+")
# The ABC fonts; PDF and RTF writers drop the dot, and then only a known name is a sign: there are
# Unicode fonts, and fonts of further encodings, whose names begin with VN as well.
_ABC_FAMILIES = (
    "3d|arabia|arial|aristote|avant|bahamas|black|blackletter|bodoni|book|calisto|centur|clarendon"
    "|commercial|cooper|courier|exotic|fixed|free|garamond|gothic|helvet|koala|linus|lincoln|lucida"
    "|memorandum|monotype|mystical|ogilvy|park|present|revue|shelley|southern|souvenir|stamp"
    "|swiss|teknical|tekon|tifani|time|univer|vogue"
)
_RULES = (
    (re.compile(r"\.vn", re.I), TCVN3),
    (re.compile(rf"vn(?:{_ABC_FAMILIES})(?![a-z]* new roman)", re.I), TCVN3),
    (re.compile(r"tcvn", re.I), TCVN3),
    (re.compile(r"vni", re.I), VNI),
    (re.compile(r"vps", re.I), VPS),
    (re.compile(r"viscii|vi[ -](?=[a-z])", re.I), VISCII),
    (re.compile(r"heo ?may|hoang ?yen|minh ?quan|phuong ?thao|tha ?huong|u ?hoai", re.I), VISCII),
)
_CAPITALS = re.compile(r"h(?:[ ,\-]?(?:bold|italic|regular|oblique|roman|mt|tur|ce|\d))*$", re.I)


@dataclass(frozen=True)
class FontSign:
    """The encoding a name stands for, and whether the font draws capitals for small letters."""

    encoding: LegacyEncoding
    capitals: bool = False


@lru_cache(maxsize=4_096)
def family(font: str | None) -> str | None:
    """The name without the mark of a PDF's subset; None for no name."""
    return _SUBSET.sub("", font.strip().strip("'\"")) or None if font else None


@lru_cache(maxsize=4_096)
def sign_of(font: str | None) -> FontSign | None:
    """What `font` says; None for a name that says nothing, as Times New Roman, or no name."""
    name = family(font)
    if name is None:
        return None
    for rule, encoding in _RULES:
        if rule.match(name):
            capitals = encoding.capitals_by_font and _CAPITALS.search(name) is not None
            return FontSign(encoding, capitals)
    return None
