"""The property table with which law sites head a document: Số hiệu, Ngày ban hành, Người ký ...

The table stands in the text as "label | value" or "label:" with the value behind it or on the next
line; several pairs may share a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.metadata.lines import TextLine
from kb.model import Span

_LABELS = {
    "symbol": r"Số\s+hiệu|Số\s*/\s*Ký\s+hiệu|Số(?:,)?\s+ký\s+hiệu|Số\s+văn\s+bản",
    "kind": r"Loại\s+văn\s+bản|Hình\s+thức\s+văn\s+bản|Tên\s+loại",
    "issuer": r"Cơ\s+quan\s+ban\s+hành|Nơi\s+ban\s+hành|Đơn\s+vị\s+ban\s+hành",
    "issued": r"Ngày\s+ban\s+hành|Ban\s+hành",
    "signer": r"Người\s+ký",
    "subject": r"Trích\s+yếu(?:\s+nội\s+dung)?",
    "": r"(?:Ngày\s+(?:có\s+|hết\s+)?)?hiệu\s+lực|Tình\s+trạng(?:\s+hiệu\s+lực)?|Ngày\s+đăng|Lĩnh\s+vực"
    r"|Ngành|Chức\s+danh|Ngày\s+ký\s+xác\s+thực|Ngày\s+cập\s+nhật",
}
_LABEL = re.compile(
    "|".join(f"(?P<{name or 'other'}>{words})" for name, words in _LABELS.items()), re.I
)
_PAIR = re.compile(rf"(?<!\w)(?:{_LABEL.pattern})\s*(?:[:|]\s*|$)", re.I)
_CELL = re.compile(rf"\s*(?:{_LABEL.pattern})\s*(?:--|(?P<value>(?<=\s)\S.*)|$)", re.I)
_WINDOW = 40  # lines
_MIN_PAIRS = 2  # a single "Người ký:" is a stamp or a sentence


def has_table(lines: Sequence[TextLine]) -> bool:
    """Whether there is such a table, if only with days of effect and update."""
    return sum(1 for line in _near_ends(lines) if _PAIR.match(line.text)) >= _MIN_PAIRS


def _near_ends(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """Where the table stands: above the document, or below it where a page's tables come last."""
    return lines if len(lines) <= 2 * _WINDOW else [*lines[:_WINDOW], *lines[-_WINDOW:]]


def read_properties(lines: Sequence[TextLine]) -> dict[str, tuple[str, Span]]:
    """Values by name (symbol, kind, issuer, issued, signer, subject) and where they stand.

    Empty where there are fewer than two pairs: then it is no table.
    """
    found: dict[str, tuple[str, Span]] = {}
    pairs = 0
    for line in _near_ends(lines):
        if row := _row(line):
            pairs += len(row)
            for name, pair in row:
                if name:
                    found.setdefault(name, pair)
            continue
        labels = list(_PAIR.finditer(line.text))
        if not labels or labels[0].start() > 0:
            continue
        for label, following in zip(labels, [*labels[1:], None], strict=True):
            pairs += 1
            start, end = label.end(), following.start() if following else len(line.text)
            value = line.text[start:end].strip(" |;")
            at = line.start + line.text.find(value, start) if value else 0
            if not value and following is None:
                below = lines[line.index + 1 : line.index + 2]
                if not below or _PAIR.match(below[0].text):
                    continue
                value, at = below[0].text, below[0].start
            name = label.lastgroup or ""
            if value and name != "other":
                found.setdefault(name, (value, Span(at, at + len(value))))
    return found if pairs >= _MIN_PAIRS else {}


def _row(line: TextLine) -> list[tuple[str, tuple[str, Span]]]:
    """The pairs of a row whose cells are a label and, behind a blank, its value; empty if any is not.

    "Số hiệu 127/2021/TT-BTC | Loại văn bản Thông tư". The name is "" for what is of no use here.
    """
    cells = line.text.split(" | ")
    if len(cells) < 2:
        return []
    pairs, at = [], line.start
    for cell in cells:
        match = _CELL.fullmatch(cell)
        if match is None:
            return []
        groups = match.groupdict()
        name = next((name for name, words in groups.items() if name != "value" and words), "other")
        if groups["value"]:
            start = at + match.start("value")
            value = groups["value"].rstrip()
            pairs.append((name if name != "other" else "", (value, Span(start, start + len(value)))))
        at += len(cell) + 3
    return pairs
