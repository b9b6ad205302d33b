"""Our segmenter must write the same words as pyvi, whatever the text."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import KbError
from kb.vietnamese import crf, segment

SENTENCES = [
    "",
    " \n\t ",
    "Kế hoạch tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2022.",
    "ke hoach to chuc ngay hoi toan dan bao ve an ninh to quoc",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;",
    "BỘ CÔNG AN\nCÔNG AN TỈNH HÀ TĨNH\n\nSố: 12/KH-CAT-PV05",
    "Tỷ lệ 98,5% (tăng 1.234.567 vụ, giảm 3_5); xem http://www.bocongan.gov.vn/tin?id=1 ngay.",
    "Liên hệ a.b-c+d@vanthu.gov.vn hoặc TP. Hà Tĩnh, Tp.HCM, ThS. Nguyễn Văn A, Mrs. B., Đ.C.",
    "Nơi nhận: ............ ____ ---- ==> -> >> … 1.1.LQ.1",
    "văn_thư lưu trữ _ __ a_b 1_2 1_2a 3a ² ½ ①",
    "Ông Σίσυφος, İstanbul, ß ǅ\u0301 😀 \x00 \x00x \u200b",
]


@pytest.fixture(scope="module")
def pyvi():
    from pyvi.ViTokenizer import ViTokenizer  # takes seconds: only for these tests

    return ViTokenizer


def written(text: str) -> str:
    """Our words as pyvi writes them."""
    tokens = segment.syllables(text)
    joined = segment.joins(tokens)
    return "".join(("_" if j else " ") + t for t, j in zip(tokens, joined, strict=True))[1:]


def pyvi_words(pyvi, text: str) -> str:
    return pyvi.tokenize(text) if pyvi.sylabelize(text)[1] else ""


@pytest.mark.parametrize("text", SENTENCES)
def test_same_words_as_pyvi(pyvi, text):
    text = unicodedata.normalize("NFC", text)
    assert written(text) == pyvi_words(pyvi, text)


SIGNS = "aàbđĐAÂTpMrs.ThS019_.,@-+:/>=<?!\n\t  \u00a0…“”()ÀểİßΣ²😀\x00"
PIECES = [
    "Kế",
    "hoạch",
    "kế",
    "bảo",
    "vệ",
    "an",
    "ninh",
    "trật tự",
    "Công",
    "UBND",
    "Hà",
    "Tĩnh",
    "...",
]
MIXED = st.lists(st.one_of(st.text(SIGNS, max_size=8), st.sampled_from(PIECES)), max_size=25).flatmap(
    lambda parts: st.sampled_from(["", " ", "\n"]).map(lambda blank: blank.join(parts))
)


@given(MIXED)
@settings(max_examples=400, deadline=None)
def test_same_words_as_pyvi_on_odd_text(text):
    from pyvi.ViTokenizer import ViTokenizer

    text = unicodedata.normalize("NFC", text)
    assert segment.syllables(text) == ViTokenizer.sylabelize(text)[1]
    assert written(text) == pyvi_words(ViTokenizer, text)


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_spans_cover_everything_but_blanks(text):
    spans = segment.segment(text)
    flat = [offset for span in spans for offset in span]
    assert flat == sorted(flat)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())


def test_spans_are_words():
    text = "Kế  hoạch bảo vệ\nan ninh, năm 2022."
    words = [text[start:end] for start, end in segment.segment(text)]
    assert words == ["Kế  hoạch", "bảo vệ", "an ninh", ",", "năm", "2022", "."]


def test_lone_surrogates_are_only_signs():
    assert segment.segment("an ninh \ud800 an ninh") == [(0, 7), (8, 9), (10, 17)]


@pytest.mark.parametrize(
    "unit", ["a-", "-", "1.", ".", "A.", "a@", "x://", "an ninh ", "a", "_1", "\n", "ngày 1/1 "]
)
def test_time_is_linear(unit):
    text = unit * (100_000 // len(unit))
    start = time.perf_counter()
    spans = segment.segment(text)
    assert time.perf_counter() - start < 2
    assert spans == [] if unit == "\n" else spans[-1][1] == len(text.rstrip())


def test_memo_is_bounded(monkeypatch):
    monkeypatch.setattr(segment.Tagger, "MEMO_SIZE", 10)
    tagger = segment.Tagger(*crf.load())
    text = " ".join(f"số {number} kế hoạch" for number in range(50))
    assert tagger.joins(segment.syllables(text)) == segment.joins(segment.syllables(text))
    assert len(tagger._memo) <= 10


def test_threads_may_share_it():
    texts = [f"{sentence} số {number}" for number in range(40) for sentence in SENTENCES]
    expected = [segment.segment(text) for text in texts]
    segment._tagger.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(segment.segment, texts)) == expected


def test_neither_pyvi_nor_scikit_learn_is_imported():
    code = (
        "import sys; from kb.vietnamese.segment import segment; print(segment('kế hoạch'));"
        "print([name for name in ('pyvi', 'sklearn', 'numpy', 'pycrfsuite') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["[(0, 8)]", "[]"]


# ---------------------------------------------------------------- the model's files


def test_the_installed_model_is_known():
    assert crf.is_known()
    assert f"{crf.KNOWN_MODEL}:{crf.KNOWN_WORDS}" == segment.MODEL_FINGERPRINT


def test_another_model_is_left_to_pyvi_with_a_warning(monkeypatch, caplog, pyvi):
    expected = [segment.segment(text) for text in SENTENCES]
    monkeypatch.setattr(crf, "KNOWN_MODEL", hashlib.sha256(b"other").hexdigest())
    segment._pyvi.cache_clear()
    assert [segment.segment(text) for text in SENTENCES] == expected
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_without_pyvi_the_error_says_what_to_do(monkeypatch):
    monkeypatch.setattr(crf, "find_spec", lambda name: None)
    crf.checksums.cache_clear()
    segment._pyvi.cache_clear()
    try:
        assert crf.checksums() == ("", "")
        with pytest.raises(KbError) as error:
            segment.segment("kế hoạch")
        assert "pip install pyvi" in error.value.remedy
    finally:
        crf.checksums.cache_clear()


def test_nothing_in_the_pickle_is_run(tmp_path):
    class Trap:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "ran"),)

    pickled = pickle.dumps(Trap(), protocol=2)
    with pytest.raises((AttributeError, TypeError, KeyError)):
        crf._crfsuite_bytes(pickled)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("data", [b"", b"lCRF", b"x" * 100])
def test_other_bytes_are_no_model(data):
    with pytest.raises(ValueError):
        crf.read_weights(data)
