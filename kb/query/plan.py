"""From the tree the user wrote to the logical query an engine runs.

Matching and ranking are apart. What *matches*: most of the words, as syllables. A syllable with
accents matches its own form, and passages that were typed without accents; one without accents
matches every accent. What *ranks*: words, neighbouring pairs and the title, on top of the syllables.
The weights are those of the baseline in docs/ranking.md; change them by measurement.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from kb.engines.port import AnyOf, Bool, Boost, Constant, DisMax, Nothing, Phrase, Prefix, Query, Term
from kb.i18n import _
from kb.query import ast
from kb.query.planned import Lookups, Mark, Plan
from kb.query.understanding.clauses import date_filter
from kb.query.understanding.recognised import Recognised, overlaps
from kb.results import Understood
from kb.vietnamese import kinds, topics, units
from kb.vietnamese.analyser import Token, pairs, tokens, words
from kb.vietnamese.questions import is_question
from kb.vietnamese.symbols import query_keys

WORD, SYLLABLE, PAIR = 1.0, 0.5, 0.5  # a query with accents
FOLD, FOLD_PAIR = 1.0, 1.0  # a query without
FOLD_FALLBACK = 0.05  # a syllable without accents in a query that has some, matched with other accents
TITLE = 0.3  # a match in the title, on top of the same match in the body
PHRASE = 2.0
PHRASE_FALLBACK = 0.2  # of PHRASE: the phrase with other accents or none

_LABELS: dict[str, Callable[[str], str]] = {
    "kind": kinds.label,
    "unit": units.label,
    "topic": topics.label,
}


def plan(
    node: ast.Node | None,
    lookups: Lookups,
    recognised: Sequence[Recognised] = (),
    *,
    loose: bool = False,
) -> Plan:
    """The logical query of a parsed tree, with what was recognised in its plain words.

    `loose`: one word is enough, where most had to match; phrases only rank, their words count
    as plain words.
    """
    planner = _Planner(lookups, recognised, loose)
    if node is not None:
        planner.plan.query = planner.node(node)
    return planner.plan


def required(count: int, *, question: bool = False) -> int:
    """How many of `count` different words have to match.

    All of a few; most of some; at least half of more, up to six; of a long question, whose words
    are mostly grammar, about the square root.
    """
    if count <= 3:
        return count
    if count <= 5:
        return count - 1
    if count <= 7:
        return math.ceil(count * 0.6)
    root = math.ceil(math.sqrt(count))
    return max(4, root) if question else min(math.ceil(count / 2), max(6, root))


class _Planner:
    def __init__(self, lookups: Lookups, recognised: Sequence[Recognised], loose: bool) -> None:
        self.lookups = lookups
        self.recognised = recognised
        self.loose = loose
        self.plan = Plan()
        self.negated = False

    def node(self, node: ast.Node) -> Query:
        """The query of one node; a lone node is a group of one."""
        if isinstance(node, ast.Group):
            return self._group(node.children)
        return self._group((node,))

    def _group(self, children: Sequence[ast.Node]) -> Query:
        soft = [child for child in children if isinstance(child, ast.Word) and not child.prefix]
        must: list[Query] = []
        should: list[Query] = []
        filters: list[Query] = []
        must_not: list[Query] = []
        for child in children:
            match child:
                case ast.Word(prefix=True):
                    must.append(self._prefix(child))
                case ast.Phrase() if self.loose and not self.negated and not query_keys(child.text):
                    should.append(self._phrase(child))
                    soft.extend(_as_words(child))
                case ast.Phrase():
                    must.append(self._phrase(child))
                case ast.Fielded():
                    soft.extend(self._fielded(child, must, filters))
                case ast.Dates():
                    self._understood("date", str(child).removeprefix("date:"))
                    filters.append(date_filter(child.start, child.end))
                case ast.Not():
                    must_not.append(self._not(child))
                case ast.Or():
                    alternatives = tuple(self.node(option) for option in child.children)
                    must.append(Bool(should=alternatives, minimum=1))
                case ast.Group():
                    must.append(self._group(child.children))
        if soft:
            must.append(self._words(soft, ("body", "title")))
        return Bool(
            must=tuple(must), should=tuple(should), filter=tuple(filters), must_not=tuple(must_not)
        )

    # ------------------------------------------------------------ words

    def _words(self, words: Sequence[ast.Word], zones: Sequence[str]) -> Query:
        """Most of the words, ranked. `zones[0]` is where they must match."""
        zone = zones[0]
        text = " ".join(word.text for word in words)
        parts = [(word, found) for word in words if (found := tokens(word.text))]
        if not parts:
            return Nothing()
        together = [token for _word, found in parts for token in found]
        self._mark(together)
        accented = any(token.accented for token in together)
        distinct: dict[tuple[str, ...], tuple[list[Token], list[ast.Word]]] = {}
        for word, found in parts:
            distinct.setdefault(tuple(t.form for t in found), (found, []))[1].append(word)
        spans = [word.span for word in words]
        named = (
            [each for each in self.recognised if overlaps(each.span, spans)] if zone == "body" else []
        )
        matches = tuple(
            _or_named(
                self._syllable(found[0], zone, accented)
                if len(found) == 1
                else self._glued(found, zone),
                same,
                named,
            )
            for found, same in distinct.values()
        )
        self.plan.words = max(self.plan.words, len(matches))
        wanted = required(len(matches), question=is_question(together))
        ranks = (each.ranks for each in named if each.ranks is not None)
        body = Bool(
            must=(Bool(should=matches, minimum=1 if self.loose else wanted),),
            should=(*self._ranking(text, zones, accented), *ranks),
        )
        alone = tuple(each.alone for each in named if each.alone is not None)
        return Bool(should=(body, *alone), minimum=1) if alone else body

    def _syllable(self, token: Token, zone: str, accented: bool) -> Query:
        """One syllable of the query: what it matches and what that is worth."""
        exact = Term(f"{zone}_syllable", token.form, SYLLABLE)
        if token.accented:
            if zone != "body":
                return exact
            return Bool(should=(exact, Constant(Term("bare", token.fold), 0.0)), minimum=1)
        if accented:
            return DisMax((exact, Term(f"{zone}_fold", token.fold, FOLD_FALLBACK)))
        return Term(f"{zone}_fold", token.fold, FOLD)

    def _glued(self, found: Sequence[Token], zone: str) -> Query:
        """Signs written as one word, "12/KH-CAT" or "04/8/2019": side by side."""
        return Phrase(f"{zone}_fold", tuple(token.fold for token in found), PHRASE)

    def _ranking(self, text: str, zones: Sequence[str], accented: bool) -> Iterable[Query]:
        found = tokens(text)
        neighbours = tuple(dict.fromkeys(pairs(text, found)))
        segmented = tuple(dict.fromkeys(words(text, found))) if accented else ()
        for zone in zones:
            weight = 1.0 if zone == zones[0] else TITLE
            for word in segmented:
                yield Term(f"{zone}_word", word, WORD * weight)
            for pair in neighbours:
                yield Term(f"{zone}_pair", pair, (PAIR if accented else FOLD_PAIR) * weight)
            if zone == zones[0]:
                continue  # its syllables are scored where they match
            for token in {t.form: t for t in found}.values():
                if accented:
                    yield Term(f"{zone}_syllable", token.form, SYLLABLE * weight)
                else:
                    yield Term(f"{zone}_fold", token.fold, FOLD * weight)

    # ------------------------------------------------------------ the rest

    def _prefix(self, word: ast.Word) -> Query:
        found = tokens(word.text)
        if not found:
            return Nothing()
        *before, last = found
        self._mark(before)
        if not self.negated:
            self.plan.marks.append(Mark(last.form, last.fold, not last.accented, prefix=True))
            self.plan.has_words = True
        stream = "syllable" if last.accented else "fold"
        value = last.form if last.accented else last.fold
        prefix = Prefix(f"body_{stream}", value)
        if not before:
            return prefix
        phrase = Phrase("body_fold", tuple(token.fold for token in before))
        return Bool(must=(phrase if len(before) > 1 else Term("body_fold", before[0].fold), prefix))

    def _phrase(self, phrase: ast.Phrase, zone: str = "body") -> Query:
        found = tokens(phrase.text)
        if not found:
            return Nothing()
        self._mark(found)
        accented = any(token.accented for token in found)
        if len(found) == 1:
            return self._syllable(found[0], zone, accented)
        folded = Phrase(f"{zone}_fold", tuple(token.fold for token in found), PHRASE)
        if not accented:
            return folded
        exact = Phrase(f"{zone}_syllable", tuple(token.form for token in found), PHRASE)
        if len(found) < 3:
            return exact  # two folded syllables are too many different words
        return DisMax((exact, Boost(folded, PHRASE_FALLBACK)))

    def _not(self, node: ast.Not) -> Query:
        # Only an outermost minus is told here: what it takes away is not marked in passages.
        before, self.negated = self.negated, True
        query = self.node(node.child)
        self.negated = before
        return query

    def _fielded(
        self, node: ast.Fielded, must: list[Query], filters: list[Query]
    ) -> Sequence[ast.Word]:
        """Adds the restriction; gives back the words of a value nobody knows."""
        if node.name == "title":
            if node.quoted:
                must.append(self._phrase(ast.Phrase(node.text, node.span), zone="title"))
            else:
                must.append(self._words(_as_words(node), ("title",)))
            return ()
        if node.name == "symbol":
            self._understood("symbol", node.text)
            filters.append(AnyOf("symbol", query_keys(node.text, number_alone=True) or (node.text,)))
            return ()
        ids: tuple[str, ...] = getattr(self.lookups, node.name)(node.text)
        if ids:
            label = ", ".join(map(_LABELS[node.name], ids[:3]))
            self._understood(node.name, node.text, " ".join(ids), label)
            if node.name == "unit":
                ids = tuple(dict.fromkeys(same for unit in ids for same in units.scope(unit)))
            filters.append(AnyOf(node.name, ids))
            return ()
        self.plan.repairs.append(
            ast.Repair(
                f"unknown-{node.name}",
                _("Không biết “{text}”; tìm như từ thường.").format(text=node.text),
                node.span,
            )
        )
        return _as_words(node)

    def _understood(self, kind: str, text: str, value: str | None = None, label: str = "") -> None:
        if not self.negated:
            self.plan.understood.append(Understood(kind, text, value or text, label))

    def _mark(self, found: Iterable[Token]) -> None:
        if self.negated:
            return
        for token in found:
            self.plan.has_words = True
            self.plan.marks.append(Mark(token.form, token.fold, not token.accented))


def _as_words(node: ast.Phrase | ast.Fielded) -> list[ast.Word]:
    return [ast.Word(text, node.span) for text in node.text.split()]


def _or_named(match: Query, words: Sequence[ast.Word], named: Sequence[Recognised]) -> Query:
    """What a word matches, or a document that has what the word helps to name, wherever it stands."""
    conditions = []
    for word in words:
        of_word = [
            each.stands_for for each in named if each.stands_for and overlaps(each.span, [word.span])
        ]
        if not of_word:
            return match  # here it stands for itself
        conditions += of_word
    instead = tuple(Constant(condition, 0.0) for condition in dict.fromkeys(conditions))
    return Bool(should=(match, *instead), minimum=1)
