"""Topics by phrases: what counts and what does not."""

from indexer.metadata.topic import read_topics
from kb.model import Span
from kb.vietnamese.symbols import parse


def topics_of(text: str, title: str = "", **known: object) -> dict[str, float]:
    whole = f"{title}\n{text}" if title else text
    span = Span(0, len(title)) if title else None
    found = read_topics(whole, span, (Span(0, len(whole)),), **known)  # type: ignore[arg-type]
    return {topic.value: topic.confidence for topic in found}


def test_a_phrase_in_the_title_nearly_decides() -> None:
    assert "te-nan/ma-tuy" in topics_of("Các đơn vị thực hiện.", "Kế hoạch phòng, chống ma túy")
    assert topics_of("Một lần nhắc ma túy.") == {}


def test_abbreviations_commas_and_tone_placement_are_all_the_same() -> None:
    full = topics_of(
        "Ngày hội toàn dân bảo vệ an ninh Tổ quốc. Ngày hội toàn dân bảo vệ an ninh Tổ quốc."
    )
    short = topics_of("Ngày hội toàn dân bảo vệ ANTQ. Ngày hội toàn dân bảo vệ ANTQ.")
    assert full == short
    assert "phong-trao/ngay-hoi" in full
    with_comma = topics_of("an toàn về an ninh, trật tự; an toàn về an ninh, trật tự")
    assert with_comma == topics_of("an toàn về an ninh trật tự; an toàn về an ninh trật tự")
    assert topics_of("hoà giải, xoá nhà tạm, xoá nhà tạm") == topics_of(
        "hòa giải, xóa nhà tạm, xóa nhà tạm"
    )


def test_another_festival_is_not_ours() -> None:
    assert "phong-trao/ngay-hoi" not in topics_of(
        "Ngày hội đại đoàn kết toàn dân tộc.", "Ngày hội hiến máu"
    )


def test_the_name_of_a_steering_board_speaks_only_for_the_board() -> None:
    board = "Ban Chỉ đạo phòng, chống ma túy, tội phạm, tệ nạn xã hội và xây dựng phong trào ANTQ"
    assert "te-nan/ma-tuy" not in topics_of(f"{board}. {board}. {board}.")


def test_a_repeated_phrase_counts_three_times_at_most() -> None:
    three = topics_of("trộm cắp tài sản. " * 3)
    assert topics_of("trộm cắp tài sản. " * 30) == three


def test_evidence_stands_in_the_text() -> None:
    text = "Lực lượng Công an tuyên truyền. Trộm cắp tài sản giảm. Trộm cắp tài sản ít."
    (topic,) = read_topics(text, None, (Span(0, len(text)),))
    assert topic.span is not None
    assert text[topic.span.start : topic.span.end].lower() == "trộm cắp tài sản"


def test_the_drafter_makes_a_topic_likelier_but_does_not_invent_it() -> None:
    symbol = parse("12/KH-CAT-PC07")
    assert topics_of("Không nói gì.", symbol=symbol) == {}
    alone = topics_of("Vụ cháy lúc 9 giờ. Kết quả vụ cháy.")["pccc/su-co"]
    assert topics_of("Vụ cháy lúc 9 giờ. Kết quả vụ cháy.", symbol=symbol)["pccc/su-co"] > alone


def test_at_most_eight_topics_best_first() -> None:
    words = (
        "trộm cắp tài sản; cai nghiện ma túy; bạo lực gia đình; nồng độ cồn; vụ cháy; căn cước; "
        "hộ chiếu; tổ chức tôn giáo; an toàn thực phẩm; hội thi; bổ nhiệm; hậu cần. "
    )
    found = read_topics(words * 3, None, (Span(0, len(words) * 3),))
    assert len(found) == 8
    assert [t.confidence for t in found] == sorted((t.confidence for t in found), reverse=True)
