"""Where the parts of an official document stand: head, subject, grounds, body, signature, annex.

Nghị định 30/2020/NĐ-CP, Điều 8: number, date, issuer and kind stand in the head, signature and
recipients at the end, annexes after them. The zones are found by the forms of lines and their order;
whether a text is such a document at all (and not portal news) is decided here too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from indexer.extract.base import Extracted
from indexer.metadata import kind as kind_field
from indexer.metadata.lines import Role, TextLine, text_lines
from indexer.metadata.sections import is_heading
from indexer.metadata.tail import Tail, find_tail
from kb.model import Span
from kb.vietnamese import units
from kb.vietnamese.symbols import find_all as find_symbols

_WINDOW = 80  # lines in which the head is looked for; a law site puts menus before it
_APART = 14  # lines between two marks of one head
_ABOVE = 6  # lines of names above the first mark
_MAX_SUBJECT = 10  # lines
_MAX_ABOUT = 6
_ABOUT = re.compile(r"V/v\b|Về việc\b", re.I)


class Form(Enum):
    """What kind of text a document is by its form."""

    STATE = "văn bản nhà nước"
    PARTY = "văn bản của Đảng"
    OTHER = "không có thể thức"  # portal news, notes


@dataclass(frozen=True, slots=True)
class Zones:
    """The parts of a document; what is missing is None or empty."""

    form: Form
    lines: tuple[TextLine, ...]
    issuers: tuple[TextLine, ...] = ()  # names above the number, superior body first
    number: TextLine | None = None
    date: TextLine | None = None
    kind: TextLine | None = None
    subject: tuple[TextLine, ...] = ()  # on the kind's own line too where it goes on there
    addressees: tuple[TextLine, ...] = ()
    grounds: tuple[TextLine, ...] = ()
    body: Span = field(default_factory=lambda: Span(0, 0))
    tail: Tail = field(default_factory=Tail)

    @property
    def main(self) -> Span:
        """Subject to the end of the body: what the document says itself."""
        first = self.kind or (self.subject[0] if self.subject else None)
        return Span(first.start if first else self.body.start, self.body.end)


def find_zones(extracted: Extracted) -> Zones:
    """The zones of a text."""
    lines = text_lines(extracted)
    text_end = lines[-1].end if lines else 0
    marks = _marks(lines)
    kind = _kind_line(lines, marks)
    form = _form(lines, marks, kind)
    if form is Form.OTHER:
        return Zones(form, tuple(lines), body=Span(0, text_end))
    number = _number_line(lines, marks, kind)
    issuers = _issuers(lines, marks, kind)
    subject = _subject_after(kind, lines, issuers) if kind else _about(lines, marks)
    after = max(
        (line.index for line in (*subject, kind, number, *(lines[i] for i in marks)) if line),
        default=-1,
    )
    addressees = _addressees(lines, after + 1)
    grounds = _grounds(lines, max(after, *(line.index for line in addressees), -1) + 1)
    first = min(after + 1, len(lines) - 1)
    tail = find_tail(lines, first)
    end = tail.start if tail.start is not None else text_end
    return Zones(
        form,
        tuple(lines),
        issuers,
        number,
        _date_line(lines, marks),
        kind,
        subject,
        addressees,
        grounds,
        Span(min(lines[first].start, end), end),
        tail,
    )


# ---------------------------------------------------------------- the head

_HEAD_ROLES = (Role.NATION, Role.MOTTO, Role.PARTY)


def _marks(lines: Sequence[TextLine]) -> list[int]:
    """Indexes of the lines that only a head has: Quốc hiệu, number, place and date ... of one head."""
    found: list[int] = []
    for line in lines[:_WINDOW]:
        if found and (line.fits(Role.ADDRESSEE) or line.fits(Role.GROUND)):
            break
        if not (any(map(line.fits, _HEAD_ROLES)) or _is_number(line) or line.fits(Role.DATE)):
            continue
        if found and line.index - found[-1] > _APART:
            break
        found.append(line.index)
    fixed = [index for index in found if any(map(lines[index].fits, _HEAD_ROLES))]
    numbers = [index for index in found if _is_number(lines[index])]
    return found if fixed or numbers else []


def _is_number(line: TextLine) -> bool:
    """ "Số: 12/KH-CAT": short, and a symbol or the blank of a draft right after the word."""
    if len(line.text) > 120 or not line.fits(Role.NUMBER):
        return False
    found = find_symbols(line.text)
    before = line.text[: found[0].span.start] if found else line.text.partition("/")[0]
    words = before.lower().replace(":", " ").replace(".", " ").split()
    return bool(words) and words[-1].strip("…_.") in ("số", "") and len(words) <= 4


def _kind_line(lines: Sequence[TextLine], marks: Sequence[int]) -> TextLine | None:
    """The line with the kind's name: behind the marks, or where there are none at the very top."""
    for line in lines[marks[0] : marks[-1] + _APART] if marks else lines[:12]:
        if line.fits(Role.ADDRESSEE) or (marks and line.index > marks[-1] and line.fits(Role.GROUND)):
            return None
        if line.fits(Role.KIND) and (line.capitals or line.centered or line.bold):
            return line
    return None


