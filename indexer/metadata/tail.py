"""The end of an official document: signature, recipients, annexes (Nghị định 30/2020, Điều 8, 13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.metadata.lines import Role, TextLine
from kb.vietnamese.normalise import fold

_TAIL = 60  # lines of signature and recipients at most
_SIGNATURE = 14  # lines from the first title to the name
_AFTER_END = 6  # lines between "./." and the first title: the issuer, a certification
_BETWEEN = ("da ky", "ky ten", "ky boi", "(ky", "dong dau")  # between title and name


@dataclass(frozen=True, slots=True)
class Tail:
    """What was found of it; `start` is the character where the body ends."""

    start: int | None = None
    authority: tuple[TextLine, ...] = ()  # "TM. ...", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"
    signer: TextLine | None = None
    recipients: tuple[TextLine, ...] = ()
    annex: TextLine | None = None


def find_tail(lines: Sequence[TextLine], first: int) -> Tail:
    """The tail among `lines` from index `first` (the start of the body) on."""
    recipients_at = next((line.index for line in lines[first:] if line.fits(Role.RECIPIENTS)), None)
    titles_at = _titles_at(lines, first, recipients_at)
    if titles_at is not None and recipients_at is not None and recipients_at > titles_at + _TAIL:
        recipients_at = None  # that of a form in the annex
    starts = [index for index in (recipients_at, titles_at) if index is not None]
    if not starts:
        return Tail(annex=_annex(lines, first, len(lines) // 2))
    start = min(starts)
    authority, signer = _signature(lines, titles_at) if titles_at is not None else ((), None)
    recipients = _recipients(lines, recipients_at) if recipients_at is not None else ()
    ends = [
        start,
        *(line.index for line in (*recipients, *authority)),
        signer.index if signer else start,
    ]
    annex = _annex(lines, max(ends) + 1, max(ends) + 1)
    return Tail(lines[start].start, authority, signer, recipients, annex)


def _titles_at(lines: Sequence[TextLine], first: int, recipients_at: int | None) -> int | None:
    """The first line of the signature: "TM. ...", "KT. ...", a title after "./." or by "Nơi nhận"."""
    for line in lines[first:]:
        if line.fits(Role.AUTHORITY):
            if recipients_at is None or line.index < recipients_at + _TAIL:
                return line.index
            break
        closed = (
            each.fits(Role.END) for each in lines[max(first, line.index - _AFTER_END) : line.index]
        )
        if _is_title(line) and any(closed):
            return line.index
    if recipients_at is not None:
        near = range(max(first, recipients_at - _SIGNATURE), min(len(lines), recipients_at + _TAIL))
    else:
        near = range(max(first, len(lines) - _TAIL), len(lines))
    found = [index for index in near if _is_title(lines[index])]
    if recipients_at is None:  # titles in the text before do not count: take the last group
        while len(found) > 1 and found[-1] - found[0] > _SIGNATURE:
            found.pop(0)
    return found[0] if found else None


def _is_title(line: TextLine) -> bool:
    return line.fits(Role.AUTHORITY) or (line.fits(Role.POSITION) and not line.text.endswith(":"))


def _signature(lines: Sequence[TextLine], start: int) -> tuple[tuple[TextLine, ...], TextLine | None]:
    """Titles from `start` on, and the first line behind them that is a person's name."""
    titles: list[TextLine] = []
    for line in lines[start : start + _SIGNATURE]:
        if line.fits(Role.ANNEX):
            break
        if line.capitals and not line.fits(Role.SIGNER):
            titles.append(line)
        elif line.fits(Role.SIGNER) and not fold(line.text).startswith(_BETWEEN):
            return tuple(titles), line
    return tuple(titles), None


def _recipients(lines: Sequence[TextLine], start: int) -> tuple[TextLine, ...]:
    found = [lines[start]]
    for line in lines[start + 1 : start + _TAIL]:
        listed = line.text.startswith(("-", "–", "+", "*")) or line.fits(Role.ARCHIVE)
        goes_on = not line.new_paragraph and not line.capitals and not line.fits(Role.SIGNER)
        if not (listed or goes_on):
            break
        found.append(line)
        if line.fits(Role.ARCHIVE):
            break
    return tuple(found)


def _annex(lines: Sequence[TextLine], first: int, earliest: int) -> TextLine | None:
    """The first heading of an annex from `earliest` on."""
    for line in lines[max(first, earliest) :]:
        if line.fits(Role.ANNEX) and (
            line.capitals or line.centered or line.bold or len(line.text) < 20
        ):
            return line
    return None
