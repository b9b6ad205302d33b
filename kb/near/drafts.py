"""Whether a paper is a draft: marked so, or with the blanks for number and date unfilled.

Nghị định 30/2020/NĐ-CP, Phụ lục I: the number follows "Số:", the date stands in the form "ngày …
tháng … năm …"; both are filled in when the paper is signed. "DỰ THẢO", "Dự thảo lần 2" stand on a
line of their own, or beside a column of the head.
"""

from __future__ import annotations

import re

HEAD = 1_500  # characters: the first lines of a paper

_LEFT_BLANK = r"[ .…_]*"
_MARK = re.compile(
    r"^\W*(?:(?:DỰ THẢO|DU THAO)(?=  )"
    r"|(?:BẢN |Bản )?(?:DỰ THẢO|DU THAO|Dự thảo|Du thao)"
    r"(?: (?:lần|LẦN|lan|LAN|số|SỐ|so|SO)(?: thứ| THỨ)? (?P<number>\d{1,2}))?(?:\W*$| ?[)\]/:,-]))",
    re.MULTILINE,
)
_NUMBER = re.compile(rf"^\W*S[ốỐoO] ?[:.]?{_LEFT_BLANK}[/-] ?[A-ZĐ]{{2}}", re.MULTILINE)
_DAY = re.compile(rf", *ngày{_LEFT_BLANK}(?:tháng{_LEFT_BLANK}(?:\d{{1,2}} )?năm)")


def draft_number(text: str) -> int | None:
    """Which draft an NFC text is: 2 for "DỰ THẢO LẦN 2", 0 where it does not say; None for no draft."""
    head = text[:HEAD]
    mark = _MARK.search(head)
    if mark is not None:
        return int(mark["number"] or 0)
    return 0 if _NUMBER.search(head) or _DAY.search(head) else None
