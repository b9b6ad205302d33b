"""What to try when nothing was found: each advice is one click away."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.results import Results
from kb.vietnamese.normalise import fold, has_accents
from web.facets import active
from web.languages import _
from web.params import SearchState

_OPERATORS = re.compile(r'["“”()*]|(?<!\S)-(?=\S)|\b(?:OR|HOẶC)\b')


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence and the search it leads to."""

    text: str
    state: SearchState


def after_nothing(state: SearchState, results: Results) -> tuple[Advice, ...]:
    """Ways out of an empty result, the most promising first."""
    advice = []
    if results.suggestion:
        text = _("Có phải bạn tìm: %(query)s", query=results.suggestion)
        advice.append(Advice(text, state.asking(results.suggestion)))
    chips = active(state, results)
    if len(chips) > 1:
        advice.append(Advice(_("Bỏ tất cả bộ lọc"), state.without_filters()))
    for chip in chips:
        text = _("Bỏ bộ lọc %(group)s: %(label)s", group=chip.group, label=chip.label)
        advice.append(Advice(text, chip.state))
    plain = " ".join(_OPERATORS.sub(" ", state.query).split())
    if plain and plain != state.query:
        text = _("Tìm các từ rời, không dấu ngoặc hay phép trừ: %(query)s", query=plain)
        advice.append(Advice(text, state.asking(plain)))
    if has_accents(state.query):
        unaccented = fold(plain)
        text = _("Tìm không dấu: %(query)s", query=unaccented)
        advice.append(Advice(text, state.asking(unaccented)))
    return tuple(advice)
