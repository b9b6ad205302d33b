"""Where sentences begin."""

import pytest

from kb.passages.sentences import Sentences


def cut(text):
    """The sentences of a text, by asking for one boundary after the other."""
    sentences, parts, start = Sentences(text), [], 0
    while start < len(text):
        end = sentences.next(start)
        parts.append(" ".join(text[start:end].split()))
        assert sentences.start(end - 1) == start or not text[start:end].strip()
        start = end
    return [part for part in parts if part]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Một câu. Hai câu! Ba câu? Hết", ["Một câu.", "Hai câu!", "Ba câu?", "Hết"]),
        ("Một dòng\ngãy. Câu sau.", ["Một dòng gãy.", "Câu sau."]),
        ("Đoạn đầu\n\nĐoạn sau", ["Đoạn đầu", "Đoạn sau"]),
        ("Gồm:\na) tờ trình;\nb) báo cáo.", ["Gồm:", "a) tờ trình;", "b) báo cáo."]),
        ("Gồm:\n- tờ trình;\n- báo cáo", ["Gồm:", "- tờ trình;", "- báo cáo"]),
        (
            "Điều 1. Phạm vi\n1. Khoản một.\n2. Khoản hai.",
            ["Điều 1. Phạm vi", "1. Khoản một.", "2. Khoản hai."],
        ),
        ("II. NỘI DUNG\n1.2. Việc nhỏ", ["II. NỘI DUNG", "1.2. Việc nhỏ"]),
        # these points end nothing
        ("Công an TP. Hồ Chí Minh họp. Sau đó về.", ["Công an TP. Hồ Chí Minh họp.", "Sau đó về."]),
        ("KT. CHỦ TỊCH ký. Hết", ["KT. CHỦ TỊCH ký.", "Hết"]),
        ("Bàn, ghế v.v. và tủ. Hết", ["Bàn, ghế v.v. và tủ.", "Hết"]),
        ("Thưởng 2.500.000 đồng, số 3.5. Hết", ["Thưởng 2.500.000 đồng, số 3.5.", "Hết"]),
        ("Ông nói: “Xong rồi.” Bà về.", ["Ông nói: “Xong rồi.”", "Bà về."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text, expected):
    assert cut(text) == expected


def test_sentences_across_the_blocks_in_which_they_are_looked_for():
    sentence = "Câu này dài vừa phải và lặp lại nhiều lần. "
    text = sentence * 400  # beyond several blocks
    assert cut(text) == [sentence.strip()] * 400
    assert Sentences(text).start(len(text) - 3) == len(text) - len(sentence)


@pytest.mark.parametrize(
    ("text", "at", "rank"),
    [
        ("Điều 9. Hồ sơ", 0, 0),
        ("x\nChương II\nY", 2, 0),
        ("x\nII. Việc", 2, 1),
        ("x\n2. Việc", 2, 2),
        ("x\n2.1. Việc", 2, 3),
        ("x\na) việc", 2, 4),
        ("x\n- việc", 2, 5),
        ("x\nViệc | Ai làm\nTrực | Tổ 1", 2, 6),
        ("x\nViệc", 2, 7),
        ("Một. Hai", 5, None),
        ("theo Điều 9. Sau", 5, None),
    ],
)
def test_rank(text, at, rank):
    assert Sentences(text).rank(at) == rank
