"""Passages and marks: accents respected, offsets right."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Document, Page, Section, Source
from kb.passages import Outline, Sought, find_marks, page_at
from kb.passages import best_passages as choose
from kb.query.planned import Mark
from kb.vietnamese.analyser import tokens
from kb.vietnamese.normalise import nfc


def marks(query: str) -> list[Mark]:
    return [Mark(t.form, t.fold, not t.accented) for t in tokens(query)]


def marked(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in find_marks(text, marks(query))]


def best_passages(found: Document, sought: list[Mark]):
    return choose(Outline.of(found), Sought.of(sought))


def document(text: str, **fields) -> Document:
    return Document(Source("/a", "0", 1, 1), "txt", text, (Page(1, 0, len(text)),), **fields)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Phòng, chống ma túy", "ma túy", ["ma", "túy"]),
        ("Phòng, chống ma tuý", "ma túy", ["ma", "tuý"]),
        ("Phong chong ma tuy", "ma túy", ["ma", "tuy"]),
        ("mã tủy", "ma túy", ["mã"]),  # "ma" without accents marks any; "túy" only itself
        ("Kế hoạch và kẻ khác", "kế", ["Kế"]),
        ("Độc lập", "doc lap", ["Độc", "lập"]),
        ("ngày 04/8/2019", "4/8", ["04", "8"]),
        ("an-ninh", "an ninh", ["an", "ninh"]),
        ("anh", "an", []),
    ],
)
def test_marks(text, query, expected):
    assert marked(text, query) == expected


def test_prefix_marks_the_whole_word():
    text = "toàn dân, toán học, toan"
    assert [text[a:b] for a, b in find_marks(text, [Mark("toàn", "toan", False, prefix=True)])] == [
        "toàn",
        "toan",
    ]


def test_best_passage_shows_most_of_the_query_with_page_and_section():
    filler = "Câu này nói về việc khác hẳn. " * 30
    answer = "Thời hạn gửi hồ sơ là trước ngày 15 tháng 11."
    text = filler + answer + " " + filler
    where = text.index(answer)
    pages = (Page(1, 0, where - 5), Page(2, where - 5, len(text)))
    found = best_passages(
        Document(
            Source("/a", "0", 1, 1),
            "pdf",
            text,
            pages,
            sections=(Section(0, 10, 1, "Mục I", ""), Section(where - 9, len(text), 1, "Điều 9", "")),
        ),
        marks("thời hạn gửi hồ sơ"),
    )
    assert answer in found[0].text
    assert (found[0].page, found[0].section) == (2, "Điều 9")
    assert [found[0].text[a:b] for a, b in found[0].marks][:5] == ["Thời", "hạn", "gửi", "hồ", "sơ"]


def test_passages_do_not_overlap_and_say_where_they_stand():
    text = "\n\n".join(f"Đoạn {n}: mô hình camera an ninh số {n}." for n in range(40))
    found = best_passages(document(text), marks("camera an ninh"))
    assert 1 <= len(found) <= 3
    spans = sorted((p.start, p.start + len(p.text)) for p in found)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(text[p.start :].startswith(p.text) for p in found)


def test_without_a_hit_the_opening_is_shown():
    (passage,) = best_passages(document("Mở đầu văn bản. " * 50), marks("xyz"))
    assert passage.start == 0
    assert passage.marks == ()


def test_empty_document_has_no_passage():
    assert best_passages(document(""), marks("a")) == ()


def test_one_endless_line_gives_a_bounded_passage():
    text = "chữ " * 50_000 + "đích " + "chữ " * 50_000
    (passage, *_) = best_passages(document(text), marks("đích"))
    assert "đích" in passage.text
    assert len(passage.text) < 600


def test_page_at():
    pages = (Page(1, 0, 10), Page(2, 10, 20), Page(3, 20, 30))
    assert [page_at(pages, offset) for offset in (0, 9, 10, 25, 99)] == [1, 1, 2, 3, 3]


@given(st.text(), st.text(min_size=1, max_size=20))
def test_marks_lie_inside_any_text(text, query):
    text = nfc(text)
    ranges = find_marks(text, marks(query))
    assert all(0 <= start < end <= len(text) for start, end in ranges)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(ranges))
