"""Automatic numbering of paragraphs: "1.", "a)", "II." are not in the text, only their rules.

Word has abstract lists of levels, and lists that count by one of them; a paragraph names a list and a
level, itself or through its style. The formats differ in how they store that (docx_numbering,
doc_numbering).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_ROMAN = {
    1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc",
    50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i",
}  # fmt: skip
_PLACE = re.compile(r"%(\d)")
BULLET = "-"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and is written."""

    start: int
    kind: str  # as w:numFmt: decimal, lowerLetter, upperRoman, bullet ...
    pattern: str  # "%1.%2)"
    style: str | None  # paragraphs of this style stand on this level


class Numbering:
    """Counts the lists of one document; `label` must be called in document order."""

    def __init__(
        self,
        levels: Mapping[str, Mapping[int, Level]],
        lists: Mapping[str, str],
        restarts: Mapping[str, Mapping[int, int]],
    ) -> None:
        """`levels` of each abstract list, the abstract list of each list, where lists begin anew."""
        self._levels = levels
        self._lists = lists
        self._restarts = restarts
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def level_of_style(self, num_id: str, style: str | None) -> int:
        """The level of list `num_id` that paragraphs of `style` stand on; 0 if none is tied to it."""
        levels = self._levels.get(self._lists.get(num_id, ""), {})
        return next((at for at, level in levels.items() if style and level.style == style), 0)

    def label(self, num_id: str, level: int) -> str:
        """The next number of this list on this level as it is printed, "" for an unknown list."""
        abstract = self._lists.get(num_id, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counters = self._counters.setdefault(abstract, {})
        if num_id not in self._begun:
            self._begun.add(num_id)
            for at, start in self._restarts.get(num_id, {}).items():
                counters[at] = start - 1
        counters[level] = counters.get(level, levels[level].start - 1) + 1
        for deeper in [at for at in counters if at > level]:
            del counters[deeper]
        if levels[level].kind == "bullet":
            return BULLET

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            rule = levels.get(at, levels[level])
            return written(counters.setdefault(at, rule.start), rule.kind)

        return _PLACE.sub(number, levels[level].pattern).strip()


def written(number: int, kind: str) -> str:
    """`number` in the way of w:numFmt `kind`; kinds unknown here are written as decimals."""
    if kind == "none":
        return ""
    if kind in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = ""
        for value, sign in _ROMAN.items():
            roman += sign * (number // value)
            number %= value
        return roman.upper() if kind == "upperRoman" else roman
    return f"{number:02d}" if kind == "decimalZero" else str(number)
