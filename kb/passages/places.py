"""The parts of a document that are not its body: head, grounds, recipients, signature, annexes.

Their order and wording are those of Nghị định 30/2020, Phụ lục I.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kb.passages.outline import Outline
from kb.vietnamese.questions import Asked

# What a passage counts there: the head repeats the title, which every list shows already, and so do
# grounds (căn cứ) and scope (Thông tư này quy định …); the end names recipients. The title of an annex
# is what a form is found by, and no answer to anything else.
HEAD, RECIPIENTS, GROUNDS, ANNEX = 0.2, 0.2, 0.4, 0.5
NO_ANSWER = 0.2  # grounds and scope, to a question
_GROUNDS = re.compile(
    r"can cu\b|theo de nghi\b|xet de nghi\b|thuc hien (?:\w+ ){1,4}so\b"
    r"|(?:bo luat|luat|phap lenh|nghi dinh|nghi quyet|quyet dinh|thong tu|quy che|huong dan) nay"
    r" (?:quy dinh|huong dan|ap dung)"
)
RECIPIENTS_LENGTH = 800  # characters
_ANNEX = "\nphu luc"

SIGNATURE_WITHIN = 1_500  # characters at the end of a document, or before its annexes
SIGNATURE_LENGTH = 200
# "TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC", or the office alone, in capitals.
_AUTHORITY = re.compile(
    r"(?:^|\n)[ \t]*((?:(?:T/?M|K/?T|T/?L|TUQ|Q)\.|(?:PHÓ |THỨ |QUYỀN )?(?:BỘ TRƯỞNG|THỦ TƯỚNG|GIÁM ĐỐC"
    r"|CHỦ TỊCH|CỤC TRƯỞNG|CHÁNH|TỔNG|VIỆN TRƯỞNG|BÍ THƯ|TRƯỞNG))[^a-z\n]*\n)"
)


class Places:
    """Where these parts of one document are. `folded` is the folded text; `asked` what is asked for."""

    def __init__(self, outline: Outline, folded: str, asked: Collection[Asked] = ()) -> None:
        self._asked = asked
        self._outline = outline
        self._folded = folded
        self.recipients = folded.rfind("\nnoi nhan") + 1  # 0: none

    def share(self, start: int) -> float:
        """What a passage that begins at `start` counts, 0 to 1."""
        if start < self._outline.body:
            return HEAD
        if 0 < self.recipients <= start < self._recipients_end():
            return RECIPIENTS
        if self._folded.startswith("kinh gui", start):
            return HEAD
        if self._folded.startswith("phu luc", start) and Asked.EXAMPLE not in self._asked:
            return ANNEX
        if _GROUNDS.match(self._folded, start):
            return NO_ANSWER if self._asked else GROUNDS
        return 1.0

    def signature(self) -> tuple[int, int] | None:
        """Who signed, in which office: characters start:end; None where nobody is found."""
        text = self._outline.text
        annex = self._folded.find(_ANNEX, max(self.recipients, self._outline.body))
        if annex >= 0 and not self.recipients:
            annex = -1  # "phụ lục" may open any line of the body
        stop = annex if annex >= 0 else len(text)
        found = _AUTHORITY.search(text, max(self._outline.body, stop - SIGNATURE_WITHIN), stop)
        if found is None:
            return None
        start = found.start(1)
        if start < self.recipients:
            stop = self.recipients
        end = len(text[start : min(stop, start + SIGNATURE_LENGTH)].rstrip()) + start
        return start, end

    def _recipients_end(self) -> int:
        annex = self._folded.find(_ANNEX, self.recipients)
        end = self.recipients + RECIPIENTS_LENGTH
        return end if annex < 0 else min(annex, end)
