"""Tables with ruled lines: which words stand in which cell.

A table is a net of ruled lines that touch. Each of its rows becomes one line of text,
cells joined by " | " (as in DOCX), so that a row stays together in passages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from indexer.extract.assemble import DraftLine, Rect, Word
from indexer.extract.pdf_page import Rule, Segment
from indexer.extract.tables import CELL_BORDER

_TOUCH = 3.5  # points within which two drawn lines meet


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table lies and the lines that divide it."""

    rect: Rect
    vertical: tuple[Rule, ...]
    row_borders: tuple[float, ...]  # y, ascending

    def holds(self, rect: Rect) -> bool:
        """True if the middle of `rect` lies in the table."""
        x, y = (rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2
        return self.rect.x0 <= x <= self.rect.x1 and self.rect.y0 <= y <= self.rect.y1


def find_tables(rules: Iterable[Rule]) -> list[Table]:
    """The nets of at least two columns; frames around text and underlines are none."""
    horizontal, vertical = (
        _joined(r for r in rules if r.horizontal),
        _joined(r for r in rules if not r.horizontal),
    )
    tables = []
    for across, down in _nets(horizontal, vertical):
        columns = _distinct(rule.at for rule in down)
        if len(columns) < 3 or len(across) < 2:
            continue
        left, right = columns[0], columns[-1]
        # A line under a part of the cells only (beside merged cells) still divides rows.
        borders = _distinct(rule.at for rule in across if rule.end - rule.start >= 0.4 * (right - left))
        if len(borders) >= 2:
            rect = Rect(left, borders[0], right, borders[-1])
            tables.append(Table(rect, tuple(down), tuple(borders)))
    return tables


def table_lines(table: Table, segments: Iterable[Segment]) -> list[DraftLine]:
    """One line a row, top to bottom; empty rows are left out."""
    rows: dict[int, dict[int, list[Word]]] = {}
    bold: dict[int, bool] = {}
    sides = sorted((r.at, r.start - _TOUCH, r.end + _TOUCH) for r in table.vertical)
    for segment in segments:
        for word in segment.words:
            if word.rect is None:
                continue
            x, y = (word.rect.x0 + word.rect.x1) / 2, (word.rect.y0 + word.rect.y1) / 2
            row = bisect_right(table.row_borders, y)
            # Only the lines that cross this height divide cells here: others are merged away.
            dividers = [at for at, start, end in sides if start <= y <= end]
            column = round(dividers[max(bisect_right(dividers, x) - 1, 0)]) if dividers else 0
            rows.setdefault(row, {}).setdefault(column, []).append(word)
            bold[row] = bold.get(row, True) and segment.bold
    lines = []
    for row, cells in sorted(rows.items()):
        words: list[Word] = []
        for _column, cell in sorted(cells.items()):
            words += [CELL_BORDER, *cell] if words else cell
        rect = reduce(Rect.union, (w.rect for w in words if w.rect is not None))
        lines.append(DraftLine(words, rect, bold[row]))
    return lines


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Rules on one line that touch or overlap, as one; cells are often drawn edge by edge."""
    done: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at / 2), r.start)):
        last = done[-1] if done else None
        if last and abs(last.at - rule.at) <= 2 and rule.start <= last.end + _TOUCH:
            done[-1] = Rule(rule.horizontal, last.at, last.start, max(last.end, rule.end))
        else:
            done.append(rule)
    return done


def _nets(horizontal: list[Rule], vertical: list[Rule]) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """Groups of rules connected by crossing or touching."""
    unused = set(range(len(vertical)))
    waiting = set(range(len(horizontal)))
    while waiting:
        across, down = [waiting.pop()], []
        queue: list[tuple[bool, int]] = [(True, across[0])]
        while queue:
            is_horizontal, index = queue.pop()
            if is_horizontal:
                met = [v for v in unused if _meet(horizontal[index], vertical[v])]
                unused.difference_update(met)
                down += met
            else:
                met = [h for h in waiting if _meet(horizontal[h], vertical[index])]
                waiting.difference_update(met)
                across += met
            queue += [(not is_horizontal, m) for m in met]
        yield [horizontal[h] for h in across], [vertical[v] for v in down]


def _meet(horizontal: Rule, vertical: Rule) -> bool:
    return (
        horizontal.start - _TOUCH <= vertical.at <= horizontal.end + _TOUCH
        and vertical.start - _TOUCH <= horizontal.at <= vertical.end + _TOUCH
    )


def _distinct(positions: Iterable[float]) -> list[float]:
    """Ascending positions, those closer than `_TOUCH` counted once."""
    found: list[float] = []
    for position in sorted(positions):
        if not found or position - found[-1] > _TOUCH:
            found.append(position)
    return found
