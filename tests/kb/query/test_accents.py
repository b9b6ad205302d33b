"""Accents restored from what stands side by side in the documents."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.engines import registry
from kb.engines.port import AnyOf, Engine, IndexDocument, add_all
from kb.query.accents import restore
from kb.query.vocabulary import Vocabulary
from kb.vietnamese.analyser import analyse

TEXTS = (
    *["Kế hoạch tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc"] * 4,
    *["Chống tham nhũng; phòng chống ma túy", "Vợ chồng anh A hòa giải", "Chồng chị B vắng nhà"],
    "Hội nghị bàn về an toàn thực phẩm",
    *["Nắm tình hình địa bàn", "Nắm tình hình nhân dân", "Nắm hộ khẩu", "Từ năm 2019"],
)


@pytest.fixture(params=registry.NAMES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    engine = registry.get(request.param).create(tmp_path / "index")
    add_all(
        engine.writer(),
        (
            IndexDocument(str(n), {"accents": analyse(text).accents, "label": ["public"]})
            for n, text in enumerate(TEXTS)
        ),
    )
    yield engine
    engine.close()


def likeliest(engine: Engine, text: str, label: str = "public") -> str:
    words = Vocabulary(engine, AnyOf("label", (label,)))
    return " ".join(next(iter(ways)) for ways in restore(text.split(), words))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ke hoach ngay hoi toan dan", "kế hoạch ngày hội toàn dân"),
        ("an toan", "an toàn"),
        ("phong chong ma tuy", "phòng chống ma túy"),  # the neighbours decide …
        ("vo chong", "vợ chồng"),  # … here for the other word
        ("nam tinh hinh", "nắm tình hình"),
        ("nam #", "năm #"),  # any number tells as much as another
        ("hop xyz 12", "hop xyz 12"),  # what no document has stays as typed
        ("", ""),
    ],
)
def test_neighbours_decide(engine: Engine, typed: str, meant: str) -> None:
    assert likeliest(engine, typed) == meant


def test_what_is_undecided_is_a_distribution(engine: Engine) -> None:
    (ways,) = restore(["chong"], Vocabulary(engine, AnyOf("label", ("public",))))
    assert set(ways) == {"chống", "chồng"}
    assert next(iter(ways)) == "chồng"  # in two documents, the other in one
    assert sum(ways.values()) == pytest.approx(1.0)


def test_documents_that_may_not_be_seen_teach_nothing(engine: Engine) -> None:
    assert likeliest(engine, "ke hoach", label="secret") == "ke hoach"


class Counted:
    """A vocabulary of given counts."""

    def __init__(self, forms: dict[str, dict[str, int]]) -> None:
        self._forms = forms

    def forms(self, fold: str) -> dict[str, int]:
        return self._forms.get(fold, {})

    def pairs(self, left: str, right: str) -> dict[tuple[str, str], int]:
        return dict.fromkeys(zip(self.forms(left), self.forms(right), strict=False), 1)


SYLLABLES = {"a": ["a", "á", "à"], "bo": ["bộ", "bố"], "co": ["cơ", "cỏ", "có", "cô"]}


@given(
    st.lists(st.sampled_from([*SYLLABLES, "zz"]), max_size=12),
    st.lists(st.integers(0, 50), min_size=9, max_size=9),
)
def test_every_answer_is_a_distribution_over_forms_of_the_syllable(
    folds: list[str], counts: list[int]
) -> None:
    numbers = iter(counts)
    forms = {fold: {form: next(numbers) for form in ways} for fold, ways in SYLLABLES.items()}
    found = restore(folds, Counted(forms))  # type: ignore[arg-type]
    assert len(found) == len(folds)
    for fold, ways in zip(folds, found, strict=True):
        assert set(ways) <= set(SYLLABLES.get(fold, [fold])) | {fold}
        assert 0.5 < sum(ways.values()) <= 1.0 + 1e-9
        assert all(a >= b for a, b in pairwise(ways.values()))
