"""Phrases that go on from the last words typed, or spell out an abbreviation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log2

from kb.engines import port
from kb.engines.port import Engine, Query
from kb.suggest.scope import Scope
from kb.suggest.typed import Typed, conflicts
from kb.vietnamese import abbreviations, phrases
from kb.vietnamese.analyser import Token, tokens
from kb.vietnamese.normalise import fold
from kb.vietnamese.phrases import Phrase

WALKED = 400  # keys looked at for one beginning: walking one takes an engine some microseconds
COUNTED = 24  # phrases of one beginning whose documents are counted
ENOUGH = 3  # phrases; with fewer, those that take in fewer of the words typed are added
JOINING = ("/", "-", ".", ":")
FEWEST_LETTERS = 2  # one letter begins everything
HEAD_WORDS = 6  # words before the phrase that must stand in the same document
# A phrase that goes on in this share of its documents is a fragment of the longer one.
FRAGMENT = 0.8
RARE_ACCENTS = 0.3  # of the most frequent form: others of the same letters are mostly typing errors


@dataclass(frozen=True, slots=True)
class Continuation:
    """The box's text before the phrase, the phrase, and how many documents hold it."""

    head: str
    form: str
    count: int

    @property
    def text(self) -> str:
        """What to put into the box."""
        return self.head + self.form


class PhraseFinder:
    """Looks phrases up for one principal."""

    def __init__(self, engine: Engine, scope: Scope) -> None:
        self._engine = engine
        self._scope = scope

    def find(self, typed: Typed, limit: int) -> list[Continuation]:
        """The best phrases, those that take in the most of what was typed first."""
        found = list(self._long_forms(typed))
        for taken in range(_side_by_side(typed), 0, -1):
            tail = typed.words[-taken:]
            if sum(len(word.fold) for word in tail) >= FEWEST_LETTERS:
                found += self._going_on(typed, tail, typed.words[:-taken], limit)
            if len(found) >= ENOUGH:
                break
        return list(_different(found, typed))[:limit]

    def _going_on(
        self, typed: Typed, tail: Sequence[Token], head: Sequence[Token], limit: int
    ) -> list[Continuation]:
        begun = " ".join(word.fold for word in tail) + ("" if typed.open else " ")
        candidates = self._beginning_with(begun)
        fitting = {p: n for p, n in candidates.items() if not _conflicts(tail, p, typed)}
        chosen = _best(fitting or candidates, COUNTED)
        counted = {phrase: self._count(phrase, head) for phrase in chosen}
        counted = {phrase: count for phrase, count in counted.items() if count}
        before = (
            self._accented(typed.head(len(tail)), head) if counted and head else typed.head(len(tail))
        )
        return [Continuation(before, phrase.form, counted[phrase]) for phrase in _best(counted, limit)]

    def _beginning_with(self, begun: str) -> dict[Phrase, int]:
        """Phrases that begin so, with how many documents of a sample hold them."""
        level = phrases.LEVELS
        found = 0
        while level and found * phrases.SAMPLED <= WALKED:
            level -= 1
            found = len(self._keys(begun, level))
        return {phrases.read(key): n for key, n in self._keys(begun, level, self._scope.access)}

    def _keys(self, begun: str, level: int, within: Query | None = None) -> list[tuple[str, int]]:
        most = WALKED * phrases.SAMPLED
        return self._engine.terms("phrase", phrases.beginning(begun, level), most, within=within)

    def _count(self, phrase: Phrase, head: Iterable[Token] = ()) -> int:
        """How many documents hold the phrase and the words before it."""
        must: list[Query] = [port.Term("phrase", phrases.key(phrase))]
        must += [port.Term("body_fold", word.fold) for word in list(head)[-HEAD_WORDS:]]
        return self._total(port.Bool(must=tuple(must)))

    def _total(self, query: Query) -> int:
        return self._engine.search(self._scope.within(query), limit=0).total

    # ------------------------------------------------------------ abbreviations

    def _long_forms(self, typed: Typed) -> Iterator[Continuation]:
        """What the last word stands for, where it is an abbreviation ("antq")."""
        if not typed.words:
            return
        last, head = typed.words[-1], typed.words[:-1]
        written = typed.text[last.start : last.end]
        for meaning in dict.fromkeys(e.text for e in abbreviations.expand(written)):
            words = tokens(meaning)
            spelt_out = port.Phrase("body_syllable", tuple(word.form for word in words))
            others = tuple(port.Term("body_fold", word.fold) for word in head[-HEAD_WORDS:])
            if len(words) > 1 and (count := self._total(port.Bool(must=(spelt_out, *others)))):
                before = typed.head(1)
                yield Continuation(self._accented(before, head), meaning, count)

    # ------------------------------------------------------------ the words before

    def _accented(self, text: str, words: Sequence[Token]) -> str:
        """The text before a phrase with the accents its words have as phrases of the documents.

        Left as typed where it has accents, and where there is no such phrase: a query half with
        accents would be taken at its word.
        """
        if any(word.accented for word in words):
            return text
        pieces, position, at = [], 0, 0
        while at < len(words):
            form, taken = self._longest(words[at : at + phrases.MOST_WORDS])
            if form and not any(_gaps(text, words[at : at + taken])):
                pieces += [text[position : words[at].start], form]
                position = words[at + taken - 1].end
            at += taken
        return "".join([*pieces, text[position:]])

    def _longest(self, words: Sequence[Token]) -> tuple[str | None, int]:
        """The phrase that takes in the most of these words from the first on, and how many."""
        for taken in range(len(words), 1, -1):
            fold = " ".join(word.fold for word in words[:taken])
            forms = self._keys(f"{fold}=", 0, self._scope.access)
            if forms:
                return phrases.read(max(forms, key=lambda pair: pair[1])[0]).form, taken
        return None, 1


