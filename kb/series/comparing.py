"""What changed between two documents of a series: paragraphs added, dropped and changed, and within
them the figures (targets) and days (deadlines) that are others.

Paragraphs that differ only in the year are the same: next year's plan is for next year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from kb.figures import reading
from kb.figures.reading import Figure
from kb.figures.table import amount
from kb.model import Span, StoredText
from kb.vietnamese.normalise import fold

Kind = Literal["same", "changed", "added", "dropped"]
Part = tuple[Literal["same", "old", "new"], str]

_FEW = 1  # words that may stay the same within a change
ALIKE = 0.45  # shared words of two paragraphs of which one is the other, changed
_LONGEST = 4_000  # paragraphs of a document
_PAIRED = 250_000  # pairs of paragraphs that are tried within one stretch of changes
_PARAGRAPH = re.compile(
    r"\n\s*\n|\n(?=\s*(?:[-+–*•]\s|\d+[.)]\s|[a-zđ]\)\s|(?:Điều|Chương|Mục|Phần)\s))"
)
_ISSUED = 8  # characters between a symbol and its day of issue
_YEAR = re.compile(r"(?:19|20)\d\d")
_TOKEN = re.compile(r"\s+|[^\s]+")
_LABEL = re.compile(r"^\s*(?:[-+–*•]|\d+[.)]|[a-zđ]\)|[IVXLC]+\.)\s+")
_DAY = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|ngày\s+\d{1,2}(?:[/-]\d{1,2})?(?:\s+tháng\s+\d{1,2})?", re.I
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of one document and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph in the old and the new document; `parts` tell a changed one word by word."""

    kind: Kind
    old: Paragraph | None
    new: Paragraph | None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A figure or a day in the old and in the new document, and what it is of."""

    kind: Literal["figure", "day"]
    what: str
    old: str
    new: str
    span: Span  # in the new document


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed, in the order of the new document, what was dropped where it stood."""

    changes: tuple[Change, ...]
    targets: tuple[Target, ...]

    def count(self, kind: Kind) -> int:
        """How many paragraphs."""
        return sum(change.kind == kind for change in self.changes)

    def to_json(self) -> dict[str, Any]:
        """Plain data with the documented keys (docs/json.md)."""
        return {
            "changes": [
                {
                    "kind": change.kind,
                    "old": _span(change.old),
                    "new": _span(change.new),
                    "parts": [list(part) for part in change.parts],
                }
                for change in self.changes
                if change.kind != "same"
            ],
            "targets": [
                {"kind": each.kind, "what": each.what, "old": each.old, "new": each.new}
                for each in self.targets
            ],
        }


def compare(old: StoredText, new: StoredText) -> Comparison:
    """Compare an older document with a newer one."""
    changes = tuple(_changes(_paragraphs(old), _paragraphs(new)))
    return Comparison(changes, tuple(_targets(changes, old, new)))


def _paragraphs(stored: StoredText) -> list[Paragraph]:
    text, start = stored.text, 0
    found: list[Paragraph] = []
    cuts = [(match.start(), match.end()) for match in _PARAGRAPH.finditer(text)]
    for end, after in (*cuts, (len(text), len(text))):
        words = " ".join(text[start:end].split())
        if words and len(found) < _LONGEST:
            begin = start + len(text[start:end]) - len(text[start:end].lstrip())
            found.append(Paragraph(words, Span(begin, max(begin, end))))
        start = after
    return found


def _key(text: str) -> str:
    """The paragraph without its label and its years."""
    return _YEAR.sub("#", fold(_LABEL.sub("", text))).strip()


