"""What a symbol is, and how its parts become one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kb.vietnamese import kinds
from kb.vietnamese.normalise import fold

STATE, LETTER, ASSEMBLY, PARTY, OLD, BARE = "state", "letter", "assembly", "party", "old", "bare"

_ASSEMBLY_ISSUER = re.compile(r"(?:UBTV)?QH\d{1,2}")
_OLD_ISSUER = re.compile(r"CTN|HĐNN\d?|HĐBT|CP|TTg")  # with the number-code/issuer form of before 1997
# Codes with another meaning in the Party or in one old form.
_PARTY_KINDS = {"TT": "thong-tri"}
_OLD_KINDS = {"SL": "sac-lenh"}
# A code run together with its issuer: KHBCĐ for KH-BCĐ.
_RUN_TOGETHER = re.compile(r"(KH|HD|BC|TB|QĐ|CT|TTr|CTr)(?:BCĐ|UBND|HĐND|BCA|CAT|CAH|CAX|CAP)")

# Issuers whose usual spelling has small letters or accents.
_ISSUERS = {
    fold(name): name
    for name in (
        "TTg", "HĐND", "BCĐ", "ĐU", "ĐUCA", "ĐUCATW", "BLĐTBXH", "BGDĐT", "BKHĐT", "HĐTP", "HĐBT",
        "HĐCP", "HĐNN", "BCSĐ", "VPCTN", "LĐTBXH", "GDĐT", "KHĐT", "LĐLĐ",
    )
}  # fmt: skip


@dataclass(frozen=True)
class Symbol:
    """A symbol in its canonical spelling.

    key         "12/KH-CAT-PV05": no blanks, plain hyphens, case and accents of the codes put right,
                without a drafter in brackets. For a bare citation "Quyết định 521"
    fold        the key without accents, in capitals
    number      as written: "09", "522B", "66.22"; "" in an unnumbered draft
    year        where the symbol names it, as normative texts do
    kind_code   "KH"; "CV" for a state letter, which carries none; the kind's name in a bare citation
    issuer      "CAT"; drafter "PV05", also from brackets
    family      state, letter, assembly, party, old, bare
    """

    key: str
    number: str
    year: int | None
    kind_code: str | None
    issuer: str | None
    drafter: str | None
    family: str

    @cached_property
    def fold(self) -> str:
        """The key without accents, in capitals: "12/KH-CAT-PV05", "333/KHBCD"."""
        return fold(self.key).upper()


def kind_id(symbol: Symbol) -> str | None:
    """The id of the document's kind as far as its symbol tells; None for 30/2023/QH15, 982/TTg."""
    code, issuer = symbol.kind_code, symbol.issuer or ""
    if symbol.family == BARE:
        kind = kinds.by_name(code or "")
    elif symbol.family == PARTY and code in _PARTY_KINDS:
        return _PARTY_KINDS[code]
    elif symbol.family == OLD and code is None:
        if issuer in _OLD_KINDS:
            return _OLD_KINDS[issuer]
        together = _RUN_TOGETHER.match(issuer)
        kind = kinds.by_code(together[1] if together else issuer)
    else:
        kind = kinds.by_code(code) if code else None
    return kind.id if kind else None


def state_symbol(number: str, year: str | None, parts: list[str], bracket: str | None) -> Symbol | None:
    """A symbol of state bodies: parts are the segments after the number, "KH", "CAT", "PV05".

    The first is a kind's code, or else the issuer of a letter. A single part needs a year:
    12/2020/TT, 30/2023/QH15. None where the parts make no symbol.
    """
    head, *rest = parts
    prefix = f"{number}/{year}/" if year else f"{number}/"
    years = int(year) if year else None
    if head.startswith("TTLT/"):
        tail = [_issuer(part) for part in (head[5:], *rest)]
        return Symbol(prefix + "TTLT/" + "-".join(tail), number, years, "TTLT", tail[0], None, STATE)
    code = kinds.canonical_code(head)
    if code and rest:
        tail = [_issuer(part) for part in rest]
        family = ASSEMBLY if _ASSEMBLY_ISSUER.fullmatch(tail[0]) else STATE
        key = prefix + "-".join([code, *tail])
        return Symbol(key, number, years, code, tail[0], _drafter(tail, bracket), family)
    tail = [_issuer(part) for part in parts]
    key = prefix + "-".join(tail)
    if year and not rest:
        if _ASSEMBLY_ISSUER.fullmatch(head):
            return Symbol(key, number, years, None, head, None, ASSEMBLY)
        if code:
            return Symbol(prefix + code, number, years, code, None, bracket, STATE)
    if len(head) < 2 or not (rest or bracket) or (rest and rest[0][0].isdigit()):
        return None
    return Symbol(key, number, years, "CV", tail[0], _drafter(tail, bracket), LETTER)


def party_symbol(number: str, code: str, issuers: list[str]) -> Symbol | None:
    """A symbol of the Party, 09-CT/TW, or of old, 51-L/CTN. None where no kind has the code."""
    known = kinds.canonical_code(code)
    if known is None:
        return None
    tail = [_issuer(part) for part in issuers]
    drafter = "-".join(tail[1:]) or None
    family = PARTY
    if _ASSEMBLY_ISSUER.fullmatch(tail[0]):
        family = ASSEMBLY
    elif _OLD_ISSUER.fullmatch(tail[0]):
        family = OLD
    return Symbol(f"{number}-{known}/{'-'.join(tail)}", number, None, known, tail[0], drafter, family)


def old_symbol(number: str, issuer: str) -> Symbol:
    """A number with one abbreviation: 39/CP, 34/LCT, 333/KHBCĐ."""
    issuer = _issuer(issuer)
    return Symbol(f"{number}/{issuer}", number, None, None, issuer, None, OLD)


def bare_symbol(kind: kinds.Kind, number: str, year: str | None) -> Symbol:
    """A citation by kind and number: Quyết định 521, Nghị định 77/2010."""
    key = f"{kind.name} {number}/{year}" if year else f"{kind.name} {number}"
    return Symbol(key, number, int(year) if year else None, kind.name, None, None, BARE)


def is_year(number: str) -> bool:
    """True for a number that is rather a year: the 2022 of "kế hoạch 2022"."""
    return len(number) == 4 and number[:2] in ("19", "20")


def _issuer(part: str) -> str:
    return _ISSUERS.get(fold(part), part)


def _drafter(tail: list[str], bracket: str | None) -> str | None:
    return "-".join([*tail[1:], *([bracket] if bracket else [])]) or None
