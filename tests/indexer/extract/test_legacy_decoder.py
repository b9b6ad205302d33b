"""Which text is decoded, how, and which is not touched."""

from __future__ import annotations

import pytest
from legacy_samples import TEXT, encoded, shown

from indexer.extract.legacy import LegacyDecoder, Run
from indexer.extract.legacy_tables import ENCODINGS, TCVN3, VISCII, VNI, VPS

FONTS = {"TCVN3": ".VnTime", "VNI": "VNI-Times", "VISCII": "VI Times", "VPS": "VPS Times"}


def decoded(*runs: Run) -> list[str]:
    return LegacyDecoder(runs).decode(runs)


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda e: e.name)
def test_by_the_name_of_the_font(encoding):
    assert decoded(Run(encoded("Số", encoding), FONTS[encoding.name])) == ["Số"]


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda e: e.name)
@pytest.mark.parametrize("font", [None, "Times New Roman"])
def test_by_what_the_words_say(encoding, font):
    assert decoded(Run(encoded(TEXT, encoding), font)) == [TEXT]
    assert decoded(Run(shown(encoded(TEXT, encoding)), font)) == [TEXT]


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda e: e.name)
def test_capitals_by_what_the_words_say(encoding):
    text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, ĐỘC LẬP - TỰ DO - HẠNH PHÚC, QUYẾT ĐỊNH CỦA BỘ TRƯỞNG"
    assert decoded(Run(encoded(text, encoding))) == [text]


def test_each_run_of_a_mixed_paragraph_by_its_font():
    runs = [
        Run(encoded("Kính gửi: ", TCVN3), ".VnTime"),
        Run("đồng chí Nguyễn Văn A, ", "Times New Roman"),
        Run(encoded("trưởng phòng", VNI), "VNI-Times"),
    ]
    assert decoded(*runs) == ["Kính gửi: ", "đồng chí Nguyễn Văn A, ", "trưởng phòng"]


def test_paragraphs_of_several_encodings_without_fonts():
    lines = [encoded(TEXT, TCVN3), TEXT, encoded(TEXT, TCVN3), TEXT]
    decoder = LegacyDecoder(map(Run, lines))
    assert [decoder.decode([Run(line)])[0] for line in lines] == [TEXT] * 4


def test_a_font_that_says_the_wrong_encoding_is_not_believed():
    lines = [Run(encoded(TEXT, TCVN3), ".VnTime"), Run(encoded(TEXT, VNI), ".VnTime")]
    decoder = LegacyDecoder(lines)
    assert [decoder.decode([line])[0] for line in lines] == [TEXT, TEXT]


def test_unicode_in_a_legacy_font_is_left_alone():
    assert decoded(Run(TEXT, ".VnTime")) == [TEXT]


def test_a_font_whose_text_became_unicode_is_not_believed_in_short_words_either():
    lines = [Run(TEXT, ".VnTime"), Run("có", ".VnTime"), Run("tháng", ".VnTime")]
    decoder = LegacyDecoder(lines)
    assert [decoder.decode([line])[0] for line in lines] == [TEXT, "có", "tháng"]


def test_capitals_among_the_control_characters():
    for encoding in (VISCII, VPS):
        text = "Ạ Ặ Ỵ Ẫ Ỹ"
        codes = "".join(c if c == " " else encoded(c, encoding) for c in text)
        assert decoded(Run(codes, FONTS[encoding.name])) == [text]


def test_a_letter_of_two_codes_over_two_runs():
    runs = [Run("Ho", "VNI-Times"), Run("ø sô", "VNI-Helve")]
    assert "".join(decoded(*runs)) == "Hò sơ"
    assert decoded(*runs)[0] == "Hò"


def test_capital_fonts_print_capitals_but_were_typed_small():
    runs = [Run(encoded("quyết định", TCVN3), ".VnTimeH"), Run(" 12", ".VnTime")]
    decoder = LegacyDecoder(runs)
    texts = decoder.decode(runs)
    assert texts == ["quyết định", " 12"]
    assert decoder.printed(runs, texts) == ["QUYẾT ĐỊNH", " 12"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("§¡NG Ký", "ĐĂNG KÝ"),
        ("NGHIÖP Vô", "NGHIỆP VỤ"),
        ("Ký tªn TSC§", "Ký tên TSCĐ"),
        ("Bé (Së): UBND", "Bộ (Sở): UBND"),
        ("B\xb8o c\xb8o TSC§", "Báo cáo TSCĐ"),
    ],
)
def test_capitals_among_capitals(typed, meant):
    assert decoded(Run(typed, ".VnTime")) == [meant]


def test_words_in_other_fonts_of_a_legacy_document():
    runs = [Run(encoded(TEXT, TCVN3), ".VnTime"), Run("ng\xadêi nhËn", "Arial"), Run("Phần", "Arial")]
    decoder = LegacyDecoder(runs)
    assert [decoder.decode([run])[0] for run in runs[1:]] == ["người nhận", "Phần"]


def test_what_was_decoded_is_told():
    run = Run(encoded(TEXT, TCVN3), ".VnTime")
    decoder = LegacyDecoder([run])
    assert decoder.warnings() == []
    decoder.decode([run])
    (warning,) = decoder.warnings()
    assert warning.startswith("encoding-repaired: ")
    assert "TCVN3" in warning


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.upper(),
        "có tháng là và cho ông bà, các anh",  # nothing beyond Latin-1: TCVN3 would read it as well
        "Đà Nẵng ® © § · 5 µm ½ « trích » • Điều 1…",
        "Kế hoạch số 15/KH-UBND ngày 04/8/2019 của TTXVN, QĐ, NĐ-CP, HĐND",
        "El señor Núñez compró más plátanos; ¿cuántos años tiene su compañía? Según él, está aquí.",
        "Die Größe der Städte übertrifft für gewöhnlich die Dörfer; schöne Grüße aus München, Jörg.",
        "L'été dernier, à l'hôtel, la fête où Noël a été célébrée près du théâtre: déjà vu, garçon.",
        "Příliš žluťoučký kůň úpěl ďábelské ódy; řeka teče přes město.",
        "Não há solução: a organização das eleições é uma função do órgão, então está lá.",
        "Ärade gäster, på ön växer blåbär; även björnar får äta här.",
        "plain ASCII, nothing to see: 12/QD-UBND",
    ],
)
def test_what_is_no_legacy_text_stays_as_it_is(text):
    runs = [Run(line) for line in text.split("\n")]
    decoder = LegacyDecoder(runs)
    assert [decoder.decode([run])[0] for run in runs] == [run.text for run in runs]
    assert decoder.warnings() == []


def test_a_foreign_name_in_a_legacy_text_is_no_reason_to_doubt():
    text = encoded(TEXT, TCVN3) + " Microsoft, Jean-Pierre, Wolfgang"
    assert decoded(Run(text, ".VnTime"))[0] == TEXT + " Microsoft, Jean-Pierre, Wolfgang"
