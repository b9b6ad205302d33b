"""Is a query a question? Its words then are mostly grammar, and few of them stand in the answer."""

from __future__ import annotations

from collections.abc import Sequence

from kb.vietnamese.analyser import Token
from kb.vietnamese.normalise import fold

_MARKERS = tuple(
    tuple(words.split())
    for words in (
        *("gì", "nào", "ai", "mấy", "bao nhiêu", "ở đâu", "vì sao", "tại sao"),
        *("thế nào", "là gì", "đúng hay sai", "hay không", "có phải"),
    )
)
WORDS = frozenset(("gì", "nào", "ai", "mấy", "đâu", "sao"))
"""What asks by itself. Documents answer: they hold these words seldom, and beside other ones."""

# Without accents "ai" and "mấy" are too many other words (ái, ải; may, máy).
_PLAIN_MARKERS = tuple(
    tuple(map(fold, marker)) for marker in _MARKERS if marker not in (("ai",), ("mấy",))
)


def is_question(tokens: Sequence[Token]) -> bool:
    """True where the tokens hold an interrogative, also in a text without any accents."""
    return bool(interrogatives(tokens))


def interrogatives(tokens: Sequence[Token]) -> frozenset[int]:
    """Which of the tokens are part of an interrogative ("là gì", "bao nhiêu")."""
    forms = tuple(token.form for token in tokens)
    markers = _MARKERS if any(token.accented for token in tokens) else _PLAIN_MARKERS
    return frozenset(
        at + offset
        for marker in markers
        for at in range(len(forms) - len(marker) + 1)
        if forms[at : at + len(marker)] == marker
        for offset in range(len(marker))
    )
