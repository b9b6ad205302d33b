"""From the port's logical query to tantivy's queries, node by node."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import tantivy
from tantivy import Occur

from kb.engines import port
from kb.engines.fields import BY_NAME, ID_FIELD
from kb.engines.semantics import is_empty, required_should

Native = tantivy.Query


def everything() -> Native:
    """All documents, score 1."""
    return Native.all_query()


def both(schema: tantivy.Schema, field: str, token: str, query: Native) -> Native:
    """The documents of `query` with the token."""
    term = Native.term_query(schema, field, token, "basic")
    return Native.boolean_query([(Occur.Must, term), (Occur.Must, query)])


def on_day(schema: tantivy.Schema, query: Native, field: str, value: int | None) -> Native:
    """The documents of `query` whose int field holds `value`; None: those without the field."""
    if value is None:
        return Native.boolean_query([(Occur.Must, query), (Occur.MustNot, Native.exists_query(field))])
    return Native.boolean_query(
        [(Occur.Must, query), (Occur.Must, _range(schema, field, value, value))]
    )


class Translator:
    """Translates queries for one snapshot of an index.

    `terms` gives all tokens of a field with a prefix, in token order, with document counts.
    """

    def __init__(
        self, schema: tantivy.Schema, terms: Callable[[str, str], Sequence[tuple[str, int]]]
    ) -> None:
        self._schema = schema
        self._terms = terms

    def translate(self, query: port.Query) -> Native:
        """The tantivy query for `query`, whose fields have been checked."""
        match query:
            case port.All():
                # Inside other queries tantivy drops the score of a plain all_query.
                return Native.const_score_query(everything(), 1.0)
            case port.Nothing():
                return Native.empty_query()
            case port.Term():
                return self._term(query)
            case port.AnyOf():
                return Native.const_score_query(self._any_of(query.field, query.tokens), 1.0)
            case port.Ids():
                return Native.const_score_query(self._any_of(ID_FIELD, query.ids), 1.0)
            case port.Phrase():
                return self._phrase(query)
            case port.Prefix():
                return self._prefix(query)
            case port.Range():
                return self._range(query)
            case port.Bool():
                return self._bool(query)
            case port.DisMax():
                children = [self.translate(child) for child in query.children]
                return Native.disjunction_max_query(children, float(query.tie))
            case port.Boost():
                return Native.boost_query(self.translate(query.child), query.factor)
            case port.Constant():
                return Native.const_score_query(self.translate(query.child), query.score)

    def _term(self, query: port.Term) -> Native:
        if BY_NAME[query.field].kind == "keyword":
            term = Native.term_query(self._schema, query.field, query.token, "basic")
            return Native.const_score_query(term, query.boost)
        term = Native.term_query(self._schema, query.field, query.token, "freq")
        return _boosted(term, query.boost)

    def _any_of(self, field: str, tokens: Sequence[str]) -> Native:
        if len(tokens) == 1:  # a set of one costs five times as much as the term
            return Native.term_query(self._schema, field, tokens[0], "basic")
        return Native.term_set_query(self._schema, field, tokens)

    def _phrase(self, query: port.Phrase) -> Native:
        if not query.tokens:
            return Native.empty_query()
        if len(query.tokens) == 1:
            return self._term(port.Term(query.field, query.tokens[0], query.boost))
        phrase = Native.phrase_query(self._schema, query.field, list(query.tokens))
        return _boosted(phrase, query.boost)

    def _prefix(self, query: port.Prefix) -> Native:
        terms = self._terms(query.field, query.prefix)[: query.limit]
        matching = self._any_of(query.field, [token for token, _count in terms])
        return Native.const_score_query(matching, query.boost)

    def _range(self, query: port.Range) -> Native:
        return Native.const_score_query(_range(self._schema, query.field, query.low, query.high), 1.0)

    def _bool(self, query: port.Bool) -> Native:
        needed = required_should(query)
        if is_empty(query) or needed > len(query.should):
            return Native.empty_query()
        clauses = [(Occur.Must, self.translate(child)) for child in query.must]
        clauses += [(Occur.Must, _unscored(self.translate(child))) for child in query.filter]
        clauses += [(Occur.Should, self.translate(child)) for child in query.should]
        if not clauses:  # only must_not: tantivy would find nothing
            clauses.append((Occur.Must, _unscored(everything())))
        clauses += [(Occur.MustNot, self.translate(child)) for child in query.must_not]
        return Native.boolean_query(clauses, minimum_number_should_match=needed)


def _boosted(query: Native, boost: float) -> Native:
    return query if boost == 1.0 else Native.boost_query(query, boost)


def _unscored(query: Native) -> Native:
    return Native.const_score_query(query, 0.0)


def _range(schema: tantivy.Schema, field: str, low: int | None, high: int | None) -> Native:
    if low is None and high is None:
        return Native.exists_query(field)
    if low is not None and high is not None and low > high:
        return Native.empty_query()
    return Native.range_query(schema, field, tantivy.FieldType.Integer, low, high)
