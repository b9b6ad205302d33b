"""Our segmenter must write the same words as pyvi, whatever the text."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pickle
import shutil
import subprocess
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import KbError
from kb.vietnamese import crf, segment
from kb.vietnamese.normalise import fold

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
from segmenter import documents, pyvi_spans, sentences

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


@pytest.mark.parametrize("text", SENTENCES)
def test_same_words_as_pyvi(pyvi, text):
    text = unicodedata.normalize("NFC", text)
    assert segment.segment(text) == pyvi_spans(pyvi, text)


def test_same_words_as_pyvi_on_a_treebank_and_real_documents(pyvi, real_data):
    texts = list(sentences(real_data / "segmentation" / "ud-vtb"))
    texts += [fold(text) for text in texts[:300]]
    texts += documents(real_data / "retrieval" / "phapdien" / "corpus.jsonl.gz", 50)
    assert [text for text in texts if segment.segment(text) != pyvi_spans(pyvi, text)] == []


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

    # In pyvi's answer an underscore that was typed cannot be told from one that joins syllables.
    text = unicodedata.normalize("NFC", text).replace("_", "-")
    assert segment.segment(text) == pyvi_spans(ViTokenizer, text)


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
    start = time.thread_time()
    spans = segment.segment(text)
    assert time.thread_time() - start < 2
    assert spans == [] if unit == "\n" else spans[-1][1] == len(text.rstrip())


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(segment._Runs, "MOST", 10)
    text = " ".join(f"số {number} kế hoạch" for number in range(50)) + "x" * 1000
    expected = segment.segment(text)
    segment._runs.cache_clear()
    assert segment.segment(text) == expected
    assert 0 < len(segment._runs()) <= 10
    assert len(segment._runs()._syllables) <= 10
    assert all(len(run) <= segment._Runs.LONGEST for run in segment._runs())


def test_threads_may_share_it(monkeypatch):
    texts = [f"{sentence} số {number}" for number in range(40) for sentence in SENTENCES]
    expected = [segment.segment(text) for text in texts]
    monkeypatch.setattr(segment._Runs, "MOST", 100)  # so that threads also clear under each other
    segment._runs.cache_clear()
    start = Barrier(8)

    def work(_thread: int) -> list[list[tuple[int, int]]]:
        start.wait()
        return [segment.segment(text) for text in texts]

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(work, range(8))) == [expected] * 8
    finally:
        sys.setswitchinterval(before)


NEVER_LOADED = ("pyvi", "sklearn", "sklearn_crfsuite", "pycrfsuite", "numpy", "scipy", "joblib")


def test_neither_pyvi_nor_scikit_learn_is_imported_by_indexing_and_searching(tmp_path):
    code = f"""
import sys
from pathlib import Path
from kb.access import PUBLIC
from kb.catalog import documents
from kb.library import Library
from kb.model import Document, Metadata, Page, Source
from kb.results import SearchRequest
from kb.settings import Settings
from kb.vietnamese.segment import segment

text = "Kế hoạch tổ chức Ngày hội toàn dân"
with Library.writing(Settings(home=Path({str(tmp_path)!r}), jobs=1)) as library:
    with library.database.begin() as connection:
        source = Source("a.txt", "0" * 64, len(text), 0)
        pages = (Page(1, 0, len(text)),)
        documents.store(connection, Document(source, "txt", text, pages, Metadata()))
    library.reindex()
    print(library.search(SearchRequest(query="kế hoạch ngày hội"), PUBLIC).total)
print(segment("kế hoạch"))
print([name for name in {NEVER_LOADED!r} if name in sys.modules])
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["1", "[(0, 8)]", "[]"]


# ---------------------------------------------------------------- the model's files


def test_the_installed_model_is_known():
    assert crf.is_known()
    assert f"{crf.KNOWN_MODEL}:{crf.KNOWN_WORDS}" == segment.MODEL_FINGERPRINT


def test_another_model_is_left_to_pyvi_with_a_warning(monkeypatch, caplog, pyvi):
    expected = [segment.segment(text) for text in SENTENCES]
    monkeypatch.setattr(crf, "KNOWN_MODEL", hashlib.sha256(b"other").hexdigest())
    monkeypatch.setattr(crf, "load", pytest.fail)
    segment._pyvi.cache_clear()
    segment._runs.cache_clear()
    assert [segment.segment(text) for text in SENTENCES] == expected
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_another_model_file_is_seen_by_its_hash(monkeypatch, tmp_path):
    folder = tmp_path / "pyvi" / "models"
    shutil.copytree(crf.model_files()[0].parent, folder)
    (tmp_path / "pyvi" / "__init__.py").touch()
    spec = importlib.util.spec_from_file_location("pyvi", tmp_path / "pyvi" / "__init__.py")
    monkeypatch.setattr(crf, "find_spec", lambda name: spec)
    crf.checksums.cache_clear()
    try:
        assert crf.is_known()
        for path in crf.model_files():
            content = path.read_bytes()
            path.write_bytes(content + b"\n")
            crf.checksums.cache_clear()
            assert not crf.is_known(), path.name
            path.write_bytes(content)
    finally:
        crf.checksums.cache_clear()


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
