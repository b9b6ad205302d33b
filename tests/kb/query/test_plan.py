"""From tree to logical query: what must match, what ranks, what is marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kb.engines.port import AnyOf, Bool, Constant, Nothing, Phrase, Prefix, Query, Range, Term
from kb.query.matching import common, required
from kb.query.parser import parse
from kb.query.plan import plan
from kb.query.planned import Lookups, Plan, unknown_accents
from kb.query.understanding import understand
from kb.query.understanding.clauses import CITES, IN_TITLE, date_filter
from kb.vietnamese.abbreviation_lookup import Lookup
from kb.vietnamese.analyser import tokens
from kb.vietnamese.questions import is_question

LOOKUPS = Lookups(
    kind=lambda text: ("ke-hoach",) if text == "kế hoạch" else (),
    unit=lambda text: ("cat-ha-tinh",) if text == "Hà Tĩnh" else (),
    topic=lambda text: (),
    abbreviations=Lookup(),
    accents=unknown_accents,
)


def planned(query: str, **options: bool) -> Plan:
    parsed = parse(query)
    return plan(parsed.node, LOOKUPS, understand(parsed)[0], **options)


def nodes(query: Query | None, kind: type) -> list:
    """All nodes of a kind, outermost first."""
    if query is None:
        return []
    below = [getattr(query, name, ()) for name in ("must", "should", "filter", "must_not", "children")]
    children = [child for part in below for child in part]
    children += [query.child] if hasattr(query, "child") else []
    own = [query] if isinstance(query, kind) else []
    return own + [found for child in children for found in nodes(child, kind)]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (6, 4), (7, 5), (8, 4), (11, 6), (25, 6), (64, 8)],
)
def test_how_many_words_must_match(words, wanted):
    assert required(words) == wanted


def test_common_words_are_taken_as_matched():
    assert required(12, common=2) == 4
    assert required(12, common=6) == 3  # a few of the others always
    assert required(2, common=0) == 2


def test_what_most_documents_hold_is_common():
    shares = {"của": 0.9, "và": 0.8, "camera": 0.01}
    words = [(word,) for word in ("của", "và", "camera", "an", "ninh", "xã")]
    assert set(common(words, lambda token: shares.get(token, 0.1))) == {("của",), ("và",)}
    assert not common(words[:5], lambda token: 0.9)  # a short query means every word
    assert not common(words, lambda token: 0.9)  # something must be left to match


@pytest.mark.parametrize(("words", "wanted"), [(3, 3), (7, 5), (8, 4), (16, 4), (25, 5)])
def test_a_long_question_needs_fewer(words, wanted):
    assert required(words, question=True) == wanted


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("thời hạn gửi hồ sơ là bao nhiêu ngày", True),
        ("thoi han gui ho so la bao nhieu ngay", True),
        ("hồ sơ gồm những gì", True),
        ("ai ký kế hoạch", True),
        ("kế hoạch ngày hội toàn dân", False),
        ("yeu ai may moc", False),
    ],
)
def test_questions_are_told_by_their_words(text, asks):
    assert is_question(tokens(text)) == asks


def test_a_word_with_accents_matches_itself_and_what_was_typed_without():
    terms = {(t.field, t.token) for t in nodes(planned("túy").query, Term)}
    assert ("body_syllable", "túy") in terms
    assert ("bare", "tuy") in terms
    assert ("body_fold", "tuy") not in terms


def test_a_word_without_accents_matches_every_accent():
    terms = {(t.field, t.token) for t in nodes(planned("tuy").query, Term)}
    assert ("body_fold", "tuy") in terms


def test_a_repeated_word_is_required_once():
    (inner,) = [b for b in nodes(planned("túy túy hội").query, Bool) if b.minimum == 2]
    assert len(inner.should) == 2


def test_phrases_are_required_and_only_rank_when_loose():
    assert nodes(planned('camera "bảo vệ"').query, Phrase)
    loose = planned('camera "bảo vệ" an ninh', loose=True).query
    (group,) = [b for b in nodes(loose, Bool) if any(isinstance(q, Phrase) for q in b.should)]
    assert group.must
    assert not any(isinstance(q, Phrase) for q in group.must)


def test_fields_become_filters_or_words_that_are_told():
    assert nodes(planned('loại:"kế hoạch"').query, AnyOf) == [AnyOf("kind", ("ke-hoach",))]
    odd = planned("loại:xyz")
    assert nodes(odd.query, AnyOf) == []
    assert [repair.code for repair in odd.repairs] == ["unknown-kind"]
    assert {t.token for t in nodes(odd.query, Term)} >= {"xyz"}


def test_what_is_excluded_is_not_marked():
    assert [mark.form for mark in planned("camera -túy").marks] == ["camera"]


def test_symbols_outrank_and_need_no_other_word():
    found = planned("12/KH-CAT-PV05 camera")
    assert any(t.field == "symbol" and t.boost > 10 for t in nodes(found.query, Term))
    assert isinstance(found.query, Bool)
    (either,) = found.query.must
    assert isinstance(either, Bool) and either.minimum == 1 and len(either.should) == 2


def conditions(query: Query | None, *words: str) -> list[Query]:
    """What may stand for each of the words, beside the word itself."""
    found = []
    for word in words:
        for either in nodes(query, Bool):
            first = either.should[0] if either.should else None
            if either.minimum == 1 and any(t.token == word for t in nodes(first, Term)):
                found += [q.child for q in either.should[1:] if isinstance(q, Constant)]
    return [q for q in found if not isinstance(q, Term)]


def test_a_document_of_the_unit_need_not_name_it():
    found = planned("camera Hà Tĩnh").query
    unit = AnyOf("unit", ("tinh-ha-tinh",))
    named = Phrase("body_syllable", ("hà", "tĩnh"))  # "hà" and "tĩnh" apart are not the place
    of_place = Bool(should=(unit, named), minimum=1)
    assert conditions(found, "hà", "tĩnh") == [of_place, of_place]
    assert of_place not in conditions(found, "camera")
    assert any(q.child == unit and q.score > 1 for q in nodes(found, Constant))  # it ranks, too


def test_a_word_that_also_stands_elsewhere_must_stand_in_the_text():
    (of_place,) = conditions(planned("Hà Tĩnh camera Hà").query, "hà", "tĩnh")
    assert AnyOf("unit", ("tinh-ha-tinh",)) in nodes(of_place, AnyOf)


def test_a_field_covers_the_former_names_of_a_unit():
    lookups = replace(LOOKUPS, unit=lambda text: ("cat-ho-chi-minh",))
    found = plan(parse('đơn vị:"Công an TP.HCM"').node, lookups)
    (units,) = nodes(found.query, AnyOf)
    assert set(units.tokens) == {"cat-ho-chi-minh", "cat-binh-duong", "cat-ba-ria-vung-tau"}


def test_prefixes_and_signs_alone():
    assert nodes(planned("tuyên*").query, Prefix) == [Prefix("body_syllable", "tuyên")]
    assert planned("").query is None
    assert nodes(planned("… !!!").query, Nothing) or planned("… !!!").query is None


def test_dates_meet_the_sort_date_or_the_period_covered():
    found = date_filter(date(2020, 1, 1), None)
    assert set(nodes(found, Range)) == {
        Range("date", 20200101, None),
        Range("covers_from", None, None),
        Range("covers_to", 20200101, None),
    }


def found_by_name(query: str) -> Query:
    """What a query that is nothing but a name finds; no word of it is left to match."""
    found = planned(query).query
    assert {term.field for term in nodes(found, Term)} <= {"symbol", "cites", "body_fold"}
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Công an TP.HCM", "Công an Thành phố Hồ Chí Minh"),
        ("phòng phong trào", "PV05"),
        ("phong phong trao", "PV05"),
    ],
)
def test_a_unit_alone_finds_the_same_however_it_is_written(one, other):
    for kind in (Phrase, AnyOf, Term):
        assert set(nodes(found_by_name(one), kind)) == set(nodes(found_by_name(other), kind))


def test_a_symbol_alone_finds_its_documents_then_what_cites_it():
    own = {}
    for query in ("chi thi 09 ct tw", "09-CT/TW"):
        found = found_by_name(query)
        assert Phrase("body_fold", ("9", "ct", "tw")) in nodes(found, Phrase)
        own[query] = [term for term in nodes(found, Term) if term.field == "symbol"]
        assert own[query][0].token == "9-CT/TW"
        assert min(term.boost for term in own[query]) > CITES + IN_TITLE
    assert own["chi thi 09 ct tw"] == own["09-CT/TW"]


def test_of_equal_symbols_the_newest_comes_first():
    years = [
        (query.child.tokens[0], query.score)
        for query in nodes(planned("09/CT-TTg").query, Constant)
        if isinstance(query.child, AnyOf) and query.child.field == "year"
    ]
    assert len(years) > 30
    assert years == sorted(years, key=lambda each: -each[1]) == sorted(years, reverse=True)


def test_a_name_beside_other_words_leaves_them_to_match():
    terms = nodes(planned("Công an TP.HCM tuần tra").query, Term)
    assert "tuần" in {term.token for term in terms if term.field == "body_syllable"}
    assert planned("09-CT/TW", loose=True).query != planned("09-CT/TW").query


def test_what_only_asks_need_not_match_and_ranks():
    def matched(query: str) -> Bool:
        return nodes(planned(query).query, Bool)[1].must[0]

    assert matched("dân vận là gì").minimum == 2
    assert len(matched("dân vận là gì").should) == 2
    assert matched("văn bản tuần tra").minimum == 2
    assert len(matched("tuần tra văn bản").should) == 4
    assert "gì" in {term.token for term in nodes(planned("dân vận là gì").query, Term)}
    assert len(matched("là gì").should) == 2  # nothing else is left


def test_law_and_guidance_rank_where_rules_are_asked_for():
    def prior(query: str) -> list[AnyOf]:
        found = nodes(planned(query).query, AnyOf)
        return [each for each in found if each.field == "kind" and "nghi-dinh" in each.tokens]

    assert prior("quy trình phát động")
    assert prior("quy trinh phat dong")
    assert not prior("tuần tra ban đêm")
    assert not prior("title:(quy trình phát động)")
