"""Signatures: the same everywhere, true to the share of words in common, blind to accents and noise."""

from __future__ import annotations

import random
import subprocess
import sys

import near_samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.near import signature as module
from kb.near.signature import BINS, FEWEST, changed_numbers, resemblance, sign, words_in, words_kept
from kb.vietnamese.normalise import fold

WORDS = st.lists(st.sampled_from(" ".join(near_samples.CLAUSES).split()), max_size=200)


def made_up(rng: random.Random, words: int) -> list[str]:
    return ["".join(rng.choices("bcdghklmnprstvxaeiou", k=5)) for _ in range(words)]


def jaccard(a: str, b: str) -> float:
    """The share of shingles in common, counted."""
    first, second = (
        set(zip(words, words[1:], words[2:], strict=False)) for words in map(words_in, (a, b))
    )
    return len(first & second) / len(first | second)


@given(WORDS)
@settings(max_examples=60, deadline=None)
def test_a_text_is_like_itself_in_any_spelling(words):
    text = " ".join(words)
    signature = sign(text)
    assert signature == sign(text.upper()) == sign(fold(text)) == sign(text.replace(" ", "\n – "))
    if signature.bins:
        assert len(signature.bins) == BINS
        assert resemblance(signature, signature) == 1


@given(WORDS, WORDS)
@settings(max_examples=60, deadline=None)
def test_likeness_has_no_direction_and_stays_within_bounds(first, second):
    a, b = sign(" ".join(first)), sign(" ".join(second))
    assert resemblance(a, b) == resemblance(b, a)
    assert 0 <= resemblance(a, b) <= 1
    assert changed_numbers(a, b) == changed_numbers(b, a)


@pytest.mark.parametrize("words", [60, 300, 1_000])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_the_estimate_is_near_the_share_that_is_counted(words, kept):
    errors = []
    for seed in range(30):
        rng = random.Random(seed)
        common = made_up(rng, int(words * kept))
        rest = words - len(common)
        a = " ".join(common + made_up(rng, rest))
        b = " ".join(common + made_up(rng, rest))
        errors.append(resemblance(sign(a), sign(b)) - jaccard(a, b))
    assert abs(sum(errors) / len(errors)) < 0.03  # no bias
    assert max(map(abs, errors)) < 0.2  # four standard errors


def test_texts_that_have_nothing_in_common_are_not_alike():
    rng = random.Random(1)
    signatures = [sign(" ".join(made_up(rng, 400))) for _ in range(60)]
    pairs = [(a, b) for a in signatures for b in signatures if a is not b]
    assert max(resemblance(a, b) for a, b in pairs) < 0.05
    assert not any(set(a.bands) & set(b.bands) for a, b in pairs)


def test_a_short_text_has_no_signature_and_is_like_nothing():
    words = made_up(random.Random(2), FEWEST + 2)
    short, enough = sign(" ".join(words[:-1])), sign(" ".join(words))
    assert (short.bins, short.bands) == (b"", ())
    assert len(enough.bins) == BINS
    assert resemblance(short, short) == resemblance(short, enough) == 0


def test_signatures_are_the_same_in_every_process():
    text = near_samples.paper(1)
    code = f"from kb.near.signature import sign; print(sign({text!r}))"
    for seed in ("1", "2"):
        told = subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "PYTHONUTF8": "1"},
        ).stdout
        assert told.strip() == repr(sign(text))


def test_the_tables_do_not_grow_for_ever(monkeypatch):
    monkeypatch.setattr(module._Tables, "limit", 100)
    text = " ".join(made_up(random.Random(3), 500))
    before = sign(text)
    assert len(module._tables) <= 100
    assert sign(text) == before


@pytest.mark.parametrize("clauses", [6, 24])
def test_misread_twins_meet_and_their_numbers_fare_as_their_words_do(clauses):
    met = changed = 0
    for seed in range(40):
        rng = random.Random(seed)
        text = near_samples.paper(seed, clauses=clauses)
        a, b = sign(near_samples.misread(text, rng)), sign(near_samples.misread(text, rng))
        met += bool(set(a.bands) & set(b.bands))
        wrong, of = changed_numbers(a, b)
        changed += wrong > 3 * (1 - words_kept(resemblance(a, b))) * of + 3
    assert met >= 38
    assert changed == 0


def test_numbers_are_compared_as_people_read_them():
    rest = " " + " ".join(made_up(random.Random(4), 60))
    base = sign("ngày 05/3/2022, 15 vụ" + rest)
    assert changed_numbers(base, sign("ngày 5/03/2022, 15 vụ" + rest)) == (0, 4)
    assert changed_numbers(base, sign("ngày O5/3/2O22, l5 vụ" + rest)) == (0, 4)  # read by OCR
    assert changed_numbers(base, sign("ngày 05/3/2023, 15 vụ" + rest)) == (1, 4)
    assert changed_numbers(base, sign("ngày 05/3/2022, 15 vụ, 7 người" + rest)) == (0, 4)  # more
    assert changed_numbers(base, sign("ngày 05/3/2022, 15 vụ, năm 2022" + rest)) == (0, 4)
    first, second = (sign(f"báo cáo quý {quarter} năm 2022" + rest) for quarter in ("I", "II"))
    assert changed_numbers(first, second) == (1, 2)


def test_of_many_numbers_a_sample_tells():
    rng = random.Random(5)
    numbers = [str(rng.randint(1000, 9_999_999)) for _ in range(400)]
    other = [number if rng.random() < 0.5 else str(rng.randint(1000, 9_999_999)) for number in numbers]
    filler = made_up(rng, 400)
    a, b, c = (
        sign(" ".join(f"{word} {number}" for word, number in zip(filler, listed, strict=True)))
        for listed in (numbers, other, [*numbers[:399], "77"])
    )
    changed, of = changed_numbers(a, b)
    assert 0.3 < changed / of < 0.7
    assert changed_numbers(a, c)[0] <= 1
