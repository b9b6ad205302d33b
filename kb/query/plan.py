"""From the tree the user wrote to the logical query an engine runs.

Matching and ranking are apart. What *matches*: most of the words, as syllables. A syllable with
accents matches its own form, and passages that were typed without accents; one without accents
matches every accent. What *ranks* on top of the syllables is kb.query.ranking's; how many words must
match is kb.query.matching's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from kb.engines.port import AnyOf, Bool, Boost, Constant, DisMax, Nothing, Phrase, Prefix, Query, Term
from kb.i18n import _
from kb.query import ast
from kb.query.answers import answers
from kb.query.expand import Part, expand, subject
from kb.query.matching import common, required
from kb.query.planned import Lookups, Mark, Plan
from kb.query.ranking import Reading, ranking, read, written
from kb.query.understanding.clauses import date_filter
from kb.query.understanding.recognised import Recognised, nothing_but, overlaps
from kb.query.variants import Expanded, either
from kb.query.weights import DEFAULT, Weights
from kb.results import Understood
from kb.vietnamese import kinds, topics, units
from kb.vietnamese.analyser import Token, tokens
from kb.vietnamese.questions import is_question, unneeded
from kb.vietnamese.symbols import query_keys

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
    source: str = "",
    loose: bool = False,
    weights: Weights = DEFAULT,
) -> Plan:
    """The logical query of a parsed tree, with what was recognised in its plain words.

    `source`: the text that the spans of the tree point into.
    `loose`: one word is enough, where most had to match; phrases only rank, their words count
    as plain words.
    """
    planner = _Planner(lookups, recognised, source, loose, weights)
    if node is not None:
        planner.plan.query = planner.node(node)
    return planner.plan


class _Planner:
    def __init__(
        self,
        lookups: Lookups,
        recognised: Sequence[Recognised],
        source: str,
        loose: bool,
        weights: Weights,
    ) -> None:
        self.lookups = lookups
        self.source = source
        self.weights = weights
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
            must.append(self._words(soft, ("body", "title", "lead")))
        return Bool(
            must=tuple(must), should=tuple(should), filter=tuple(filters), must_not=tuple(must_not)
        )

    # ------------------------------------------------------------ words

    def _words(self, words: Sequence[ast.Word], zones: Sequence[str]) -> Query:
        """Most of the words, ranked. `zones[0]` is where they must match."""
        zone = zones[0]
        words, asked = subject(words)
        text = written(words, self.source)
        parts = [(word, found) for word in words if (found := tokens(word.text))]
        if not parts:
            return Nothing()
        together = [token for _word, found in parts for token in found]
        reading = read(text, self.lookups.accents)
        spans = [word.span for word in words]
        named = (
            [each for each in self.recognised if overlaps(each.span, spans)] if zone == "body" else []
        )
        expanded = self._expand([(word.text, found) for word, found in parts], named, asked=asked)
        self._mark(together, expanded.exact)
        if not self.loose and (only := nothing_but(named, spans)) is not None:
            return only
        worth = self._worth(reading)
        distinct: dict[tuple[str, ...], tuple[Query, list[ast.Word], list[Query]]] = {}
        aside, needed = unneeded(together), set()
        position = 0
        for word, found in parts:
            form = tuple(token.form for token in found)
            if not aside.issuperset(range(position, position + len(found))):
                needed.add(form)
            if form not in distinct:
                distinct[form] = (self._part(found, zone, reading, position in expanded.exact), [], [])
            _own, same, others = distinct[form]
            same.append(word)
            others.extend(expanded.beside(position, position + len(found), zone, worth))
            position += len(found)
        asking = frozenset(distinct).difference(needed) if needed else frozenset()
        counted = [form for form in distinct if form not in asking]
        self.plan.words = max(self.plan.words, len(counted))
        field = f"{zone}_syllable" if reading.accented else f"{zone}_fold"
        frequent = common(counted, lambda token: self.lookups.share(field, token))
        ranks_only = asking.union(frequent)
        matches = tuple(
            _or_named(either(own, others), same, named)
            for form, (own, same, others) in distinct.items()
            if form not in ranks_only
        )
        wanted = required(len(counted), common=len(frequent), question=is_question(together))
        ranks = (each.ranks for each in named if each.ranks is not None)
        body = Bool(
            must=(Bool(should=matches, minimum=1 if self.loose else wanted),),
            should=(
                *(own for form, (own, _same, _others) in distinct.items() if form in ranks_only),
                *ranking(reading, zones, self.weights),
                *expanded.ranking(
                    [zone for zone in zones[1:] if zone == "title"], self.weights.title.syllable
                ),
                *ranks,
                *(answers(together) if zone == "body" else ()),
            ),
        )
        alone = tuple(each.alone for each in named if each.alone is not None)
        return Bool(should=(body, *alone), minimum=1) if alone else body

    def _part(self, found: Sequence[Token], zone: str, reading: Reading, exact: bool) -> Query:
        """One part of the query as typed; `exact`: an abbreviation that is a word with accents."""
        if len(found) > 1:
            return self._glued(found, zone)
        if exact:
            return Term(f"{zone}_syllable", found[0].form, self._worth(reading))
        return self._syllable(found[0], zone, reading)

    def _syllable(self, token: Token, zone: str, reading: Reading) -> Query:
        """One syllable of the query: what it matches and what that is worth."""
        factor = reading.factor(token.form, self.weights)
        exact = Term(f"{zone}_syllable", token.form, self.weights.body.syllable * factor)
        if token.accented:
            if zone != "body":
                return exact
            return Bool(should=(exact, Constant(Term("bare", token.fold), 0.0)), minimum=1)
        if reading.accented:
            return Bool(
                should=(exact, Term(f"{zone}_fold", token.fold, self.weights.fold_typed)), minimum=1
            )
        return Term(f"{zone}_fold", token.fold, self._worth(reading) * factor)

    def _worth(self, reading: Reading) -> float:
        """What one of the syllables as typed is worth."""
        if reading.accented:
            return self.weights.body.syllable
        return self.weights.fold_restored if reading.restored else self.weights.fold_only

    def _glued(self, found: Sequence[Token], zone: str) -> Query:
        """Signs written as one word, "12/KH-CAT" or "04/8/2019": side by side."""
        return Phrase(f"{zone}_fold", tuple(token.fold for token in found), self.weights.phrase)

    def _expand(
        self, parts: Sequence[Part], named: Sequence[Recognised] = (), **options: bool
    ) -> Expanded:
        """What else the tokens may be written as; marks it, and tells what is no part of a name."""
        expanded = expand(parts, self.lookups.abbreviations, **options)
        for short, meaning in expanded.told:
            if not any(short in each.told.text for each in named):
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
        expanded = self._expand([(raw, tokens(raw)) for raw in phrase.text.split()], quoted=True)
        self._mark(found, expanded.exact)
        others = expanded.phrases(found, zone, self.weights.phrase)
        return either(self._as_typed(phrase.text, found, zone), others)

    def _as_typed(self, text: str, found: Sequence[Token], zone: str) -> Query:
        """The tokens side by side."""
        if len(found) == 1:
            return self._syllable(found[0], zone, read(text, self.lookups.accents))
        accented = any(token.accented for token in found)
        folded = Phrase(f"{zone}_fold", tuple(token.fold for token in found), self.weights.phrase)
        if not accented:
            return folded
        exact = Phrase(f"{zone}_syllable", tuple(token.form for token in found), self.weights.phrase)
        if len(found) < 3:
            return exact  # two folded syllables are too many different words
        return DisMax((exact, Boost(folded, self.weights.phrase_folded)))

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

    def _mark(self, found: Iterable[Token], exact: Collection[int] = ()) -> None:
        """Have the tokens marked; those numbered in `exact` only as they are written."""
        if self.negated:
            return
        for number, token in enumerate(found):
            self.plan.has_words = True
            any_accent = not token.accented and number not in exact
            self.plan.marks.append(Mark(token.form, token.fold, any_accent))


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
