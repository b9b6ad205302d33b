"""How many of the words of a query a document has to hold, and which of them count."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection

LONG = 6  # words: of so many, those that most documents hold need not match
COMMON = 0.5  # share of the documents that makes a word common
TELLING = 3  # words that are left to match, at least


def required(count: int, *, common: int = 0, question: bool = False) -> int:
    """How many of `count` different words have to match, `common` ones not counted.

    All of a few; most of some; at least half of more, up to six; of a long question, whose words
    are mostly grammar, about the square root. Common words are taken as matched.
    """
    if count <= 3:
        wanted = count
    elif count <= 5:
        wanted = count - 1
    elif count <= 7:
        wanted = math.ceil(count * 0.6)
    else:
        root = math.ceil(math.sqrt(count))
        wanted = max(4, root) if question else min(math.ceil(count / 2), max(6, root))
    return max(min(TELLING, wanted), wanted - common)


def common(
    forms: Collection[tuple[str, ...]], share: Callable[[str], float]
) -> Collection[tuple[str, ...]]:
    """The words of a long run that so many documents hold that a match says next to nothing.

    They rank only: to look up every document that has one of them would take most of a search's
    time. `forms`: each word's tokens; `share`: which share of the documents holds a token.
    """
    if len(forms) < LONG:
        return ()
    found = {form for form in forms if len(form) == 1 and share(form[0]) > COMMON}
    return found if len(forms) - len(found) >= TELLING else ()
