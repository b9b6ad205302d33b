"""What a document lists: addressees, legal bases, recipients (Nghị định 30/2020/NĐ-CP, Điều 8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.metadata.lines import Role, TextLine
from kb.model import Span, Value

_LABEL = re.compile(r"(?:Kính\s+(?:gửi|trình)|Nơi\s+nhận|NƠI\s+NHẬN)\s*:?\s*")
_BULLET = re.compile(r"[-–+*•]\s*")
_ENDS = " ;.,/:"
_MOST = 60  # entries of one list


def read_addressees(lines: Sequence[TextLine]) -> tuple[Value[str], ...]:
    """Who the document is addressed to ("Kính gửi: ..."), one value each."""
    return tuple(_entry(group, 0.9, "addressed") for group in _entries(lines) if _words(group))[:_MOST]


def read_recipients(lines: Sequence[TextLine]) -> tuple[tuple[Value[str], ...], Value[str] | None]:
    """Who receives a copy ("Nơi nhận"), and the line that says where it is filed ("Lưu: VT, ...")."""
    listed = [group for group in _entries(lines) if _words(group)]
    archive = next((group for group in listed if group[0].fits(Role.ARCHIVE)), None)
    received = [group for group in listed if group is not archive]
    filed = _entry(archive, 0.9, "filed") if archive else None
    return tuple(_entry(group, 0.9, "recipients") for group in received)[:_MOST], filed


def read_grounds(lines: Sequence[TextLine]) -> tuple[Value[str], ...]:
    """The legal bases, a value for each paragraph "Căn cứ ..."; what is carried out counts as well."""
    groups: list[list[TextLine]] = []
    for line in lines:
        if line.fits(Role.GROUND) or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    return tuple(_entry(group, 0.95, "ground") for group in groups if _words(group))[:_MOST]


def _entries(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The entries of a list: each begins with a bullet, or behind the end of the one before."""
    groups: list[list[TextLine]] = []
    for line in lines:
        begins = _BULLET.match(line.text) or _LABEL.match(line.text) or line.fits(Role.ARCHIVE)
        if begins or not groups or groups[-1][-1].text.endswith((";", ".")):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _entry(group: Sequence[TextLine], confidence: float, rule: str) -> Value[str]:
    first = group[0]
    words = _words(group)
    offset = first.text.find(words.split(" ")[0])
    return Value(words, confidence, Span(first.start + max(offset, 0), group[-1].end), rule)


def _words(group: Iterable[TextLine]) -> str:
    """The entry without its label, bullet and closing sign."""
    text = " ".join(line.text for line in group)
    text = text[match.end() :] if (match := _LABEL.match(text)) else text
    text = text[match.end() :] if (match := _BULLET.match(text)) else text
    return " ".join(text.split()).strip(_ENDS)
