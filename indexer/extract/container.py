"""Files that hold files (archives, mail): their members read like any file, one text of all.

Members are unpacked one at a time into a private folder that is removed again. Their number, size and
depth are bounded; what cannot be read is told in the warnings, not hidden.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from indexer.extract.archive import HARMLESS, MAX_RATIO
from indexer.extract.base import Extracted, Line
from indexer.extract.failures import NEEDS_OCR, corrupt, no_text, too_big
from kb.errors import ExtractionFailed
from kb.i18n import _
from kb.model import Ocr, Page, Reading

MAX_DEPTH = 3  # a mail in an archive in a mail, and its attachments
MAX_MEMBERS = 500  # read, of all depths
MAX_UNPACKED = 300_000_000  # bytes, of all depths
_LONGEST_NAME = 80
# Part of the text, which is the same whatever language the program speaks.
_HEADING = "Tệp bên trong: {name}"
_SAID = 20  # members that could not be read and are named in the warnings

ReadFile = Callable[[Path], Extracted]


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file. `content` is called once, when the member's turn has come."""

    name: str  # with its folders
    content: Callable[[], bytes]


@dataclass(slots=True)
class _Budget:
    """What a whole tree of containers may still take."""

    members: int = MAX_MEMBERS
    size: int = MAX_UNPACKED
    depth: int = 0

    @classmethod
    def of_file(cls, packed: int) -> _Budget:
        """Of a file of so many bytes: what grows a hundredfold, whatever the levels, is a bomb."""
        return cls(MAX_MEMBERS, min(MAX_UNPACKED, max(HARMLESS, MAX_RATIO * packed)))


_budget: ContextVar[_Budget | None] = ContextVar("budget", default=None)


def extracted_members(
    format_name: str,
    own: Extracted | None,
    members: Iterable[Member],
    read: ReadFile,
    *,
    packed: int,
    title: str | None = None,
) -> Extracted:
    """One text: that of the container itself (a mail's), then that of each member under its name.

    `packed` is the size of the container's file.

    Raises ExtractionFailed: too-big (bounds), no-text (nothing inside could be read); where there is
    but one member and it cannot be read, what it raises.
    """
    parts: list[tuple[str, Extracted]] = []
    failures: list[tuple[str, ExtractionFailed]] = []
    with _deeper(packed) as budget:
        for member in members:
            budget.members -= 1
            if budget.members < 0:
                raise too_big(_("hơn %d tệp bên trong") % MAX_MEMBERS)
            try:
                parts.append((member.name, _read(member, read, budget)))
            except ExtractionFailed as failure:
                if failure.code == "too-big":
                    raise
                failures.append((member.name, failure))
    if own is None and not parts:
        if len(failures) == 1:
            raise failures[0][1]
        raise no_text()
    return _merged(format_name, own, parts, title, failures)


@contextmanager
def _deeper(packed: int) -> Iterator[_Budget]:
    budget = _budget.get()
    token = None
    if budget is None:
        budget = _Budget.of_file(packed)
        token = _budget.set(budget)
    budget.depth += 1
    try:
        if budget.depth > MAX_DEPTH:
            raise too_big(_("hơn %d lớp tệp lồng nhau") % MAX_DEPTH)
        yield budget
    finally:
        budget.depth -= 1
        if token is not None:
            _budget.reset(token)


def _read(member: Member, read: ReadFile, budget: _Budget) -> Extracted:
    try:
        content = member.content()
    except (ExtractionFailed, MemoryError):
        raise
    except Exception as error:  # zipfile, zlib, email and oxmsg have no common error
        raise corrupt(_("Tệp bên trong")) from error
    budget.size -= len(content)
    if budget.size < 0:
        raise too_big(_("tỷ lệ nén bất thường, có thể là bom nén"))
    with tempfile.TemporaryDirectory(prefix="tracuu-") as folder:
        path = Path(folder) / file_name(member.name)
        path.write_bytes(content)
        return read(path)


def file_name(name: str) -> str:
    """The member's own name without folders and signs: readers look at its beginning and suffix."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(c if c.isalnum() or c in "._~$ -" else "_" for c in last).strip(" .")
    if len(kept) > _LONGEST_NAME:
        kept = kept[: _LONGEST_NAME // 2] + PurePosixPath(kept).suffix[:10]
    return kept or "_"


# ---------------------------------------------------------------- one text of many


def _merged(
    format_name: str,
    own: Extracted | None,
    parts: Sequence[tuple[str, Extracted]],
    title: str | None,
    failures: Sequence[tuple[str, ExtractionFailed]],
) -> Extracted:
    texts: list[str] = []
    printed: list[str] = []
    lines: list[Line] = []
    pages: list[Page] = []
    beginnings: list[int] = []
    warnings: list[str] = []
    read_by_ocr: list[tuple[Ocr, int, int]] = []
    weight = good = 0.0
    length = 0
    for name, part in [("", own)] * (own is not None) + list(parts):
        assert part is not None
        heading = _HEADING.format(name=name) if name else ""
        prefix = (("\n\n" if texts else "") + heading + "\n\n") if heading else "\n\n" * bool(texts)
        start = length + len(prefix)
        first_page = len(pages) + 1
        if heading:
            at = start - len(heading) - 2
            lines.append(Line(at, at + len(heading), first_page, bold=True))
        if part.ocr is not None:
            read_by_ocr.append((part.ocr, start, first_page - 1))
        beginnings += (number + first_page - 1 for number in part.beginnings)
        lines += (_moved(line, start, first_page - 1) for line in part.lines)
        for number, page in enumerate(part.pages):
            page_start = start - len(heading) - 2 if heading and not number else page.start + start
            # Positions are those of a page of the member, which the container does not show.
            place = Page(first_page + number, page_start, page.end + start, label=page.label)
            pages.append(place)
        texts += (prefix, part.text)
        printed += (prefix, part.as_printed().text)
        length = start + len(part.text)
        weight += len(part.text)
        good += len(part.text) * part.text_quality
        warnings += (f"{warning} ({name})" if name else warning for warning in part.warnings)
    warnings += (
        f"member-{NEEDS_OCR if failure.code == NEEDS_OCR else 'unread'}: "
        + _("Không đọc được {name}: {reason}").format(name=name, reason=failure)
        for name, failure in failures[:_SAID]
    )
    text, shown = "".join(texts), "".join(printed)
    return Extracted(
        format=format_name,
        text=text,
        pages=tuple(pages),
        lines=tuple(lines),
        title=title,
        text_quality=good / weight if weight else 1.0,
        warnings=tuple(warnings),
        beginnings=tuple(beginnings),
        printed=None if shown == text else shown,
        ocr=_ocr_of(read_by_ocr),
    )


def _ocr_of(parts: Sequence[tuple[Ocr, int, int]]) -> Ocr | None:
    """What OCR read in all parts; with each the places its text and pages begin after."""
    if not parts:
        return None
    return Ocr(
        parts[0][0].program,
        tuple((page + pages, sure) for ocr, _start, pages in parts for page, sure in ocr.confidence),
        tuple(
            Reading(reading.start + start, reading.end + start, reading.raw)
            for ocr, start, _pages in parts
            for reading in ocr.readings
        ),
    )


def _moved(line: Line, by: int, pages: int) -> Line:
    return replace(line, start=line.start + by, end=line.end + by, page=line.page + pages)