def _form(lines: Sequence[TextLine], marks: Sequence[int], kind: TextLine | None) -> Form:
    head = [lines[index] for index in marks]
    symbols = [found.symbol for line in head if _is_number(line) for found in find_symbols(line.text)]
    if any(line.fits(Role.PARTY) for line in head):
        return Form.PARTY
    if any(symbol.family == "party" for symbol in symbols[:1]):
        return Form.PARTY
    if any(line.fits(Role.NATION) for line in head):
        return Form.STATE
    if head and (kind is not None or symbols):
        return Form.STATE
    if kind is not None and any(
        line.fits(role) for line in lines for role in (Role.RECIPIENTS, Role.DECIDES, Role.AUTHORITY)
    ):
        return Form.STATE
    return Form.OTHER


def _number_line(
    lines: Sequence[TextLine], marks: Sequence[int], kind: TextLine | None
) -> TextLine | None:
    end = kind.index if kind else len(lines)
    numbers = [lines[index] for index in marks if index < end and _is_number(lines[index])]
    return numbers[-1] if numbers else None


def _date_line(lines: Sequence[TextLine], marks: Sequence[int]) -> TextLine | None:
    dates = [lines[index] for index in marks if lines[index].fits(Role.DATE)]
    return dates[-1] if dates else None


def _issuers(
    lines: Sequence[TextLine], marks: Sequence[int], kind: TextLine | None
) -> tuple[TextLine, ...]:
    """The lines in capitals around the marks that are none of the fixed lines, in reading order."""
    if not marks:
        return ()
    first, last = marks[0], kind.index if kind else marks[-1] + 1
    start = first
    while start > max(0, first - _ABOVE) and _is_name_or_rule(lines[start - 1]):
        start -= 1
    # A page heading or a site's own Quốc hiệu may come first: the names stand by the last one.
    nations = [i for i in marks if lines[i].fits(Role.NATION) and i < last]
    if len(nations) > 1:
        start = max(start, nations[-2] + 1)
    names = [line for line in lines[start:last] if _is_name(line) and line.column != "right"]
    left = [line for line in names if line.column == "left"]
    found: list[TextLine] = []
    for line in left or names:
        if not found or line.text != found[-1].text:
            found.append(line)
    return tuple(found)


def _is_name_or_rule(line: TextLine) -> bool:
    return _is_name(line) or line.fits(Role.STAR) or line.fits(Role.RULE)


def _is_name(line: TextLine) -> bool:
    fixed = (Role.NATION, Role.MOTTO, Role.PARTY, Role.SECRET, Role.URGENT, Role.CIRCULATION, Role.KIND)
    words = line.text.split()
    return (
        line.capitals
        and len(words) <= 25
        and len(line.text) > 1
        and not any(map(line.fits, fixed))
        and not _is_number(line)
    )


# ---------------------------------------------------------------- subject, addressees, grounds

