"""Headers whose two columns were glued line by line: taken apart again.

    CÔNG AN TỈNH HÀ TĨNH   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    PHÒNG THAM MƯU         Độc lập - Tự do - Hạnh phúc
    Số: 12/KH-PV01         Hà Tĩnh, ngày 04 tháng 8 năm 2019

For formats without positions: plain text, paragraphs with tabs, reprints on web pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.extract.assemble import DraftLine
from indexer.extract.landmarks import is_right_hand, right_hand_start

_HEAD = 40  # lines of the document among which a header is looked for
_LONGEST = 14  # lines from the first to the last glued one


def header_unglued(lines: Sequence[DraftLine]) -> list[DraftLine]:
    """`lines` with the glued header, if there is one, as left column lines, then right column lines."""
    cuts = {at: cut for at, line in enumerate(lines[:_HEAD]) if (cut := _cut(line))}
    if not cuts:
        return list(lines)
    first = min(cuts)
    last = max(at for at in cuts if at - first < _LONGEST)
    left: list[DraftLine] = []
    right: list[DraftLine] = []
    for at in range(first, last + 1):
        line = lines[at]
        if at in cuts:
            left.append(replace(line, words=line.words[: cuts[at]], column="left"))
            right.append(replace(line, words=line.words[cuts[at] :], column="right"))
        elif is_right_hand(line.text):
            right.append(replace(line, column="right"))
        else:
            left.append(replace(line, column="left"))
    for column in (left, right):
        for at, line in enumerate(column):
            line.new_paragraph = at == 0
    return [*lines[:first], *left, *right, *lines[last + 1 :]]


def _cut(line: DraftLine) -> int:
    return 0 if line.column else right_hand_start([word.text for word in line.words])