def _changes(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Change]:
    matcher = SequenceMatcher(
        None, [_key(each.text) for each in old], [_key(each.text) for each in new], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for before, after in zip(old[i1:i2], new[j1:j2], strict=True):
                yield Change("same", before, after)
        else:
            yield from _stretch(old[i1:i2], new[j1:j2])


def _stretch(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Change]:
    """Pair the most similar paragraphs, in order; the rest was dropped or added."""
    pairs = dict(_pairs(old, new))
    told = 0
    for position, after in enumerate(new):
        before = pairs.get(position)
        if before is None:
            yield Change("added", None, after)
            continue
        for dropped in old[told:before]:
            yield Change("dropped", dropped, None)
        told = before + 1
        yield Change("changed", old[before], after, _parts(old[before].text, after.text))
    for dropped in old[told:]:
        yield Change("dropped", dropped, None)


def _pairs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """(new, old) positions that rise together, the most similar first."""
    if not old or not new or len(old) * len(new) > _PAIRED:
        return
    old_words = [frozenset(_key(each.text).split()) for each in old]
    new_words = [frozenset(_key(each.text).split()) for each in new]
    scored = sorted(
        (
            (score, j, i)
            for j, one in enumerate(new_words)
            for i, other in enumerate(old_words)
            if (score := _share(one, other)) >= ALIKE
        ),
        key=lambda each: (-each[0], abs(each[1] - each[2])),
    )
    chosen: list[tuple[int, int]] = []
    for _score, j, i in scored:
        if all((j < j2) == (i < i2) and j != j2 and i != i2 for j2, i2 in chosen):
            chosen.append((j, i))
    yield from chosen


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    both = len(one | other)
    return len(one & other) / both if both else 0.0


def _parts(old: str, new: str) -> tuple[Part, ...]:
    """Word by word; words that happen to stay between others that changed are told as changed too."""
    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    stretches: list[tuple[bool, list[str], list[str]]] = []  # (same, old, new)
    opcodes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    for number, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        inside = 0 < number < len(opcodes) - 1
        few = sum(not token.isspace() for token in one[i1:i2]) <= _FEW
        same = tag == "equal" and not (inside and few)
        if stretches and stretches[-1][0] == same:
            stretches[-1][1].extend(one[i1:i2])
            stretches[-1][2].extend(other[j1:j2])
        else:
            stretches.append((same, one[i1:i2], other[j1:j2]))
    parts: list[Part] = []
    for same, before, after in stretches:
        if same:
            parts.append(("same", "".join(after)))
            continue
        if before:
            parts.append(("old", "".join(before)))
        if after:
            parts.append(("new", "".join(after)))
    return tuple(parts)


def _targets(changes: Sequence[Change], old: StoredText, new: StoredText) -> Iterator[Target]:
    """Figures of the same thing, and days of the same sentence, that are others now."""
    before, after = reading.read(old), reading.read(new)
    for change in changes:
        if change.old is None or change.new is None:
            continue
        if change.kind == "changed":
            yield from _figures(_within(before, change.old.span), _within(after, change.new.span))
        yield from _days(change.old, change.new, (old, new))


def _within(figures: Sequence[Figure], span: Span) -> list[Figure]:
    return [each for each in figures if span.start <= each.span.start < span.end]


def _figures(old: Sequence[Figure], new: Sequence[Figure]) -> Iterator[Target]:
    left = list(old)
    for figure in new:
        same = next((each for each in left if _same_thing(each, figure)), None)
        if same is not None:
            left.remove(same)
            if (same.value, same.total) != (figure.value, figure.total):
                yield Target("figure", figure.what, amount(same), amount(figure), figure.span)


def _same_thing(one: Figure, other: Figure) -> bool:
    words = [frozenset(fold(each.what).split()) for each in (one, other)]
    return one.measure == other.measure and _share(*words) >= 0.5


def _days(old: Paragraph, new: Paragraph, stored: tuple[StoredText, StoredText]) -> Iterator[Target]:
    """Days at the same place of a paragraph that are others; the same day of the new year is not."""
    one, other = _days_of(old, stored[0]), _days_of(new, stored[1])
    if len(one) != len(other):
        return
    for before, after in zip(one, other, strict=True):
        if _YEAR.sub("#", before[0]) != _YEAR.sub("#", after[0]):
            yield Target("day", new.text[:120], before[0], after[0], after[1])


def _days_of(paragraph: Paragraph, stored: StoredText) -> list[tuple[str, Span]]:
    """The days of a paragraph but those of documents it names, and of its own head."""
    subject = stored.metadata.subject
    if subject is not None and subject.span is not None and paragraph.span.start < subject.span.end:
        return []
    named = [reference.span.end for reference in stored.references]
    return [
        (" ".join(match[0].split()), Span(match.start(), match.end()))
        for match in _DAY.finditer(stored.text, paragraph.span.start, paragraph.span.end)
        if not any(0 <= match.start() - end <= _ISSUED for end in named)
    ]


def _span(paragraph: Paragraph | None) -> dict[str, Any] | None:
    if paragraph is None:
        return None
    return {"text": paragraph.text, "span": [paragraph.span.start, paragraph.span.end]}
