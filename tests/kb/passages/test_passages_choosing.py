"""Which passages are shown for a query, and how they are cited."""

import itertools

import pytest
from passage_samples import CIRCULAR, CIRCULAR_OUTLINE, PLAN_OUTLINE

from kb.model import Page
from kb.passages import Outline, Sought, best_passages
from kb.query.planned import Mark
from kb.vietnamese.analyser import tokens


def sought(query, **frequency):
    marks = [Mark(t.form, t.fold, not t.accented) for t in tokens(query)]
    return Sought.of(marks, **frequency)


def shown(outline, query, **frequency):
    return best_passages(outline, sought(query, **frequency))


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("query", "expected", "section"),
    [
        # a list belongs to its lead-in, whole; so does each of its items
        (
            "hồ sơ xét tặng cờ thi đua gồm những gì",
            "2. Hồ sơ đề nghị xét tặng cờ thi đua gồm: a) Tờ trình của Ủy ban nhân dân phường;"
            " b) Báo cáo thành tích của tổ dân phố; c) Biên bản họp xét.",
            "khoản 2 Điều 3",
        ),
        (
            "biên bản họp xét",
            "2. Hồ sơ đề nghị xét tặng cờ thi đua gồm: a) Tờ trình của Ủy ban nhân dân phường;"
            " b) Báo cáo thành tích của tổ dân phố; c) Biên bản họp xét.",
            "khoản 2 Điều 3",
        ),
        ("thời hạn gửi hồ sơ", "trước ngày 20 tháng 11 hằng năm", "khoản 3 Điều 3"),
        ("khi nào gửi hồ sơ đề nghị tặng cờ", "trước ngày 20 tháng 11 hằng năm", "Điều 3"),
        ("ai quyết định tặng cờ thi đua", "Chủ tịch Ủy ban nhân dân quận quyết định", "Điều 4"),
        ("thẩm quyền tặng cờ", "Chủ tịch Ủy ban nhân dân quận quyết định", "Điều 4"),
        ("thưởng bao nhiêu cho tổ dân phố được tặng cờ", "2.500.000 đồng", "Điều 5"),
        ("cờ thi đua là gì", "Cờ thi đua là hình thức khen thưởng", "khoản 1 Điều 2"),
        ("TLG viết tắt của gì", "Tổ liên gia (TLG) là nhóm", "khoản 2 Điều 2"),
        # without accents the same
        ("co thi dua la gi", "Cờ thi đua là hình thức khen thưởng", "khoản 1 Điều 2"),
        ("thoi han gui ho so", "trước ngày 20 tháng 11", "khoản 3 Điều 3"),
    ],
)
def test_the_passage_that_answers(query, expected, section):
    best = shown(CIRCULAR_OUTLINE, query)[0]
    assert expected in flat(best.text)
    assert best.section == section


@pytest.mark.parametrize(
    ("query", "expected", "section"),
    [
        # a heading that matches pulls in what stands below it, and no more
        (
            "các bước ra quân",
            "II. CÁC BƯỚC RA QUÂN 1. Rà soát hộ có pháo nổ. 2. Vận động giao nộp."
            " 3. Tổ chức lễ ra quân tại sân phường.",
            "Mục II",
        ),
        ("mục đích", "I. MỤC ĐÍCH 1. Giữ bình yên cho khu phố. 2. Không để cháy nổ.", "Mục I"),
        # in an annex
        ("ca đêm do dân quân", "2. Ca đêm do dân quân trực.", "Mục 2 Phụ lục I"),
    ],
)
def test_whole_parts(query, expected, section):
    best = shown(PLAN_OUTLINE, query)[0]
    assert flat(best.text) == expected
    assert best.section == section


def test_grounds_recipients_and_scope_come_last():
    texts = [flat(p.text) for p in shown(CIRCULAR_OUTLINE, "hồ sơ xét tặng cờ thi đua tổ dân phố")]
    assert texts[0].startswith("2. Hồ sơ đề nghị xét tặng cờ thi đua gồm:")
    assert not any("Nơi nhận" in text or "Lưu: VT" in text for text in texts)


def apart(*parts):
    """The parts as passages of their own: with other text between them."""
    return Outline(("\n\n" + "Việc khác hẳn ở nơi xa. " * 20 + "\n\n").join(parts))


def test_words_side_by_side_in_order_win():
    parts = ("Đua nhau giữ cờ và thi.", "Cờ của đội thi chạy đua.", "Giữ cờ thi đua năm sau.")
    assert shown(apart(*parts), "cờ thi đua")[0].text.startswith(parts[2])


def test_rare_words_weigh_more():
    parts = ("Công tác của các đơn vị trong năm.", "Flycam được dùng ở chợ.")
    frequency = {"frequency": lambda token: 1 if token == "flycam" else 990, "documents": 1000}
    query = "công tác của các đơn vị flycam"
    assert shown(apart(*parts), query, **frequency)[0].text.startswith(parts[1])
    assert shown(apart(*parts), query)[0].text.startswith(parts[0])  # nothing known of the words


def test_further_passages_are_nearly_as_good():
    parts = [f"Đoạn {n}: mô hình camera an ninh của phường." for n in range(9)]
    assert len(shown(apart(*parts), "mô hình camera an ninh")) == 3
    parts = ["Mô hình camera an ninh của phường.", "An toàn ở chợ.", "Hình vẽ trên tường."]
    assert len(shown(apart(*parts), "mô hình camera an ninh")) == 1


def test_marks_of_several_tokens():
    text = "Phong trào bảo vệ an ninh\nTổ quốc ở phường; giữ an ninh khu phố."
    mark = Mark("an ninh tổ quốc", "an ninh to quoc", any_accent=False)
    (found,) = best_passages(Outline(text), Sought.of([mark]))
    assert [found.text[a:b] for a, b in found.marks] == ["an ninh\nTổ quốc"]


def test_the_best_passage_of_a_very_long_text_is_found():
    """300 pages of common words, and the one place with the rare word near the end."""
    filler = "Công an xã thực hiện nhiệm vụ trong năm. " * 15_000
    answer = "Công an xã thực hiện nhiệm vụ bay flycam trước ngày 05/6."
    text = filler + "\n\n" + answer + "\n\n" + filler[:100_000]
    pages = [Page(n + 1, n * 2_000, (n + 1) * 2_000) for n in range(len(text) // 2_000 + 1)]
    best = shown(Outline(text, pages), "công an xã thực hiện nhiệm vụ bay flycam")[0]
    assert answer in best.text
    assert len(best.text) < 400
    assert best.page == text.index(answer) // 2_000 + 1  # the page on which the passage begins, too


def test_hostile_texts_are_bounded():
    for text in (
        "a" * 200_000,
        "a " * 100_000,
        "\n" * 50_000 + "a",
        "1. " * 50_000 + "a",
        "a:\n- " * 20_000,
    ):
        found = shown(Outline(text), "a")
        assert found
        assert all(len(p.text) < 800 for p in found)


def test_passages_are_in_the_text_and_apart():
    for query in ("cờ", "tổ dân phố", "hồ sơ gồm những gì", "ngày nào", "xyz"):
        found = shown(CIRCULAR_OUTLINE, query)
        spans = sorted((p.start, p.start + len(p.text)) for p in found)
        assert all(CIRCULAR[p.start :].startswith(p.text) for p in found)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
