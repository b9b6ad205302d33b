"""The head of an official document: issuers, number, place and date, kind - and whether it has one.

Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục I. A consolidated text (văn bản hợp nhất) has its own number
and date at the end, under "XÁC THỰC VĂN BẢN HỢP NHẤT" (Pháp lệnh 01/2012/UBTVQH13).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from indexer.extract.landmarks import plain
from indexer.metadata.lines import Role, TextLine, behind_kind
from indexer.metadata.page_title import read_page_title
from indexer.metadata.properties import has_table
from kb.vietnamese.symbols import find_all as find_symbols

_WINDOW = 80  # lines in which the head is looked for; a law site puts menus before it
_APART = 14  # lines between two marks of one head
_ABOVE = 6  # lines of names above the first mark
_TOP = 5  # lines among which a law site's page puts the title of a document
_BLOCK = 5  # lines above and below the words of a consolidation
_CONSOLIDATED = "xac thuc van ban hop nhat"


class Form(Enum):
    """What kind of text a document is by its form."""

    STATE = "văn bản nhà nước"
    PARTY = "văn bản của Đảng"
    OTHER = "không có thể thức"  # portal news, notes


@dataclass(frozen=True, slots=True)
class Head:
    """The lines of the head; what is missing is None or empty."""

    form: Form = Form.OTHER
    issuers: tuple[TextLine, ...] = ()  # names above the number, superior body first
    number: TextLine | None = None
    date: TextLine | None = None
    kind: TextLine | None = None
    consolidated: TextLine | None = None  # "XÁC THỰC VĂN BẢN HỢP NHẤT"
    last: int = -1  # index of its last line but for the kind's


def read_head(lines: Sequence[TextLine]) -> Head:
    """The head of a text by its lines; Form.OTHER where nothing speaks for an official document."""
    marks = _marks(lines)
    kind = _kind_line(lines, marks)
    form = _form(lines, marks, kind)
    if form is Form.OTHER:
        titled = read_page_title(lines[:_TOP])
        if titled is None or not (has_table(lines) or _decides(lines)):
            return Head()
        return Head(Form.STATE, kind=kind, last=titled.line.index)
    last = marks[-1] if marks else -1
    for line in lines:
        if plain(line.text) == _CONSOLIDATED:
            return _consolidated(lines, line, form, kind, last)
    return Head(
        form,
        _issuers(lines, marks, kind),
        _number_line(lines, marks, kind),
        _date_line(lines, marks),
        kind,
        last=last,
    )


def _consolidated(
    lines: Sequence[TextLine], words: TextLine, form: Form, kind: TextLine | None, last: int
) -> Head:
    """The second head that a consolidated text has where the consolidation is certified."""
    block = lines[max(0, words.index - _BLOCK) : words.index + _BLOCK + 1]
    names: list[TextLine] = []
    for line in reversed(block[: block.index(words)]):
        if is_number(line) or len(line.text) == 1:
            continue
        if not _is_name(line):
            break
        names.insert(0, line)
    return Head(
        form,
        tuple(names),
        next((line for line in block if is_number(line)), None),
        next((line for line in block if line.fits(Role.DATE)), None),
        kind,
        words,
        last,
    )


def _decides(lines: Sequence[TextLine]) -> bool:
    """Whether the type line and the grounds of an official document stand there, its head left out."""
    kinds = [line.index for line in lines[:_WINDOW] if line.capitals and line.fits(Role.KIND)]
    return bool(kinds) and any(
        line.text.startswith("Căn cứ ") for line in lines[kinds[0] : kinds[0] + _APART]
    )


_HEAD_ROLES = (Role.NATION, Role.MOTTO, Role.PARTY)


def _marks(lines: Sequence[TextLine]) -> list[int]:
    """Indexes of the lines that only a head has: Quốc hiệu, number, place and date ... of one head."""
    found: list[int] = []
    for line in lines[:_WINDOW]:
        if found and (line.fits(Role.ADDRESSEE) or line.fits(Role.GROUND)):
            break
        if not (any(map(line.fits, _HEAD_ROLES)) or is_number(line) or line.fits(Role.DATE)):
            continue
        if found and line.index - found[-1] > _APART:
            break
        found.append(line.index)
    fixed = [index for index in found if any(map(lines[index].fits, _HEAD_ROLES))]
    numbers = [index for index in found if is_number(lines[index])]
    return found if fixed or numbers else []


def is_number(line: TextLine) -> bool:
    """ "Số: 12/KH-CAT": short, and a symbol or the blank of a draft right after the word."""
    if len(line.text) > 120 or not line.fits(Role.NUMBER):
        return False
    found = find_symbols(line.text)
    before = line.text[: found[0].span.start] if found else line.text.partition("/")[0]
    words = before.lower().replace(":", " ").replace(".", " ").split()
    return bool(words) and words[-1].strip("…_.") in ("số", "") and len(words) <= 4


def _kind_line(lines: Sequence[TextLine], marks: Sequence[int]) -> TextLine | None:
    """The line with the kind's name: behind the marks, or where there are none at the very top.

    The bare name counts more than a line that goes on ("BÁO CÁO SƠ KẾT ..."), which on a law site
    may be the page's own title.
    """
    found: list[TextLine] = []
    for line in lines[marks[0] : marks[-1] + _APART] if marks else lines[:12]:
        behind = bool(marks) and line.index > marks[-1]
        if line.fits(Role.ADDRESSEE) or (behind and line.fits(Role.GROUND)):
            break
        if line.fits(Role.KIND) and (line.capitals or line.centered or line.bold):
            found.append(line)
    bare = [line for line in found if not behind_kind(line.text)]
    return (bare or found)[-1 if marks and bare else 0] if found else None


def _form(lines: Sequence[TextLine], marks: Sequence[int], kind: TextLine | None) -> Form:
    head = [lines[index] for index in marks]
    symbols = [found.symbol for line in head if is_number(line) for found in find_symbols(line.text)]
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
    numbers = [lines[index] for index in marks if index < end and is_number(lines[index])]
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
        start = nations[-1]
        while start > nations[-2] + 1 and (
            _is_name_or_rule(lines[start - 1]) or is_number(lines[start - 1])
        ):
            start -= 1
    titles = (line.index for line in lines[start:last] if line.fits(Role.KIND))
    last = next(titles, last)  # a page's own title in capitals is no name either
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
        and not is_number(line)
    )