_SUBJECT_ENDS = (
    Role.ADDRESSEE, Role.RULE, Role.ATTACHED, Role.DECIDES, Role.DATE, Role.NATION,
    Role.RECIPIENTS,
)  # fmt: skip


def _subject_after(
    kind: TextLine, lines: Sequence[TextLine], issuers: Sequence[TextLine]
) -> tuple[TextLine, ...]:
    """The lines under the kind up to the grounds, a heading or the name of who decides."""
    found: list[TextLine] = [kind] if kind_field.rest(kind) else []
    for line in lines[kind.index + 1 : kind.index + 1 + _MAX_SUBJECT]:
        if any(map(line.fits, _SUBJECT_ENDS)) or is_heading(line.text) or _is_number(line):
            break
        if line.fits(Role.GROUND) and not _styled_like(kind, line, first=not found):
            break
        below_kind = [each for each in found if each is not kind]
        if (
            found
            and line.new_paragraph
            and not (line.centered and below_kind and below_kind[-1].centered)
        ):
            break
        if below_kind and line.capitals and _names_authority(line, below_kind, issuers):
            break
        if len(line.text) > 60 and line.text.endswith((".", ":")) and not line.centered:
            break
        found.append(line)
    return tuple(found)


def _styled_like(kind: TextLine, line: TextLine, *, first: bool) -> bool:
    """Whether a line "Thực hiện ..." is a subject and no ground: centred as the kind is, or without
    layout the first line under it that does not end like a ground."""
    if kind.centered or line.centered:
        return line.centered
    return first and not line.text.startswith("Căn cứ") and not line.text.endswith((",", ";", ":", "."))


def _names_authority(line: TextLine, subject: Sequence[TextLine], issuers: Sequence[TextLine]) -> bool:
    """ "THỦ TƯỚNG CHÍNH PHỦ", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ...": who decides, under the subject."""
    if not all(each.capitals for each in subject) or line.fits(Role.POSITION):
        return True
    if any(line.text == each.text for each in issuers):
        return True
    named = units.find_all(line.text)
    return bool(named) and named[0].start == 0


def _about(lines: Sequence[TextLine], marks: Sequence[int]) -> tuple[TextLine, ...]:
    """The subject of a công văn: "V/v ..." under the number, over several short lines."""
    if not marks:
        return ()
    for line in lines[marks[0] : marks[-1] + _APART]:
        if not _ABOUT.match(line.text):
            continue
        found = [line]
        for following in lines[line.index + 1 : line.index + _MAX_ABOUT]:
            ends = any(map(following.fits, (*_SUBJECT_ENDS, Role.GROUND, Role.MOTTO, Role.NUMBER)))
            if ends or following.column != line.column or following.new_paragraph:
                break
            found.append(following)
        return tuple(found)
    return ()


def _addressees(lines: Sequence[TextLine], start: int) -> tuple[TextLine, ...]:
    """ "Kính gửi:" and the list under it."""
    for line in lines[start : start + 4]:
        if line.fits(Role.ADDRESSEE):
            found = [line]
            for following in lines[line.index + 1 : line.index + 20]:
                listed = following.text.startswith(("-", "–", "+")) or not following.new_paragraph
                if not listed or following.fits(Role.GROUND) or is_heading(following.text):
                    break
                found.append(following)
            return tuple(found)
    return ()


def _grounds(lines: Sequence[TextLine], start: int) -> tuple[TextLine, ...]:
    """The paragraphs "Căn cứ ...", "Thực hiện ..." in front of the body, all their lines."""
    found: list[TextLine] = []
    for line in lines[start : start + 120]:
        if is_heading(line.text) or line.fits(Role.DECIDES):
            break
        starts = line.fits(Role.GROUND)
        previous_ended = bool(found) and found[-1].text.endswith((";", ".", ":", ","))
        if found and not starts and (line.new_paragraph or previous_ended):
            break
        if starts or found:
            found.append(line)
        elif line.index - start > 2:
            break
    return tuple(found)