def _side_by_side(typed: Typed) -> int:
    """How many of the last words have only blanks and commas between them, and before them none
    of the signs that join ("12/KH"); no more than a phrase has syllables."""
    count = 0
    for gap in reversed(["", *_gaps(typed.text, typed.words)]):
        count += 1
        if gap:
            return count - 1 if gap in JOINING else count
        if count == phrases.SYLLABLES[-1]:
            break
    return min(count, len(typed.words))


def _gaps(text: str, words: Sequence[Token]) -> Iterator[str]:
    """What stands between the words beside blanks and commas."""
    for left, right in pairwise(words):
        yield text[left.end : right.start].strip(" ,")


def _different(found: Iterable[Continuation], typed: Typed) -> Iterator[Continuation]:
    """Each text once, none that is what was typed already, none that another one goes on from."""
    best: dict[str, Continuation] = {}
    for each in found:
        if each.text != typed.text.rstrip():
            best.setdefault(fold(each.text), each)
    for text, each in best.items():
        longer = (other.count for key, other in best.items() if key.startswith(text + " "))
        if max(longer, default=0) < FRAGMENT * each.count:
            yield each


def _conflicts(tail: Sequence[Token], phrase: Phrase, typed: Typed) -> int:
    forms = [token.form for token in tokens(phrase.form)]
    return conflicts(tail, forms, open_end=typed.open)


def _best(counts: dict[Phrase, int], limit: int) -> list[Phrase]:
    """The phrases worth showing, best first: held by many documents, and complete.

    Rated like terms by their C-value (Frantzi, Ananiadou): the more syllables and documents the
    better, without the documents where the phrase is a part of a longer one.
    """
    longer: dict[str, int] = {}
    commonest: dict[str, int] = {}
    for phrase, count in counts.items():
        words = phrase.fold.split()
        for end in range(1, len(words)):
            part = " ".join(words[:end])
            longer[part] = max(longer.get(part, 0), count)
        commonest[phrase.fold] = max(commonest.get(phrase.fold, 0), count)
    kept = [
        phrase
        for phrase, count in counts.items()
        if longer.get(phrase.fold, 0) < FRAGMENT * count
        if count >= RARE_ACCENTS * commonest[phrase.fold]
    ]

    def value(phrase: Phrase) -> float:
        alone = counts[phrase] - longer.get(phrase.fold, 0) / 2
        return log2(1 + len(phrase.fold.split())) * alone

    return sorted(kept, key=lambda phrase: (-value(phrase), phrase.form))[:limit]
