"""Offsets: what every extractor gets from the one builder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.assemble import DraftLine, DraftPage, Rect, Word, assemble, words_of
from kb.errors import ExtractionFailed

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LINES = st.lists(st.tuples(st.lists(WORDS, max_size=5), st.booleans()), max_size=6)


def pages_of(drawn: list[list[tuple[list[str], bool]]]) -> list[DraftPage]:
    pages = []
    for number, lines in enumerate(drawn, start=1):
        made = []
        for words, new_paragraph in lines:
            rect = Rect(1, 2, 3, 4)
            boxed = [Word(w.text, rect) for text in words for w in words_of(text)]
            made.append(DraftLine(boxed, rect, new_paragraph=new_paragraph))
        pages.append(DraftPage(number, made, 595, 842))
    return pages


def test_text_lines_pages_and_boxes() -> None:
    rect = Rect(10, 20, 30, 40)
    first = DraftPage(1, [DraftLine([Word("Số:", rect), Word("5", rect)], rect, True, False, "left")])
    second = DraftPage(
        2, [DraftLine(words_of("tiếp theo"), new_paragraph=False), DraftLine(words_of("Hết"))]
    )
    extracted = assemble("pdf", [first, DraftPage(2), second], title="  Báo \n cáo ")
    assert extracted.text == "Số: 5\ntiếp theo\n\nHết"
    assert extracted.title == "Báo cáo"
    line = extracted.lines[0]
    assert (line.start, line.end, line.page, line.x0, line.bold, line.column) == (
        0,
        5,
        1,
        10,
        True,
        "left",
    )
    assert [(box.start, box.end) for box in extracted.pages[0].boxes] == [(0, 3), (4, 5)]
    assert [(page.start, page.end) for page in extracted.pages] == [(0, 5), (5, 5), (6, 20)]


def test_drawn_rules_part_paragraphs() -> None:
    lines = [DraftLine(words_of(t), new_paragraph=False) for t in ("BÁO CÁO", "______", "Kính gửi")]
    assert assemble("txt", [DraftPage(1, lines)]).text == "BÁO CÁO\n\nKính gửi"


def test_nothing_to_read() -> None:
    with pytest.raises(ExtractionFailed) as caught:
        assemble("txt", [DraftPage(1, [DraftLine([]), DraftLine(words_of("-----"))])])
    assert caught.value.code == "no-text"


def test_legacy_encodings_are_flagged_and_english_is_not() -> None:
    tcvn3 = [DraftPage(1, [DraftLine(words_of("Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp"))])]
    english = [DraftPage(1, [DraftLine(words_of("The quick brown fox jumps over the lazy dog"))])]
    assert assemble("txt", tcvn3).warnings[0].startswith("encoding-suspect: ")
    assert assemble("txt", english).warnings == ()


@given(st.lists(LINES, min_size=1, max_size=3))
def test_offsets_hold_for_any_text(drawn: list[list[tuple[list[str], bool]]]) -> None:
    try:
        extracted = assemble("pdf", pages_of(drawn))
    except ExtractionFailed as error:
        assert error.code == "no-text"
        return
    assert extracted.text == extracted.text.strip()
    for line in extracted.lines:
        piece = extracted.text[line.start : line.end]
        assert piece and "\n" not in piece
    for page in extracted.pages:
        words = [extracted.text[box.start : box.end] for box in page.boxes]
        assert words == extracted.text[page.start : page.end].split()


def test_the_fixture_that_checks_offsets_can_fail(check_offsets: Callable[[Any], None]) -> None:
    class Wrong:
        text = "một hai"
        lines = ()
        pages = ()

    with pytest.raises(AssertionError):
        check_offsets(Wrong)
