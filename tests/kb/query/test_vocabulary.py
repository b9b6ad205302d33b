"""The index's own words: what a principal may know of them, and until when they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.engines import registry
from kb.engines.port import AnyOf, Engine, IndexDocument, add_all
from kb.query.vocabulary import KEPT_VOCABULARIES, Vocabularies, Vocabulary
from kb.vietnamese.analyser import analyse

PUBLIC = AnyOf("label", ("public",))
SECRET = AnyOf("label", ("secret",))

TEXTS = {
    "a": ("public", "Kế hoạch bảo vệ an ninh Tổ quốc"),
    "b": ("public", "Kế hoạch bảo vệ an toàn thực phẩm; tô quốc kỳ"),
    "c": ("secret", "Kể hoạch bí mật bảo vệ an ninh Tổ quốc"),
    "d": ("public", "ke hoach go khong dau het ca cau nay"),
}


def document(name: str, label: str, text: str) -> IndexDocument:
    streams = analyse(text)
    fields = {
        "body_syllable": streams.syllable,
        "body_fold": streams.fold,
        "accents": streams.accents,
        "label": [label],
    }
    return IndexDocument(name, fields)


@pytest.fixture(params=registry.NAMES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    engine = registry.get(request.param).create(tmp_path / "index")
    add_all(engine.writer(), (document(name, *rest) for name, rest in TEXTS.items()))
    yield engine
    engine.close()


def test_forms_and_pairs_are_counted_by_document(engine: Engine) -> None:
    words = Vocabulary(engine, PUBLIC)
    assert words.forms("ke") == {"kế": 2}
    assert words.forms("to") == {"tô": 1, "tổ": 1}
    assert words.pairs("to", "quoc") == {("tô", "quốc"): 1, ("tổ", "quốc"): 1}
    assert words.pairs("ke", "hoach") == {("kế", "hoạch"): 2}
    assert words.forms("xyz") == words.pairs("hoach", "ke") == {}


def test_documents_with_a_word(engine: Engine) -> None:
    words = Vocabulary(engine, PUBLIC)
    assert words.documents("kế") == 2
    assert words.documents("ke") == 3  # also the one typed without accents
    assert words.documents("kể") == words.documents("xyz") == 0


def test_a_principal_knows_only_its_own_words(engine: Engine) -> None:
    both = Vocabulary(engine, AnyOf("label", ("public", "secret")))
    assert both.forms("ke") == {"kế": 2, "kể": 1}
    assert Vocabulary(engine, SECRET).forms("ke") == {"kể": 1}
    assert Vocabulary(engine, SECRET).pairs("an", "toan") == {}
    assert Vocabulary(engine, AnyOf("label", ())).forms("ke") == {}


def test_look_ups_are_kept_until_a_commit(engine: Engine) -> None:
    kept = Vocabularies()
    words = kept.of(engine, PUBLIC)
    assert words.forms("bien") == {}
    engine.refresh()
    assert kept.of(engine, PUBLIC) is words
    writer = engine.writer()
    writer.add(document("e", "public", "Biên bản"))
    writer.delete("b")
    assert kept.of(engine, PUBLIC) is words  # nothing is committed yet
    writer.commit()
    writer.close()
    assert kept.of(engine, PUBLIC).forms("bien") == {"biên": 1}
    assert kept.of(engine, PUBLIC).pairs("to", "quoc") == {("tổ", "quốc"): 1}


def test_few_access_clauses_are_kept(engine: Engine) -> None:
    kept = Vocabularies()
    first = kept.of(engine, PUBLIC)
    for number in range(KEPT_VOCABULARIES - 1):
        kept.of(engine, AnyOf("label", (str(number),)))
    assert kept.of(engine, PUBLIC) is first
    for number in range(KEPT_VOCABULARIES):
        kept.of(engine, AnyOf("label", (str(number),)))
    assert kept.of(engine, PUBLIC) is not first


def test_another_index_has_another_vocabulary(engine: Engine, tmp_path: Path) -> None:
    kept = Vocabularies()
    words = kept.of(engine, PUBLIC)
    other = registry.get(engine.name).create(tmp_path / "other")
    assert kept.of(other, PUBLIC).forms("ke") == {}
    assert kept.of(engine, PUBLIC) is not words
    other.close()
