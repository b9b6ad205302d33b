"""Phrases that go on from the last words typed, or spell out an abbreviation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log2

from kb.engines import port
from kb.engines.port import Engine, Query
from kb.query.accents import restore
from kb.query.vocabulary import Vocabulary
from kb.suggest.scope import Scope
from kb.suggest.typed import Typed, conflicts
from kb.vietnamese import phrases
from kb.vietnamese.abbreviation_lookup import Lookup
from kb.vietnamese.analyser import Token, tokens
from kb.vietnamese.normalise import fold

WALKED = 200  # keys looked at for one beginning: walking one takes an engine some microseconds
# With so many letters a beginning is rare enough to start with this level.
LETTERS_OF_LEVEL = ((10, 1), (6, 2), (0, phrases.LEVELS - 1))
FEWEST_LETTERS = 2  # one letter begins everything
MOST_WORDS = 7  # of those typed, that a phrase may take in
ENOUGH = 3  # phrases; with fewer, those that take in fewer of the words typed are added
SHOWN = 8  # phrases of one beginning
CHECKED = 6  # phrases looked for beside the words before them
NAMED_KEYS = 8  # keys by which a phrase is looked for then
HEAD_WORDS = 6  # of the words before it, that must stand in the same document
JOINING = ("/", "-", ".", ":", "_")
# A phrase that goes on in this share of its documents is a fragment of the longer one.
FRAGMENT = 0.8
RARE_ACCENTS = 0.3  # of the most frequent form: others of the same letters are mostly typing errors


@dataclass(slots=True)
class Phrase:
    """A beginning of runs: how many documents were seen to have it, and by which keys."""

    form: str
    fold: str
    count: int = 0
    longer: int = 0  # documents where it goes on to the most frequent longer phrase
    keys: list[str] = field(default_factory=list)
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Continuation:
    """What to put into the box, and how many documents stand behind it; None: not counted."""

    text: str
    count: int | None


class PhraseFinder:
    """Looks phrases up for one principal."""

    def __init__(
        self, engine: Engine, scope: Scope, vocabulary: Vocabulary, abbreviations: Lookup
    ) -> None:
        self._engine = engine
        self._scope = scope
        self._vocabulary = vocabulary
        self._abbreviations = abbreviations
        self._checks = CHECKED

    def find(self, typed: Typed, limit: int) -> list[Continuation]:
        """The best phrases, those that take in the most of what was typed first."""
        found = list(self._long_forms(typed))
        for taken in range(min(_side_by_side(typed), MOST_WORDS), 0, -1):
            if sum(len(word.fold) for word in typed.words[-taken:]) >= FEWEST_LETTERS:
                found += self._going_on(typed, taken)
            if len(found) >= ENOUGH:
                break
        return list(_different(found, typed))[:limit]

    def _going_on(self, typed: Typed, taken: int) -> Iterator[Continuation]:
        """The phrases that begin with the last `taken` words."""
        tail, head = typed.words[-taken:], typed.words[:-taken]
        begun = " ".join(word.fold for word in tail) + ("" if typed.open else " ")
        keys, level = self._beginning_with(begun)
        if any(word.accented for word in tail):
            keys = [key for key in keys if _agrees(key[0], tail, open_end=typed.open)] or keys
        before = None
        for phrase in _best(list(_phrases(keys, len(begun))))[:SHOWN]:
            count: int | None = phrase.count if not level else None
            if head:
                count = self._beside(phrase, head)
                if not count:
                    continue
            if before is None:
                before = self._accented(typed.head(taken), head)
            yield Continuation(before + phrase.form, count)

    def _beginning_with(self, begun: str) -> tuple[list[tuple[str, int]], int]:
        """Keys of runs that begin so with how many documents have them, and the keys' level."""
        level = next(level for letters, level in LETTERS_OF_LEVEL if len(begun) >= letters)
        keys = self._keys(begun, level)
        while level and len(keys) * phrases.SAMPLED <= WALKED:
            level -= 1
            keys = self._keys(begun, level)
        if self._scope.access is not None:
            keys = self._keys(begun, level, self._scope.access)
        return keys, level

    def _keys(self, begun: str, level: int, within: Query | None = None) -> list[tuple[str, int]]:
        most = WALKED * phrases.SAMPLED
        return self._engine.terms("phrase", phrases.beginning(begun, level), most, within=within)

    def _beside(self, phrase: Phrase, head: Iterable[Token]) -> int:
        """About how many documents hold the phrase and the words before it; 0 for none, or where
        too many were asked for already."""
        if not self._checks:
            return 0
        self._checks -= 1
        # Its words in a title, and a few of its keys: the phrase may stand in a heading only.
        in_title = tuple(port.Term("title_fold", word) for word in phrase.fold.split())
        known = port.AnyOf("phrase", tuple(phrase.keys[:NAMED_KEYS]))
        holding = port.Bool(should=(port.Bool(filter=in_title), known), minimum=1)
        return self._total(port.Bool(filter=(holding, *_words(head))))

    def _total(self, query: Query) -> int:
        return self._engine.search(self._scope.within(query), limit=0).total

    # ------------------------------------------------------------ abbreviations

    def _long_forms(self, typed: Typed) -> Iterator[Continuation]:
        """What the last word stands for, where it is an abbreviation ("antq")."""
        if not (typed.words and _side_by_side(typed)):
            return
        last, head = typed.words[-1], typed.words[:-1]
        written = typed.text[last.start : last.end]
        for meaning in dict.fromkeys(each.expansion for each in self._abbreviations.meanings(written)):
            words = tokens(meaning)
            spelt_out = port.Phrase("body_syllable", tuple(word.form for word in words))
            count = self._total(port.Bool(filter=(spelt_out, *_words(head)))) if len(words) > 1 else 0
            if count:
                yield Continuation(self._accented(typed.head(1), head) + meaning, count)

    # ------------------------------------------------------------ the words before

    def _accented(self, text: str, words: Sequence[Token]) -> str:
        """The text before a phrase with the accents its words probably have.

        Left as typed where it has any: a query half with accents would be taken at its word.
        """
        if any(word.accented for word in words):
            return text
        pieces, position = [], 0
        for word, chances in zip(
            words, restore([w.fold for w in words], self._vocabulary), strict=True
        ):
            likeliest = next(iter(chances))
            if likeliest != word.fold:
                pieces += [text[position : word.start], likeliest]
                position = word.end
        return "".join([*pieces, text[position:]])


