"""Which documents are the same paper, and what speaks against it."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date

import near_samples
import pytest

from kb.near.drafts import draft_number
from kb.near.folding import fold_page
from kb.near.papers import Paper, relation
from kb.near.signature import resemblance, sign
from kb.vietnamese.normalise import fold

TITLE = "Kế hoạch thực hiện công tác dân vận năm 2022"


def as_read(text: str, id_: str = "a", **facts: object) -> Paper:
    """A paper with its draft mark read from its text."""
    return Paper(id_, sign(text), draft=draft_number(text), **facts)  # type: ignore[arg-type]


def signed(text: str, id_: str = "a", **facts: object) -> Paper:
    known = {"symbol": "12/KH-CAT-PV05", "issued_on": date(2022, 6, 15), "title": TITLE} | facts
    return as_read(text, id_, kind="ke-hoach", unit="cat-ha-tinh", **known)


@pytest.mark.parametrize("clauses", [3, 10, 24])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda text, rng: near_samples.misread(text, rng),
        lambda text, rng: near_samples.with_junk(text, rng),
        lambda text, rng: fold(text),
        lambda text, rng: near_samples.with_junk(near_samples.misread(fold(text), rng, 0.04), rng, 2),
    ],
    ids=["misread", "junk", "no accents", "all together"],
)
def test_a_scan_and_its_word_twin_meet(spoil, clauses):
    """With symbol and date, with the title alone, and both spoilt."""
    found = {"known": 0, "title": 0, "both spoilt": 0}
    for seed in range(12):
        rng = random.Random(seed)
        text = near_samples.paper(seed, clauses=clauses)
        twin = spoil(text, rng)
        bare = {"symbol": None, "issued_on": None}
        found["known"] += relation(signed(text), signed(twin)) == "copy"
        found["title"] += relation(signed(text), signed(twin, **bare)) == "copy"
        found["both spoilt"] += relation(signed(spoil(text, rng)), signed(twin)) == "copy"
    assert found["known"] == 12
    assert found["title"] >= 11
    assert found["both spoilt"] == 12


@pytest.mark.parametrize("facts", [{"symbol": None, "issued_on": None, "title": None}, {}])
@pytest.mark.parametrize("scanned", [False, True])
@pytest.mark.parametrize("clauses", [3, 10, 24])
def test_next_years_plan_is_another_paper(facts, scanned, clauses):
    for seed in range(12):
        text = near_samples.paper(seed, clauses=clauses)
        later = near_samples.next_year(text)
        if scanned:
            later = near_samples.misread(later, random.Random(seed))
        if facts:
            known = (signed(text, **facts), signed(later, **facts))
        else:
            title = TITLE.replace("2022", "2023")
            known = (
                signed(text, symbol=None, issued_on=None),
                signed(later, symbol=None, issued_on=None, title=title),
            )
        assert relation(*known) is None


def test_a_notice_that_differs_in_one_day_is_another_notice():
    text = near_samples.body(random.Random(1), 3, numbers=False)
    first, second = (
        as_read(f"Thông báo lịch tiếp công dân ngày {day} tháng 3. {text}") for day in (12, 13)
    )
    assert relation(first, first) == "copy"
    assert relation(first, second) is None


TEXT = near_samples.paper(7)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, "copy"),
        ({"symbol": "12/KH-CAT.PV05"}, "copy"),
        ({"symbol": "I2/KH-CAT-PVO5"}, "copy"),  # as OCR reads it
        ({"symbol": "13/KH-CAT-PV05"}, None),
        ({"issued_on": date(2022, 6, 16)}, None),
        ({"symbol": None}, "copy"),
        ({"issued_on": None}, "copy"),
        ({"symbol": None, "issued_on": None}, "copy"),
        ({"symbol": None, "title": "Kế hoạch thực hiện công tác dân vận năm 2021"}, None),
        ({"symbol": None, "title": "Kế hoạch phòng cháy, chữa cháy mùa hanh khô"}, None),
        ({"symbol": None, "title": "Kế hoạch thực hiện công tác dân tộc năm 2022"}, None),
        ({"symbol": None, "title": "Kế hoạch lhực hiện công tác dân vậri năm 2022"}, "copy"),  # misread
        ({"symbol": None, "title": "Thực hiện công tác dân vận"}, "copy"),  # shorter
        ({"title": "Kế hoạch phòng cháy, chữa cháy mùa hanh khô"}, "copy"),  # symbol and date decide
        ({"symbol": None, "covers": (date(2022, 1, 1), date(2022, 12, 31))}, "copy"),
        ({"symbol": None, "covers": (date(2021, 1, 1), date(2021, 12, 31))}, None),
    ],
)
def test_what_speaks_for_and_against(other, expected):
    paper = replace(signed(TEXT), covers=(date(2022, 1, 1), date(2022, 12, 31)))
    assert relation(paper, signed(TEXT, **other)) == expected
    assert relation(signed(TEXT, **other), paper) == expected


def test_another_kind_or_unit_is_another_paper_where_the_symbol_does_not_decide():
    paper = signed(TEXT, symbol=None)
    for other in (replace(paper, kind="bao-cao"), replace(paper, unit="cat-nghe-an")):
        assert relation(paper, other) is None
        same = {"symbol": "12/KH-CAT-PV05"}
        assert relation(replace(paper, **same), replace(other, **same)) == "copy"
    news = replace(paper, kind="tin-tuc", issued_on=None)
    assert relation(news, replace(news, unit="cat-nghe-an")) == "copy"  # from portal to portal


def test_the_next_days_news_is_not_the_last_ones():
    """News has no number and is not scanned: only nearly the same words are the same news."""
    facts = {"kind": "tin-tuc", "title": "Ra quân tấn công tội phạm dịp Tết"}
    text = near_samples.body(random.Random(4), 20, numbers=False)
    lines = [line.partition(". ")[2] for line in text.split("\n")]
    first, second = "\n".join(lines[:17]), "\n".join(lines[3:])
    assert 0.5 < resemblance(sign(first), sign(second)) < 0.9
    assert relation(as_read(first, **facts), as_read(second, **facts)) is None
    assert relation(as_read(first, **facts), as_read(first + "\nXem thêm.", **facts)) == "copy"
    facts["kind"] = "ke-hoach"
    assert relation(as_read(first, **facts), as_read(second, **facts)) == "copy"


def test_other_words_are_another_paper_whatever_its_head_says():
    other = "Nội dung khác hẳn. " * 3 + near_samples.body(random.Random(3), 30).replace("a", "ô")
    assert relation(signed(TEXT), signed(other)) is None


def test_without_a_title_only_the_very_same_words_count():
    unknown = {"symbol": None, "issued_on": None, "title": None}
    clauses = near_samples.CLAUSES
    changed = TEXT
    for clause in clauses[::2]:
        changed = changed.replace(clause[1:], "giao từng đơn vị tự xây dựng phương án riêng")
    assert relation(signed(TEXT, **unknown), signed(TEXT, **unknown)) == "copy"
    first, second = signed(TEXT, **unknown), signed(changed, **unknown)
    assert 0.5 < resemblance(first.signature, second.signature) < 0.9
    assert relation(first, second) is None


# ---------------------------------------------------------------- drafts


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("DỰ THẢO\nKẾ HOẠCH", 0),
        ("(DỰ THẢO LẦN 3)\nKẾ HOẠCH", 3),
        ("Dự thảo lần 2", 2),
        ("Dự thảo: ngày 5/6/2022", 0),
        ("DỰ THẢO     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0),
        ("Số:      /KH-CAT-PV01", 0),
        ("Số: ……/KH-CAT", 0),
        ("Số .../QĐ-UBND   Hà Tĩnh, ngày ... tháng ... năm 2024", 0),
        ("Số     -KH/TU", 0),
        ("Hà Tĩnh, ngày     tháng 6 năm 2022", 0),
        ("Hà Tĩnh, ngày    tháng    năm 2022", 0),
        ("Số: 12/KH-CAT\nHà Tĩnh, ngày 5 tháng 6 năm 2022", None),
        ("Số: 05-KH/TU", None),
        ("Dự thảo Luật gồm 5 chương", None),
        ("Góp ý dự thảo kế hoạch", None),
        ("V/v lấy ý kiến đối với\ndự thảo\nNghị định", None),
        ("Số lượng - chất lượng", None),
        ("Số - chất", None),
        ("", None),
    ],
)
def test_drafts_are_known_by_their_marks_and_blanks(head, expected):
    assert draft_number(head) == expected


def draft_of(text: str, mark: str = "DỰ THẢO\n") -> str:
    blank = text.replace("Số: 12/", "Số:      /").replace("ngày 15 tháng 6", "ngày      tháng 6")
    assert blank != text
    return mark + blank


def test_a_draft_and_what_was_signed_are_versions():
    unnumbered = {"symbol": None, "issued_on": None}
    for seed in range(12):
        text = near_samples.paper(seed)
        lines = draft_of(text).split("\n")
        revised = "\n".join([*lines[:-12], "Bổ sung: giao các đơn vị báo cáo hằng tuần.", *lines[-10:]])
        later_deadline = re.sub(r"trước ngày \d+", "trước ngày 29", text, count=1)
        assert relation(signed(text), signed(draft_of(text), **unnumbered)) == "version"
        assert relation(signed(later_deadline), signed(revised, **unnumbered)) == "version"
        assert relation(signed(near_samples.next_year(text)), signed(revised, **unnumbered)) is None
    first, second = (signed(draft_of(TEXT, f"DỰ THẢO LẦN {n}\n"), **unnumbered) for n in (1, 2))
    assert (first.stage, signed(TEXT).stage) == ("draft", "signed")
    assert relation(first, second) == "version"
    assert relation(first, first) == "copy"


def test_some_deadlines_may_change_before_a_draft_is_signed():
    versions = copies = 0
    for seed in range(12):
        text = near_samples.paper(seed, clauses=8)
        moved = re.sub(r"trước ngày \d+", "trước ngày 29", text, count=2)
        unnumbered = {"symbol": None, "issued_on": None}
        versions += relation(signed(moved), signed(draft_of(text), **unnumbered)) == "version"
        copies += relation(signed(moved, symbol=None), signed(text, symbol=None)) == "copy"
    assert versions == 12
    assert copies < 6  # and are two papers where both are signed


def test_the_day_on_a_draft_is_not_the_day_of_issue():
    draft = signed("DỰ THẢO\n" + TEXT, symbol=None, issued_on=date(2022, 6, 1))
    assert relation(draft, signed(TEXT)) == "version"


# ---------------------------------------------------------------- a page


def ids(groups: list[list[Paper]]) -> list[list[str]]:
    return [[paper.id for paper in group] for group in groups]


def test_a_page_is_folded_in_its_order_and_what_was_signed_comes_first():
    other = as_read(near_samples.paper(99, number="40"), "other", symbol="40/KH-CAT")
    draft = signed(draft_of(TEXT), "draft", symbol=None, issued_on=None)
    second = signed(draft_of(TEXT, "DỰ THẢO LẦN 2\n"), "draft 2", symbol=None, issued_on=None)
    scan = signed(near_samples.misread(TEXT, random.Random(1)), "scan")
    final = signed(TEXT, "final")
    groups = fold_page([draft, other, scan, second, final])
    assert ids(groups) == [["scan", "final", "draft 2", "draft"], ["other"]]
    assert ids(fold_page([other, final, scan])) == [["other"], ["final", "scan"]]
    assert fold_page([]) == []


def test_a_scan_without_a_number_does_not_join_two_papers():
    scan = signed(TEXT, "scan", symbol=None, issued_on=None)
    first, second = signed(TEXT, "first"), signed(TEXT, "second", symbol="13/KH-CAT-PV05")
    assert ids(fold_page([first, scan, second])) == [["first", "scan"], ["second"]]
    assert ids(fold_page([scan, second, first])) == [["scan", "second"], ["first"]]


def test_texts_too_short_for_a_signature_are_left_alone():
    short = [as_read("Thông báo nghỉ lễ.", name, symbol="1/TB-CAT") for name in ("a", "b")]
    assert ids(fold_page(short)) == [["a"], ["b"]]
