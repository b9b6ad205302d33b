"""From the tree the user wrote to the logical query an engine runs.

Matching and ranking are apart. What *matches*: most of the words, as syllables. A syllable with
accents matches its own form, and passages that were typed without accents; one without accents
matches every accent. What *ranks*: words, neighbouring pairs and the title, on top of the syllables.
The weights are those of the baseline in docs/ranking.md; change them by measurement.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from kb.engines.fields import day_number
from kb.engines.port import (
    AnyOf,
    Bool,
    Boost,
    Constant,
    DisMax,
    Nothing,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)
from kb.i18n import _
from kb.query import ast
from kb.query.expand import Part, expand, subject
from kb.query.planned import Lookups, Mark, Plan
from kb.query.variants import Expanded, either
from kb.results import Understood
from kb.vietnamese.analyser import Token, pairs, tokens, words
from kb.vietnamese.questions import is_question
from kb.vietnamese.symbols import find_typed, query_keys

WORD, SYLLABLE, PAIR = 1.0, 0.5, 0.5  # a query with accents
FOLD, FOLD_PAIR = 1.0, 1.0  # a query without
FOLD_FALLBACK = 0.05  # a syllable without accents in a query that has some, matched with other accents
TITLE = 0.3  # a match in the title, on top of the same match in the body
PHRASE = 2.0
PHRASE_FALLBACK = 0.2  # of PHRASE: the phrase with other accents or none
SYMBOL, CITES = 50.0, 10.0  # the document itself, the documents that name it


def plan(node: ast.Node | None, lookups: Lookups, *, loose: bool = False) -> Plan:
    """The logical query of a parsed tree.

    `loose`: one word is enough, where most had to match; phrases only rank, their words count
    as plain words.
    """
    planner = _Planner(lookups, loose)
    if node is not None:
        planner.plan.query = planner.node(node)
    return planner.plan


def date_filter(start: date | None, end: date | None) -> Query:
    """Documents dated between the days, or covering a period that meets them; ends included."""
    low = day_number(start) if start else None
    high = day_number(end) if end else None
    covers = Bool(filter=(Range("covers_from", None, high), Range("covers_to", low, None)))
    return Bool(should=(Range("date", low, high), covers), minimum=1)


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
    def __init__(self, lookups: Lookups, loose: bool) -> None:
        self.lookups = lookups
        self.loose = loose
        self.plan = Plan()
        self.negated = False

    def node(self, node: ast.Node) -> Query:
        """The query of one node; a lone node is a group of one."""
        if isinstance(node, ast.Group):
            return self._group(node.children)
        return self._group((node,))

    def _group(self, children: Sequence[ast.Node]) -> Query:
        soft = [child.text for child in children if isinstance(child, ast.Word) and not child.prefix]
        must: list[Query] = []
        should: list[Query] = []
        filters: list[Query] = []
        must_not: list[Query] = []
        for child in children:
            match child:
                case ast.Word(prefix=True):
                    must.append(self._prefix(child))
                case ast.Phrase() if self.loose and not self.negated:
                    should.append(self._phrase(child))
                    soft.extend(child.text.split())
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

    def _words(self, texts: Sequence[str], zones: Sequence[str]) -> Query:
        """Most of the words, ranked. `zones[0]` is where they must match."""
        zone = zones[0]
        texts, asked = subject(texts)
        text = " ".join(texts)
        parts = [(raw, found) for raw in texts if (found := tokens(raw))]
        if not parts:
            return Nothing()
        together = [token for _raw, found in parts for token in found]
        accented = any(token.accented for token in together)
        expanded = self._expand(parts, asked=asked)
        self._mark(together, expanded.exact)
        matches = self._matches(parts, expanded, zone, accented)
        self.plan.words = max(self.plan.words, len(matches))
        wanted = required(len(matches), question=is_question(together))
        body: Query = Bool(
            must=(Bool(should=matches, minimum=1 if self.loose else wanted),),
            should=(
                *self._ranking(text, zones, accented),
                *expanded.ranking(zones[1:], (SYLLABLE if accented else FOLD) * TITLE),
            ),
        )
        if zone == "body":
            body = self._or_symbols(body, texts, text)
        return body

    def _matches(
        self, parts: Sequence[Part], expanded: Expanded, zone: str, accented: bool
    ) -> tuple[Query, ...]:
        """What each different part matches, as typed or as the other form of an abbreviation."""
        worth = SYLLABLE if accented else FOLD
        own: dict[tuple[str, ...], Query] = {}
        others: defaultdict[tuple[str, ...], list[Query]] = defaultdict(list)
        position = 0
        for raw, found in parts:
            form = tuple(token.form for token in found)
            if form not in own:
                if len(found) > 1:
                    own[form] = self._glued(found, zone, raw)
                elif position in expanded.exact:
                    own[form] = Term(f"{zone}_syllable", form[0], worth)
                else:
                    own[form] = self._syllable(found[0], zone, accented)
            others[form].extend(expanded.beside(position, position + len(found), zone, worth))
            position += len(found)
        return tuple(either(query, others[form]) for form, query in own.items())

    def _or_symbols(self, body: Query, texts: Sequence[str], text: str) -> Query:
        """`body`, or a document whose symbol the words name, however loosely: "12 kh cat"."""
        if len(texts) == 1:  # signs that look like a symbol were told when they were matched
            named = [(text, text, query_keys(text))] if len(tokens(text)) == 1 else []
        else:
            named = [
                (text[typed.span.start : typed.span.end], typed.symbol.key, typed.keys)
                for typed in find_typed(text)
            ]
        symbols = []
        for written, key, keys in named:
            if keys:
                self._understood("symbol", written, key)
                symbols.append(_symbol(keys))
        return Bool(should=(body, *symbols), minimum=1) if symbols else body

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

    def _glued(self, found: Sequence[Token], zone: str, raw: str) -> Query:
        """Signs written as one word, "12/KH-CAT" or "04/8/2019": side by side, or a symbol."""
        side_by_side = Phrase(f"{zone}_fold", tuple(token.fold for token in found), PHRASE)
        keys = query_keys(raw)
        if not keys:
            return side_by_side
        self._understood("symbol", raw)
        return DisMax((side_by_side, _symbol(keys)))

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

    def _expand(self, parts: Sequence[Part], **options: bool) -> Expanded:
        """What else the tokens may be written as; tells it and has it marked."""
        expanded = expand(parts, self.lookups.abbreviations, **options)
        for short, meaning in expanded.told:
            self._understood("abbreviation", short, meaning)
        if not self.negated:
            self.plan.marks.extend(expanded.marks())
        return expanded

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
        accented = any(token.accented for token in found)
        expanded = self._expand([(raw, tokens(raw)) for raw in phrase.text.split()], quoted=True)
        self._mark(found, expanded.exact)
        return either(self._as_typed(found, zone, accented), expanded.phrases(found, zone, PHRASE))

    def _as_typed(self, found: Sequence[Token], zone: str, accented: bool) -> Query:
        """The tokens side by side."""
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

    def _fielded(self, node: ast.Fielded, must: list[Query], filters: list[Query]) -> Sequence[str]:
        """Adds the restriction; gives back the words of a value nobody knows."""
        if node.name == "title":
            if node.quoted:
                must.append(self._phrase(ast.Phrase(node.text, node.span), zone="title"))
            else:
                must.append(self._words(node.text.split(), ("title",)))
            return ()
        if node.name == "symbol":
            self._understood("symbol", node.text)
            filters.append(AnyOf("symbol", query_keys(node.text, number_alone=True) or (node.text,)))
            return ()
        ids: tuple[str, ...] = getattr(self.lookups, node.name)(node.text)
        if ids:
            self._understood(node.name, node.text, " ".join(ids))
            filters.append(AnyOf(node.name, ids))
            return ()
        self.plan.repairs.append(
            ast.Repair(
                f"unknown-{node.name}",
                _("Không biết “{text}”; tìm như từ thường.").format(text=node.text),
                node.span,
            )
        )
        return node.text.split()

    def _understood(self, kind: str, text: str, value: str | None = None) -> None:
        if not self.negated:
            self.plan.understood.append(Understood(kind, text, value or text))

    def _mark(self, found: Iterable[Token], exact: Collection[int] = ()) -> None:
        if not self.negated:
            self.plan.mark(found, exact)


def _symbol(keys: Sequence[str]) -> Query:
    """Documents with the symbol, the more exact spelling first, then those that cite it."""
    own = tuple(Term("symbol", key, SYMBOL / (1 + rank)) for rank, key in enumerate(keys))
    citing = tuple(Term("cites", key, CITES / (1 + rank)) for rank, key in enumerate(keys))
    return DisMax((*own, *citing))
