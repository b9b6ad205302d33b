"""The table of abbreviations, and texts written out with it."""

from kb.vietnamese import abbreviations


def test_the_table_tells_what_is_usual_and_what_is_checked() -> None:
    table = abbreviations.table()
    (antq,) = [entry for entry in table if entry.abbreviation == "ANTQ"]
    assert (antq.text, antq.usual, antq.checked) == ("an ninh Tổ quốc", True, True)
    tt = [entry for entry in table if entry.abbreviation == "TT"]
    assert [entry.usual for entry in tt] == [True] + [False] * (len(tt) - 1)
    assert not any(entry.checked for entry in table if entry.abbreviation == "CSHS")


def test_every_cue_belongs_to_a_meaning_of_the_table() -> None:
    known = {(entry.abbreviation, entry.text) for entry in abbreviations.table()}
    cued = {(r["abbreviation"], r["expansion"]) for r in abbreviations._rows("abbreviation_cues.csv")}
    assert cued
    assert cued <= known
    (social,) = [e for e in abbreviations.table() if e.text == "an sinh xã hội"]
    assert "hộ nghèo" in social.cues


def test_writings_share_a_key_and_a_sense() -> None:
    assert len({abbreviations.key(text) for text in ("GD&ĐT", "GDĐT", "gd-đt", "GD ĐT")}) == 1
    one = abbreviations.sense("phòng cháy và chữa cháy")
    assert one == abbreviations.sense("Phòng cháy, chữa cháy") == ("phong", "chay", "chua", "chay")
    assert abbreviations.sense("vá xe") == ("va", "xe")  # only "và" joins


def test_writing_out_leaves_words_alone() -> None:
    assert abbreviations.write_out("XDPT toàn dân bảo vệ ANTQ") == (
        "xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc"
    )
    assert abbreviations.write_out("cat, cap, TT") == "cat, cap, TT"
    assert abbreviations.write_out("bao ve antq", any_case=True) == "bao ve an ninh Tổ quốc"
    assert abbreviations.write_out("cat cap", any_case=True) == "cat cap"
