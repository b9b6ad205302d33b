"""What ranks for the kind of answer a question wants."""

from __future__ import annotations

import pytest

from kb.engines.port import Constant, Phrase
from kb.query.answers import DEFINITION, answers
from kb.vietnamese.analyser import tokens
from kb.vietnamese.questions import defined


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("dân vận là gì", "dân vận"),
        ("Chất hướng thần được định nghĩa là gì?", "chất hướng thần"),
        ("thế nào là hộ chiếu", "hộ chiếu"),
        ("khái niệm an ninh quốc gia", "an ninh quốc gia"),
        ("dan van la gi", "dan van"),
        ("cư trú là gì và ở đâu", ""),
        ("thủ tục cấp hộ chiếu", ""),
        ("kế hoạch là văn bản", ""),
    ],
)
def test_the_thing_whose_meaning_is_asked_for(question: str, thing: str) -> None:
    assert " ".join(token.form for token in defined(tokens(question))) == thing


def test_a_definition_ranks_by_saying_what_something_is() -> None:
    assert list(answers(tokens("dân vận là gì"))) == [
        Constant(Phrase("body_syllable", ("dân", "vận", "là")), DEFINITION)
    ]
    assert list(answers(tokens("dan van la gi"))) == [
        Constant(Phrase("body_fold", ("dan", "van", "la")), DEFINITION)
    ]


def test_plain_words_want_no_answer() -> None:
    assert not list(answers(tokens("kế hoạch ngày hội 2022")))


def test_a_definition_comes_before_what_only_mentions_the_thing(library, make_document) -> None:
    from kb.access import PUBLIC
    from kb.catalog import documents as stored
    from kb.results import SearchRequest

    mentions = "Dân vận, dân vận khéo: kế hoạch công tác dân vận năm nay. " * 3
    defines = "Giải thích từ ngữ. " + "Từ khác là việc khác; " * 30 + "dân vận là vận động nhân dân."
    with library.database.begin() as connection:
        stored.store(connection, make_document(mentions, "/a/1.txt"))
        stored.store(connection, make_document(defines, "/a/2.txt"))
    library.reindex()
    hits = library.search(SearchRequest(query="dân vận là gì"), PUBLIC).hits
    assert [hit.source for hit in hits] == ["/a/2.txt", "/a/1.txt"]
