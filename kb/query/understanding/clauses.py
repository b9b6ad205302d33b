"""What the recognised is worth, and the conditions it stands for.

The weights are to be seen beside BM25: a word of the query that a document holds is worth about 4 to
15 there, with its pairs and its place in title and lead. They are chosen on corpus/ (docs/ranking.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from functools import lru_cache

from kb.engines.fields import day_number
from kb.engines.port import AnyOf, Bool, Constant, DisMax, Nothing, Phrase, Query, Range, Term
from kb.relations.validity import EXPIRED, IN_FORCE, PARTLY
from kb.vietnamese import places, units
from kb.vietnamese.analyser import tokens
from kb.vietnamese.unit_ids import province_id
from kb.vietnamese.unit_lineage import take_over

KIND, RELATED_KIND = 9.0, 4.0
UNIT, PLACE, PLACE_NAMED, BODY = 22.0, 22.0, 6.0, 5.0  # BODY: "UBND" of anywhere
TOPIC = 5.0

STATE = 20.0  # whoever asks for what is in force has no use for what is not
PERSON, PERSON_FOLDED = 16.0, 8.0
PERIOD, REPORT_PERIOD = 14.0, 22.0  # what "6 tháng đầu năm 2020" says, a date of issue does not
ENDED = 6.0  # what no longer holds sinks so far
IN_QUESTION = 0.3  # a question mentions units and laws that its answer need not come from
# Shares of these: the very period is covered; one inside it; one that meets it; issued in it.
EXACT, INSIDE, MEETS, ISSUED = 1.0, 0.85, 0.65, 0.55
RECENT = 0.4  # of the last two years, half of it of the last five: only tells equals apart
NEWEST, NEWEST_YEARS = 6.0, 40  # where nothing else tells the documents apart
SYMBOL, CITES = 50.0, 10.0  # the document itself, the documents that name it
LESS_EXACT = 4.0  # how much less a spelling that leaves something open is worth than the one before
IN_TITLE = 5.0  # on top of CITES
TOGETHER = 15.0  # on top of each: all that was named in one document
PREDECESSOR = 0.75  # share of UNIT for the unit under an earlier or later name

RULE_OF_LAW, RULE, RULE_IN_PLAN = 8.0, 7.0, 6.5  # to who asks how things are to be done
GUIDE = 3.0  # to who names a subject
LAWS = ("hien-phap", "luat", "phap-lenh", "nghi-dinh", "thong-tu", "thong-tu-lien-tich")
GUIDES = ("chi-thi", "nghi-quyet", "ket-luan", "huong-dan", "quy-dinh", "quy-che", "cong-van")
NOTICES = ("thong-bao",)
PLANS = ("ke-hoach", "chuong-trinh", "de-an", "phuong-an")

_YEAR = timedelta(days=365)
_LATE = timedelta(days=60)  # a report may be issued so long after its period
_NO_LONGER = (AnyOf("validity", (EXPIRED,)),)


def kind(ids: Sequence[str]) -> tuple[Query, Query]:
    """(ranks, stands for): the first kind named, the others related to it."""
    own = Constant(AnyOf("kind", (ids[0],)), KIND)
    if len(ids) == 1:
        return own, AnyOf("kind", tuple(ids))
    related = Constant(AnyOf("kind", tuple(ids[1:])), RELATED_KIND)
    return DisMax((own, related)), AnyOf("kind", tuple(ids))


def place(unit_id: str, written: str) -> tuple[Query, Query]:
    """(ranks, stands for): units of a place; what only names it counts as well."""
    of_units, named = of_unit(unit_id), _named(written)
    ranks = DisMax((Constant(of_units, PLACE), Constant(named, PLACE_NAMED)))
    return ranks, Bool(should=(of_units, named), minimum=1)


def of_unit(unit_id: str) -> Query:
    """Documents of the unit, under all its names."""
    return AnyOf("unit", units.scope(unit_id))


def of_place(unit_id: str, written: str) -> Query:
    """Documents of a place: of its units, or that name it and are of no other province."""
    here = Bool(filter=(_named(written),), must_not=(_elsewhere(unit_id),))
    return Bool(should=(of_unit(unit_id), here), minimum=1)


@lru_cache(maxsize=1024)
def _elsewhere(unit_id: str) -> Query:
    """Documents of the other provinces."""
    others = set(map(province_id, places.provinces())) - set(units.scope(unit_id))
    return AnyOf("unit", tuple(sorted(others)))


def _named(written: str) -> Query:
    """Documents with the name in the text, with its accents if it was typed with some."""
    found = tokens(written)
    if any(token.accented for token in found):
        return _side_by_side("body_syllable", tuple(token.form for token in found))
    return _side_by_side("body_fold", tuple(token.fold for token in found))


def unit(unit_id: str) -> tuple[Query, Query]:
    """(ranks, stands for): the unit under all its names, and who does its work today."""
    own = of_unit(unit_id)
    weight = BODY if unit_id.startswith("nhom-") else UNIT
    other = take_over(unit_id)
    if other is None:
        return Constant(own, weight), own
    since = Range("date", day_number(other.since), None)
    taken = Bool(filter=(AnyOf("unit", (other.unit,)), AnyOf("topic", (other.topic,)), since))
    ranks = DisMax((Constant(own, weight), Constant(taken, BODY)))
    return ranks, Bool(should=(own, taken), minimum=1)


def unit_only(unit_id: str, names: Sequence[str], today: date) -> Query:
    """What a query finds that is nothing but a unit: its documents, those of its other codes and of
    what was merged into it, of who does its work, and those that mention it; newer ones first."""
    ranks, _stands_for = unit(unit_id)
    own = Constant(AnyOf("unit", (unit_id,)), UNIT / PREDECESSOR)
    phrases = dict.fromkeys(tuple(token.fold for token in tokens(name)) for name in names)
    mentions = DisMax(tuple(_side_by_side("body_fold", each) for each in phrases if each))
    found = Bool(should=(DisMax((own, ranks)), mentions), minimum=1)
    return Bool(must=(found,), should=(newest(today),))


def _side_by_side(field: str, words: tuple[str, ...]) -> Query:
    return Phrase(field, words) if len(words) > 1 else Term(field, words[0])


def state(state_id: str) -> tuple[Query, Query]:
    """(ranks, stands for): documents in a state of validity; a law repealed in part is in force too."""
    states = (state_id, PARTLY) if state_id == IN_FORCE else (state_id,)
    found = AnyOf("validity", states)
    return Constant(found, STATE), found


def sinking(query: Query, named: AbstractSet[str]) -> Query:
    """The query with what no longer holds further down, unless a symbol or a state is asked for."""
    if isinstance(query, Nothing) or not named.isdisjoint(("symbol", "validity")):
        return query
    holds = Constant(Bool(must_not=_NO_LONGER), ENDED)
    return Bool(must=(query,), should=(holds,))


def topic(topic_id: str) -> tuple[Query, Query]:
    """(ranks, stands for)."""
    of_topic = AnyOf("topic", (topic_id,))
    return Constant(of_topic, TOPIC), of_topic


def rules() -> Query:
    """A prior for what lays down how things are done: law first, then directives and guidance, then
    plans and notices; reports and news, which only tell of it, come after."""
    return DisMax(
        (
            Constant(Bool(filter=(AnyOf("kind", LAWS),), must_not=_NO_LONGER), RULE_OF_LAW),
            Constant(AnyOf("kind", GUIDES), RULE),
            Constant(AnyOf("kind", (*PLANS, *NOTICES)), RULE_IN_PLAN),
        )
    )


def guidance() -> Query:
    """A prior for what directs, plans and guides, before what tells of it."""
    return Constant(AnyOf("kind", (*LAWS, *GUIDES, *PLANS)), GUIDE)


def person(name: str) -> tuple[Query, Query]:
    """(ranks, stands for): documents in whose text the name stands."""
    found = tokens(name)
    folded = Phrase("body_fold", tuple(token.fold for token in found))
    if not any(token.accented for token in found):
        return Constant(folded, PERSON), folded
    exact = Phrase("body_syllable", tuple(token.form for token in found))
    return DisMax((Constant(exact, PERSON), Constant(folded, PERSON_FOLDED))), exact


def recency(today: date) -> Query:
    """A small prior for new documents."""
    years = ((2, RECENT), (5, RECENT / 2))
    return DisMax(
        tuple(
            Constant(Range("date", day_number(today - back * _YEAR), None), worth)
            for back, worth in years
        )
    )


@lru_cache(maxsize=2)
def newest(today: date) -> Query:
    """Newer documents first: a tenth less with every year."""
    years = range(today.year, today.year - NEWEST_YEARS, -1)
    return DisMax(
        tuple(
            Constant(AnyOf("year", (str(year),)), NEWEST * 0.9 ** (today.year - year)) for year in years
        )
    )


def together(conditions: Sequence[Query]) -> Query:
    """Documents in which all that was named holds."""
    return Constant(Bool(filter=tuple(conditions)), TOGETHER)


def symbol(keys: Sequence[str]) -> tuple[Query, Query]:
    """(found alone, stands for): documents with the symbol, the more exact spelling first, then
    those that cite it."""
    citing = tuple(Term("cites", key, CITES / (1 + rank)) for rank, key in enumerate(keys))
    named = Bool(should=(AnyOf("symbol", tuple(keys)), AnyOf("cites", tuple(keys))), minimum=1)
    return DisMax((*_own(keys), *citing)), named


def symbol_only(keys: Sequence[str], written: Sequence[str], today: date) -> Query:
    """What a query finds that is nothing but a symbol: the documents of the symbol, then those that
    cite it, in the title first; of equals the newest first, as numbers start again every year.

    `written`: the ways to write it, for texts in which it was not read as a symbol.
    """
    phrases = [tuple(token.fold for token in tokens(way)) for way in written]
    in_title = DisMax(
        tuple(Constant(_side_by_side("title_fold", each), IN_TITLE) for each in phrases if each)
    )
    in_text = (Constant(_side_by_side("body_fold", each), 0.0) for each in phrases if each)
    cited = DisMax((Constant(AnyOf("cites", tuple(keys)), CITES), *in_text))
    citing = Bool(must=(cited,), should=(in_title,))
    return Bool(must=(DisMax((*_own(keys), citing)),), should=(newest(today),))


def _own(keys: Sequence[str]) -> tuple[Query, ...]:
    """Documents with the symbol, above those that cite it in whatever spelling."""
    return tuple(
        Term("symbol", key, max(SYMBOL - LESS_EXACT * rank, 2 * CITES)) for rank, key in enumerate(keys)
    )


def report_period(start: date, end: date) -> tuple[Query, Query]:
    """(ranks, stands for): the period covered counts, as in "6 tháng đầu năm 2020". The day of issue
    only stands in for it where a document tells no period."""
    exact, inside, meets = _covering(start, end)
    untold = Bool(
        filter=(Range("date", day_number(start), day_number(end + _LATE)),),
        must_not=(Range("covers_from", None, None),),
    )
    shares = ((exact, EXACT), (inside, INSIDE), (meets, MEETS), (untold, ISSUED))
    ranks = _best(REPORT_PERIOD, *shares)
    return ranks, Bool(should=(meets, untold), minimum=1)


def year(start: date, end: date) -> tuple[Query, Query]:
    """(ranks, stands for): a year or several; covered before merely issued in it."""
    exact, inside, meets = _covering(start, end)
    issued = Range("date", day_number(start), day_number(end))
    ranks = _best(PERIOD, (exact, EXACT), (inside, INSIDE), (meets, MEETS), (issued, ISSUED))
    return ranks, date_filter(start, end)


def days(start: date | None, end: date | None) -> tuple[Query, Query]:
    """(ranks, stands for): issued in these days; covering them comes second. Whatever is in force for
    good meets "from then until now", so covering does not stand for an open range."""
    dated = date_filter(start, end)
    issued = Range("date", _number(start), _number(end))
    ranks = _best(PERIOD, (issued, EXACT), (dated, MEETS))
    return ranks, issued if start is None or end is None else dated


def date_filter(start: date | None, end: date | None) -> Query:
    """Documents dated between the days, or covering a period that meets them; ends included."""
    low, high = _number(start), _number(end)
    return Bool(should=(Range("date", low, high), _meeting(low, high)), minimum=1)


def _covering(start: date, end: date) -> tuple[Query, Query, Query]:
    low, high = day_number(start), day_number(end)
    exact = Bool(filter=(Range("covers_from", low, low), Range("covers_to", high, high)))
    inside = Bool(filter=(Range("covers_from", low, high), Range("covers_to", low, high)))
    return exact, inside, _meeting(low, high)


def _meeting(low: int | None, high: int | None) -> Query:
    return Bool(filter=(Range("covers_from", None, high), Range("covers_to", low, None)))


def _best(whole: float, *shares: tuple[Query, float]) -> Query:
    return DisMax(tuple(Constant(query, whole * share) for query, share in shares))


def _number(day: date | None) -> int | None:
    return day_number(day) if day else None
