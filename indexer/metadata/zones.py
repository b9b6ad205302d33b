"""Where the parts of an official document stand: head, subject, grounds, body, signature, annex.

Nghị định 30/2020/NĐ-CP, Điều 8: number, date, issuer and kind stand in the head, signature and
recipients at the end, annexes after them. The zones are found by the forms of lines and their order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.extract.base import Extracted
from indexer.metadata.head import Form, Head, is_number, read_head
from indexer.metadata.lines import Role, TextLine, behind_kind, text_lines
from indexer.metadata.sections import is_heading
from indexer.metadata.tail import Tail, find_tail
from kb.model import Span
from kb.vietnamese import units

_APART = 14  # lines from the head to "V/v ..."
_MAX_SUBJECT = 10  # lines
_MAX_ABOUT = 6
_ABOUT = re.compile(r"V/v\b|Về việc\b", re.I)


@dataclass(frozen=True, slots=True)
class Zones:
    """The parts of a document; what is missing is None or empty."""

    lines: tuple[TextLine, ...]
    head: Head = field(default_factory=Head)
    subject: tuple[TextLine, ...] = ()  # on the kind's own line too where it goes on there
    addressees: tuple[TextLine, ...] = ()
    grounds: tuple[TextLine, ...] = ()
    body: Span = field(default_factory=lambda: Span(0, 0))
    tail: Tail = field(default_factory=Tail)

    @property
    def main(self) -> Span:
        """Subject to the end of the body: what the document says itself."""
        first = self.head.kind or (self.subject[0] if self.subject else None)
        return Span(first.start if first else self.body.start, self.body.end)


def find_zones(extracted: Extracted) -> Zones:
    """The zones of a text. One without the form of an official document is all body."""
    lines = tuple(text_lines(extracted))
    text_end = lines[-1].end if lines else 0
    head = read_head(lines)
    if head.form is Form.OTHER:
        return Zones(lines, body=Span(0, text_end))
    subject = _subject_after(head.kind, lines, head.issuers) if head.kind else _about(lines, head.last)
    above = [head.last, head.kind.index if head.kind else -1, *(line.index for line in subject)]
    addressees = _addressees(lines, max(above) + 1)
    grounds = _grounds(lines, max([*above, *(line.index for line in addressees)]) + 1)
    first = min(max(above) + 1, len(lines) - 1)
    tail = find_tail(lines, first)
    end = tail.start if tail.start is not None else text_end
    body = Span(min(lines[first].start, end), end)
    return Zones(lines, head, subject, addressees, grounds, body, tail)


_SUBJECT_ENDS = (
    Role.ADDRESSEE, Role.RULE, Role.ATTACHED, Role.DECIDES, Role.DATE, Role.NATION,
    Role.RECIPIENTS,
)  # fmt: skip


def _subject_after(
    kind: TextLine, lines: Sequence[TextLine], issuers: Sequence[TextLine]
) -> tuple[TextLine, ...]:
    """The lines under the kind up to the grounds, a heading or the name of who decides."""
    found: list[TextLine] = [kind] if behind_kind(kind.text) else []
    for line in lines[kind.index + 1 : kind.index + 1 + _MAX_SUBJECT]:
        if any(map(line.fits, _SUBJECT_ENDS)) or is_heading(line.text) or is_number(line):
            break
        if line.fits(Role.GROUND) and not _styled_like(kind, line, first=not found):
            break
        below_kind = [each for each in found if each is not kind]
        if found and line.new_paragraph and not (below_kind and _goes_on(below_kind[-1], line)):
            break
        if below_kind and line.capitals and _names_authority(line, below_kind, issuers):
            break
        if len(line.text) > 60 and line.text.endswith((".", ":")) and not line.centered:
            break
        found.append(line)
    return tuple(found)


def _goes_on(before: TextLine, line: TextLine) -> bool:
    """Whether a subject whose lines are paragraphs of their own goes on: in the same style, and not
    after the end of a sentence."""
    if before.centered and line.centered:
        return True
    return before.bold and line.bold and not before.text.endswith((".", ";", ":"))


def _styled_like(kind: TextLine, line: TextLine, *, first: bool) -> bool:
    """Whether a line "Thực hiện ..." is a subject and no ground: centred as the kind is, or without
    layout the first line under it that does not end like a ground."""
    if line.text.startswith("Căn cứ") and line.text.endswith((";", ",")):
        return False
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


def _about(lines: Sequence[TextLine], last: int) -> tuple[TextLine, ...]:
    """The subject of a công văn: "V/v ..." under the number, over several short lines.

    `last` is the index of the head's last line.
    """
    for line in lines[: last + _APART]:
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
