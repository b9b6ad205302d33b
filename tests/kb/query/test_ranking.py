"""What ranks: the streams of each zone, the accents a query probably means, grammar counting little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from kb.engines.port import Term
from kb.query.ast import Group, Word
from kb.query.parser import parse
from kb.query.planned import unknown_accents
from kb.query.ranking import ranking, read, written
from kb.query.weights import DEFAULT

ZONES = ("body", "title", "lead")


def terms(text: str, accents=unknown_accents) -> dict[tuple[str, str], float]:
    found = list(ranking(read(text, accents), ZONES, DEFAULT))
    assert all(isinstance(term, Term) for term in found)
    named = {(term.field, term.token): term.boost for term in found}
    assert len(named) == len(found)  # nothing counts twice
    return named


def guess(folds: Sequence[str]) -> list[Mapping[str, float]]:
    known = {
        "ke": {"kế": 1.0},
        "hoach": {"hoạch": 1.0},
        "phong": {"phòng": 0.7, "phong": 0.3},
        "04": {},
    }
    return [known.get(fold, {fold: 1.0}) for fold in folds]


def test_words_pairs_and_syllables_of_every_zone():
    found = terms("kế hoạch ngày hội")
    assert found["body_word", "kế_hoạch"] == DEFAULT.body.word
    assert found["lead_word", "kế_hoạch"] == DEFAULT.lead.word
    assert found["title_pair", "ngay_hoi"] == DEFAULT.title.pair
    assert found["lead_syllable", "hội"] == DEFAULT.lead.syllable
    assert ("body_syllable", "hội") not in found  # scored where it matches


def test_without_accents_the_likely_ones_rank_each_by_its_chance():
    found = terms("ke hoach phong", guess)
    assert found["body_word", "kế_hoạch"] == DEFAULT.body.word
    assert found["body_syllable", "phòng"] == pytest.approx(DEFAULT.body.syllable * 0.7)
    assert found["lead_syllable", "phong"] == pytest.approx(DEFAULT.lead.syllable * 0.3)
    assert found["body_pair", "ke_hoach"] == DEFAULT.body.pair


def test_without_accents_and_without_an_index_only_pairs_rank():
    assert {field for field, _token in terms("ke hoach")} == {"body_pair", "title_pair", "lead_pair"}


def test_numbers_keep_their_place_in_the_text():
    reading = read("ngay 04 ke hoach", guess)
    assert reading.text == "ngay 04 kế hoạch"


def test_the_words_of_a_question_count_little():
    found = terms("hồ sơ gồm những gì")
    assert found["lead_syllable", "gì"] == pytest.approx(DEFAULT.lead.syllable * DEFAULT.interrogative)
    assert found["lead_syllable", "sơ"] == DEFAULT.lead.syllable


def test_a_word_that_also_stands_outside_the_question_counts_in_full():
    found = terms("có phải không phải nộp lệ phí")
    assert found["lead_syllable", "phải"] == DEFAULT.lead.syllable


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Hà Nội: kế hoạch, báo cáo", "Hà Nội: kế hoạch, báo cáo"),
        ("kế hoạch -nháp báo cáo", "kế hoạch báo cáo"),  # what stands between is no part of the run
        ("kế hoạch (báo cáo) năm", "kế hoạch năm"),
        ('đơn vị:"nơi không ai biết" họp', "họp"),
    ],
)
def test_signs_between_words_stay(query: str, text: str) -> None:
    parsed = parse(query)
    children = parsed.node.children if isinstance(parsed.node, Group) else (parsed.node,)
    words = [child for child in children if isinstance(child, Word)]
    assert written(words, parsed.text) == text


def test_words_that_were_changed_are_taken_as_they_are() -> None:
    parsed = parse("phong trafo, hop")
    assert isinstance(parsed.node, Group)
    first, second, third = parsed.node.children
    assert isinstance(second, Word)
    words = [first, replace(second, text="trào"), third]
    assert written(words, parsed.text) == "phong trào hop"
