"""Marks: joined, faint ones told apart, and never a character lost or doubled."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kb.results import Passage
from web.marking import cut, hit_at, hits, join, snippets

TEXT = "Ngày hội mở vào ngày 15; ngày  hội\nkết thúc. Mô hình camera, camera."


def ranges(text: str, *words: str) -> list[tuple[int, int]]:
    found = []
    for word in words:
        start = text.lower().find(word)
        while start >= 0:
            found.append((start, start + len(word)))
            start = text.lower().find(word, start + 1)
    return found


def shown(pieces: object) -> str:
    """Hits in [], faint marks in ()."""
    brackets = {True: "[]", False: "()"}
    return "".join(
        f"{brackets[bool(p.hit)][0]}{p.text}{brackets[bool(p.hit)][1]}" if p.mark else p.text
        for p in pieces  # type: ignore[attr-defined]
    )


def test_neighbours_become_one_and_single_words_faint() -> None:
    marks = join(ranges(TEXT, "ngày", "hội"), TEXT)
    assert shown(cut(TEXT, marks)) == (
        "[Ngày hội] mở vào (ngày) 15; [ngày  hội]\nkết thúc. Mô hình camera, camera."
    )
    assert [mark.number for mark in marks] == [1, None, 2]


def test_single_words_are_hits_where_nothing_is_joined() -> None:
    assert len(hits(join(ranges(TEXT, "camera"), TEXT))) == 2


def test_a_word_that_never_stands_in_company_stays_a_hit() -> None:
    marks = join(ranges(TEXT, "ngày", "hội", "camera"), TEXT)
    assert shown(cut(TEXT, marks)).endswith("Mô hình [camera], [camera].")


def test_the_hit_at_an_offset() -> None:
    found = hits(join(ranges(TEXT, "ngày", "hội"), TEXT))
    assert [hit_at(found, offset).number for offset in (0, 3, 10, 25, 999)] == [1, 1, 2, 2, 2]


def test_a_mark_over_two_blocks_starts_once() -> None:
    marks = join([(5, 12)], "Một hai ba bốn")
    first, second = cut("Một hai ba bốn", marks, 0, 8), cut("Một hai ba bốn", marks, 8)
    assert [(p.text, p.hit, p.first) for p in first] == [("Một h", None, False), ("ai ", 1, True)]
    assert [(p.text, p.hit, p.first) for p in second] == [("ba b", 1, False), ("ốn", None, False)]


def passage(text: str, *marks: tuple[int, int], start: int = 0) -> Passage:
    return Passage(text, start, 1, None, marks)


def snippet_text(text: str) -> str:
    return "".join(piece.text for piece in snippets([passage(text)])[0].pieces)


def test_snippets_say_where_they_are_cut() -> None:
    assert snippet_text("giữa câu này") == "… giữa câu này …"
    assert snippet_text("- Cả câu này.") == "- Cả câu này."
    assert snippet_text("Như sau:\n\n1. Một.\n\n2. Hai.") == "Như sau: 1. Một. 2. Hai."
    assert snippet_text("KẾ HOẠCH\n\nTổ chức\nngày hội.") == "KẾ HOẠCH · Tổ chức\nngày hội."


def test_a_snippet_leads_to_its_first_hit() -> None:
    (found,) = snippets([passage("giữa câu này", (5, 8), start=100)])
    assert found.offset == 105


def test_the_passages_of_a_document_are_marked_alike() -> None:
    first, second = snippets(
        [passage("Ngày hội.", (0, 4), (5, 8)), passage("Sáng ngày 15.", (5, 9), start=50)]
    )
    assert shown(first.pieces) == "[Ngày hội]."
    assert shown(second.pieces) == "Sáng (ngày) 15."
    assert second.offset == 50


def test_a_symbol_is_one_hit() -> None:
    text = "Số: 12/KH-CAT; các KH khác"
    marks = join([(4, 6), (7, 9), (10, 13), (19, 21)], text)
    assert shown(cut(text, marks)) == "Số: [12/KH-CAT]; các (KH) khác"


def test_words_of_two_paragraphs_are_not_joined() -> None:
    text = "KẾ HOẠCH\n\nngày hội"
    assert shown(cut(text, join([(0, 2), (3, 8), (10, 14)], text))) == "[KẾ HOẠCH]\n\n[ngày] hội"


@given(
    st.text("ab \n", max_size=40),
    st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50)), max_size=8),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_pieces_are_the_text(text: str, found: list[tuple[int, int]], start: int, end: int) -> None:
    marks = join(found, text)
    assert all(a.end < b.start for a, b in pairwise(marks))
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    assert "".join(piece.text for piece in cut(text, marks, start, end)) == text[start:end]