def _words(head: Iterable[Token]) -> tuple[Query, ...]:
    return tuple(port.Term("body_fold", word.fold) for word in list(head)[-HEAD_WORDS:])


def _side_by_side(typed: Typed) -> int:
    """How many of the last words have only blanks and commas between them, and before them none
    of the signs that join ("12/KH")."""
    for count, gap in enumerate(reversed([*_gaps(typed.text, typed.words)]), 1):
        if gap:
            return count - 1 if gap in JOINING else count
    return len(typed.words)


def _gaps(text: str, words: Sequence[Token]) -> Iterator[str]:
    """What stands between the words beside blanks and commas."""
    for left, right in pairwise(words):
        yield text[left.end : right.start].strip(" ,")


def _agrees(key: str, tail: Sequence[Token], *, open_end: bool) -> bool:
    forms = " ".join(phrases.read(key)).replace("_", " ").split(" ")
    return not conflicts(tail, forms, open_end=open_end)


def _phrases(keys: Iterable[tuple[str, int]], begun: int) -> Iterator[Phrase]:
    """The phrases longer than the `begun` characters that runs with these keys begin with."""
    found: dict[str, Phrase] = {}
    for key, count in keys:
        words = phrases.read(key)
        length, inner = -1, None
        for number, word in enumerate(words, 1):
            length += len(word) + 1
            if (
                length < begun
                or (number == 1 and "_" not in word)
                or not phrases.may_end(words[:number])
            ):
                continue
            form = " ".join(words[:number]).replace("_", " ")
            phrase = found.get(form)
            if phrase is None:
                phrase = found[form] = Phrase(form, key[1 : length + 1])
            phrase.count += count
            phrase.keys.append(key)
            if inner is not None:
                inner.longer = max(inner.longer, phrase.count)
            inner = phrase
    yield from found.values()


def _best(found: Sequence[Phrase]) -> list[Phrase]:
    """The phrases worth showing, best first: held by many documents, and complete.

    Rated like terms by their C-value (Frantzi, Ananiadou): the more syllables and documents the
    better, less so where the phrase is mostly a part of a longer one.
    """
    commonest: dict[str, int] = {}
    for phrase in found:
        commonest[phrase.fold] = max(commonest.get(phrase.fold, 0), phrase.count)
        phrase.value = log2(1 + phrase.form.count(" ")) * (phrase.count - phrase.longer / 2)
    kept = [
        phrase
        for phrase in found
        if phrase.longer < FRAGMENT * phrase.count
        and phrase.count >= RARE_ACCENTS * commonest[phrase.fold]
    ]
    return sorted(kept, key=lambda phrase: (-phrase.value, phrase.form))


def _different(found: Iterable[Continuation], typed: Typed) -> Iterator[Continuation]:
    """Each text once, none that is what was typed already, none that another one goes on from."""
    best: dict[str, Continuation] = {}
    for each in found:
        if each.text != typed.text.rstrip():
            best.setdefault(fold(each.text), each)
    for text, each in best.items():
        longer = (other.count or 0 for key, other in best.items() if key.startswith(text + " "))
        if max(longer, default=0) < FRAGMENT * (each.count or 1):
            yield each
