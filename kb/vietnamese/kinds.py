"""Kinds of documents (tên loại): their names, and their codes in symbols.

The list is data/kinds.toml. A kind's id is an ASCII slug that catalog, index and URLs store.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from kb.vietnamese.normalise import fold, has_accents, match_form

NEWS = "tin-tuc"
OTHER = "khac"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind: `codes` as in symbols (case counts: TT is not TTr), the usual one first."""

    id: str
    name: str
    codes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def _load() -> tuple[Kind, ...]:
    with (Path(__file__).parent / "data" / "kinds.toml").open("rb") as file:
        entries = tomllib.load(file)["kind"]
    return tuple(
        Kind(e["id"], e["name"], tuple(e.get("codes", ())), tuple(e.get("aliases", ())))
        for e in entries
    )


_KINDS = _load()
_BY_ID = {kind.id: kind for kind in _KINDS}
_BY_CODE = {code: kind for kind in _KINDS for code in kind.codes}
_BY_NAME = {fold(name): kind for kind in _KINDS for name in (kind.name, *kind.aliases)}

_BLANKS = re.compile(r"\s+")
# Longest first: "Nghị quyết liên tịch" is no "Nghị quyết". News has no type line.
_HEADINGS = sorted(
    (
        (name.upper(), kind)
        for kind in _KINDS
        if kind.id not in (NEWS, OTHER)
        for name in (kind.name, *kind.aliases)
    ),
    key=lambda heading: -len(heading[0]),
)
_BY_LETTERS = {fold(name).replace(" ", ""): kind for name, kind in _HEADINGS}
# "QUYẾT ĐỊNH:" stands between the grounds and the articles; BÁO CÁO VIÊN and LUẬT SƯ are people.
_NO_HEADING = re.compile(r"\s*:\s*$|\s+(?:VIÊN|SƯ|VIEN|SU)\b")


def all() -> tuple[Kind, ...]:
    """Every kind, in the order of Nghị định 30/2020/NĐ-CP, then the others."""
    return _KINDS


def get(id: str) -> Kind:
    """The kind with this id. Raises KeyError."""
    return _BY_ID[id]


def label(id: str) -> str:
    """The Vietnamese name of the kind; the id itself where there is no such kind."""
    kind = _BY_ID.get(id)
    return kind.name if kind else id


def by_code(code: str) -> Kind | None:
    """The kind with exactly this code: "KH", "TTr"."""
    return _BY_CODE.get(code)


def by_code_folded(code: str) -> tuple[Kind, ...]:
    """The kinds with this code in any case, with or without accents: "hd" is HD and HĐ."""
    wanted = fold(code)
    return tuple(kind for kind in _KINDS if any(fold(known) == wanted for known in kind.codes))


def canonical_code(code: str) -> str | None:
    """The code as Nghị định 30 prints it: "nđ", "ND" -> "NĐ"; None where no kind has it.

    Where folding confuses two codes (HD and HĐ) the one spelt like `code` in capitals wins.
    """
    for spelling in (code, code.upper()):
        if spelling in _BY_CODE:
            return spelling
    wanted = fold(code)
    return next((known for known in _BY_CODE if fold(known) == wanted), None)


def by_name(text: str) -> Kind | None:
    """The kind of this name or alias; case, accents and surrounding blanks do not matter."""
    return _BY_NAME.get(_BLANKS.sub(" ", fold(text)).strip())


def heading(line: str) -> Kind | None:
    """The kind a line announces as the type line of a document, or None.

    The line is the name alone ("Kế hoạch", "K Ế  H O Ạ C H"), or starts with it in capitals
    ("BÁO CÁO SƠ KẾT ..."). Capitals without accents count too.
    """
    words = line.split()
    if len(words) > 2 and max(map(len, words)) == 1:  # letters spaced out
        return _BY_LETTERS.get(fold("".join(words)))
    line = " ".join(words)
    for name, kind in _HEADINGS:
        start, rest = line[: len(name)], line[len(name) :]
        if not rest and _same(start, name):
            return kind
        if rest[:1].isalnum() or not start.isupper() or _NO_HEADING.match(rest):
            continue
        if _same(start, name):
            return kind
    return None


def _same(written: str, name: str) -> bool:
    if has_accents(written):
        return match_form(written) == match_form(name)
    return fold(written) == fold(name)
