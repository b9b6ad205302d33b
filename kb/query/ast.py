"""What the user wrote, as a tree. It knows nothing of tokens, fields of the index or engines.

`str(node)` prints a canonical form, so that a parser test is a table of string -> string.
Offsets are characters of the NFC form of the query string (`Parsed.text`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kb.model import Span


@dataclass(frozen=True, slots=True)
class Word:
    """A word or several glued signs ("12/KH-CAT-PV05"); `prefix` for a trailing star."""

    text: str
    span: Span
    prefix: bool = False

    def __str__(self) -> str:
        return self.text + ("*" if self.prefix else "")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in quotes: side by side, in this order."""

    text: str
    span: Span

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Fielded:
    """A restriction of one field: `name` is canonical (title, kind, unit, topic, symbol)."""

    name: str
    text: str
    span: Span
    quoted: bool = False

    def __str__(self) -> str:
        return f'{self.name}:"{self.text}"'


@dataclass(frozen=True, slots=True)
class Dates:
    """Only documents dated (or covering a time) between the two days, ends included; None is open."""

    start: date | None
    end: date | None
    span: Span

    def __str__(self) -> str:
        return f"date:{self.start or ''}..{self.end or ''}"


@dataclass(frozen=True, slots=True)
class Not:
    """Documents without the child."""

    child: Node
    span: Span

    def __str__(self) -> str:
        child = str(self.child)
        # "S -300" is a name, and two signs are one minus.
        return f"-({child})" if child[0].isdigit() or child[0] == "-" else f"-{child}"


@dataclass(frozen=True, slots=True)
class Or:
    """Documents with any of the children (OR, HOẶC)."""

    children: tuple[Node, ...]
    span: Span

    def __str__(self) -> str:
        return "(" + " OR ".join(map(str, self.children)) + ")"


@dataclass(frozen=True, slots=True)
class Group:
    """Things written side by side. Of its words most must match; all else is required."""

    children: tuple[Node, ...]
    span: Span

    def __str__(self) -> str:
        return "(" + " ".join(map(str, self.children)) + ")"


Node = Word | Phrase | Fielded | Dates | Not | Or | Group


@dataclass(frozen=True, slots=True)
class Repair:
    """Something odd in the query that was put right, and told to the user.

    `code` is stable (unclosed-quote, stray-parenthesis, lonely-minus, unknown-field, bad-date,
    too-long, too-many-terms, too-deep, short-prefix ...); `message` is for a person, Vietnamese.
    """

    code: str
    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed query. `node` is None where nothing is left to search for."""

    text: str  # NFC
    node: Node | None
    repairs: tuple[Repair, ...] = ()
