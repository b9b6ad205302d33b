"""Topics, units and kinds whose name goes on from the last words typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.engines.port import AnyOf, Bool, Engine, Term
from kb.suggest.scope import Name, Scope, Words
from kb.suggest.typed import Typed, conflicts
from kb.vietnamese.analyser import Token

FEWEST_LETTERS = 2
CHECKED = 12  # names whose documents are counted together with the words before
HEAD_WORDS = 6
GAP = 2  # words of the name that may be left out: "công an hà tĩnh" for Công an tỉnh Hà Tĩnh


@dataclass(frozen=True, slots=True)
class Named:
    """A name, how many of the last words typed it takes in, and the documents behind both."""

    name: Name
    taken: int
    count: int


def find(engine: Engine, scope: Scope, typed: Typed, limit: int) -> list[Named]:
    """The names that take in the most of what was typed, those of more documents first."""
    if not typed.words or typed.letters < FEWEST_LETTERS:
        return []
    begun = f" {typed.words[-1].fold}"
    rated = [
        (taken, starts, name)
        for name in scope.names
        if begun in name.letters
        for taken, starts in [max(_fit(typed, words) for words in name.spellings)]
        if taken
    ]
    rated.sort(key=lambda each: (-each[0], -each[1], -each[2].count, each[2].ids))
    found: list[Named] = []
    for taken, _starts, name in rated[:CHECKED]:
        head = typed.words[:-taken]
        count = _together(engine, scope, name, head) if head else name.count
        if count:
            found.append(Named(name, taken, count))
        if len(found) == limit:
            break
    return found


def _together(engine: Engine, scope: Scope, name: Name, head: Sequence[Token]) -> int:
    words = tuple(Term("body_fold", word.fold) for word in head[-HEAD_WORDS:])
    query = Bool(filter=(*words, AnyOf(name.field, name.ids)))
    return engine.search(scope.within(query), limit=0).total


def _fit(typed: Typed, words: Words) -> tuple[int, bool]:
    """How many of the last typed words the name holds in their order, and whether from its start.

    0 where that is too little: all of what was typed, two words or three letters it must be.
    """
    matched: list[Token] = []  # of the name, from the last one back
    place, taken = len(words), 0
    for typed_word in reversed(typed.words):
        beginning = typed.open and not taken
        place = _before(words, place, typed_word.fold, beginning=beginning)
        if place < 0:
            break
        matched.append(words[place])
        taken += 1
    if not taken or typed.words[-1].fold.isdecimal():
        return 0, False
    if words.index(matched[0]) - words.index(matched[-1]) >= taken + GAP:
        return 0, False
    if taken < len(typed.words) and taken < 2 and len(typed.words[-1].fold) < 3:
        return 0, False
    forms = [token.form for token in reversed(matched)]
    if conflicts(typed.words[-taken:], forms, open_end=typed.open):
        return 0, False
    return taken, matched[-1] is words[0]


def _before(words: Words, end: int, fold: str, *, beginning: bool) -> int:
    """The last of the words before `end` that is `fold`, or begins so; -1 for none."""
    for place in range(end - 1, -1, -1):
        word = words[place].fold
        if word == fold or (beginning and word.startswith(fold)):
            return place
    return -1
