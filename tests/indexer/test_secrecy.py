"""The secrecy gate: marks are found through noise, words are none; nothing of a marked file is kept."""

from __future__ import annotations

import random
import unicodedata
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from indexer.pipeline import ingest
from indexer.reader import read_file
from kb.access import PUBLIC
from kb.errors import ExtractionFailed
from kb.library import Library
from kb.results import SearchRequest
from kb.settings import Settings

MARKS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
BODY = (
    "Thực hiện chỉ đạo của cấp trên về công tác bảo đảm an ninh, trật tự, đơn vị xây dựng",
    "kế hoạch với các nội dung sau đây, giao các bộ phận tổ chức thực hiện và báo cáo đúng hạn.",
    "1. Mục đích: nâng cao trách nhiệm của cán bộ, chiến sĩ trong bảo mật thông tin, tài liệu.",
)


def _head(rng: random.Random, mark: str) -> list[str]:
    number = f"Số: {rng.randint(1, 900)}/KH-PV05"
    nation = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    agency = ["CÔNG AN TỈNH A", "PHÒNG XÂY DỰNG PHONG TRÀO"]
    date = f"Tỉnh A, ngày {rng.randint(1, 28)} tháng 5 năm 2024"
    return rng.choice(
        (
            [*agency, number, mark, *nation, date],
            [mark, *agency, number, *nation, date],
            [*agency, number, "", mark, "", *nation, date],
            [
                f"{agency[0]}          {nation[0]}",
                f"{agency[1]}   {nation[1]}",
                f"{number}   {date}",
                mark,
            ],
            [*agency, f"{number}    {mark}" if "MẬT" in mark else f"{number}\n{mark}", *nation, date],
        )
    )


def _noisy(rng: random.Random, mark: str) -> str:
    """The mark as extraction, old machines or OCR give it."""

    def spaced(text: str) -> str:
        return " ".join(text.replace(" ", "  "))

    def unaccented(text: str) -> str:
        plain = unicodedata.normalize("NFD", text)
        return "".join(c for c in plain if not unicodedata.combining(c))

    def framed(text: str) -> str:
        return rng.choice(("[{}]", "| {} |", "({})", "I {} I", "┌ {} ┐", "* {} *", "{}.")).format(text)

    def misread(text: str) -> str:
        swaps = {"Ậ": "ẶÂẠẤ", "Ố": "ÓÔO0", "Ệ": "ÊẸỂE", "I": "1l", "T": "T"}
        at = rng.choice([i for i, c in enumerate(text) if c in swaps])
        return text[:at] + rng.choice(swaps[text[at]]) + text[at + 1 :]

    def labelled(text: str) -> str:
        return rng.choice(("ĐỘ MẬT: {}", "Độ mật: {}", "{} - HỎA TỐC", "{}\nKHẨN")).format(text)

    ways = [str, spaced, unaccented, framed, labelled, lambda t: framed(spaced(t)), misread]
    return rng.choice(ways)(mark)


def test_two_hundred_marked_pages(tmp_path: Path) -> None:
    """SAFETY: recall of at least 99 %."""
    rng = random.Random(117)
    missed = []
    for number in range(200):
        mark = _noisy(rng, rng.choice(MARKS))
        page = tmp_path / f"{number}.txt"
        lines = [*_head(rng, mark), "", "KẾ HOẠCH", "Bảo đảm an ninh, trật tự năm 2024", "", *BODY]
        page.write_text("\n".join(lines), "utf-8")
        try:
            read_file(str(page))
        except ExtractionFailed as refused:
            assert refused.code == "secret"
        else:
            missed.append(mark)
    assert len(missed) <= 2, missed


ORDINARY = """
bảo mật|BẢO MẬT|mật độ|MẬT ĐỘ|MẬT ĐỘ DÂN SỐ|Mật khẩu|MẬT KHẨU|mật ong|MẬT MÃ|bí mật|BÍ MẬT
cơ mật|BÍ MẬT NHÀ NƯỚC|BẢO VỆ BÍ MẬT NHÀ NƯỚC|Luật Bảo vệ bí mật nhà nước
LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC|bí mật công tác|KHẨN|HỎA TỐC|THƯỢNG KHẨN|KHẨN TRƯƠNG
LƯU HÀNH NỘI BỘ|MẶT TRẬN TỔ QUỐC|MẶT TRẬN TỔ QUỐC VIỆT NAM|TỔNG MẶT BẰNG|RA MẮT|LỄ RA MẮT
CÓ MẶT|VẮNG MẶT|BỀ MẶT|TÓM TẮT|MẤT TÍCH|mất|mặt|tối mặt|tối mất|MÀU|MAI|TUYẾT MAI|Tuyết Mai
1. Mật|a) Mật;|- Tối mật;|Mật, Tối mật và Tuyệt mật|tối mật, tuyệt mật|NGUYỄN THỊ MẬT
Số: 12/QĐ-UBND về bảo mật|TĂNG CƯỜNG CÔNG TÁC BẢO MẬT|VỀ BẢO VỆ TÀI LIỆU MẬT CỦA ĐƠN VỊ
độ Tối mật của ngành|Ban Cơ yếu: mật mã dân sự|THẮT CHẶT|MẮT|BÁC SĨ CHUYÊN KHOA MẮT|KÍNH MẮT
TOÀN MẶT|Mật thư gửi bạn|Mật vụ|Ong mật|ONG MẬT|Túi mật|MẬT GẤU
"""


@pytest.mark.parametrize("phrase", [p for line in ORDINARY.split("\n") for p in line.split("|") if p])
def test_ordinary_words_are_no_mark(tmp_path: Path, phrase: str) -> None:
    page = tmp_path / "a.txt"
    rng = random.Random(1)
    lines = [*_head(rng, ""), "", "KẾ HOẠCH", phrase, "", *BODY, "", phrase]
    page.write_text("\n".join(lines), "utf-8")
    assert phrase in read_file(str(page)).text


@pytest.mark.parametrize(
    "before", ["danh mục bí mật nhà nước độ", "độ Tuyệt mật, Tối mật và", "tài liệu,"]
)
def test_a_line_that_goes_on_is_no_mark(tmp_path: Path, before: str) -> None:
    page = tmp_path / "a.txt"
    page.write_text(f"QUYẾT ĐỊNH\nVề việc ban hành {before}\nMật\n\n{BODY[0]}", "utf-8")
    assert read_file(str(page)).text


@pytest.mark.parametrize(("stamp", "level"), [("TỐI\nMẬT", "TỐI MẬT"), ("TUYỆT\nMẬT", "TUYỆT MẬT")])
def test_a_stamp_on_two_lines(tmp_path: Path, stamp: str, level: str) -> None:
    page = tmp_path / "a.txt"
    page.write_text(f"CÔNG AN TỈNH A\n\n{stamp}\n\nKẾ HOẠCH\n\n{BODY[0]}", "utf-8")
    with pytest.raises(ExtractionFailed, match=level):
        read_file(str(page))


def test_word_text_boxes_and_page_headers(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph(BODY[0])
    document.sections[0].header.paragraphs[0].text = "TỐI MẬT"
    document.save(str(tmp_path / "a.docx"))
    with pytest.raises(ExtractionFailed, match="TỐI MẬT"):
        read_file(str(tmp_path / "a.docx"))


@pytest.mark.parametrize("inner", ["b.txt", "thu.eml"])
def test_a_marked_file_inside_an_archive(tmp_path: Path, inner: str) -> None:
    text = f"CÔNG AN TỈNH A\nSố: 5/KH-PV05\n\nMẬT\n\nKẾ HOẠCH\n\n{BODY[0]}"
    content = text.encode()
    if inner.endswith(".eml"):
        mail = EmailMessage()
        mail["Subject"], mail["From"] = "Gửi kế hoạch", "a@example.org"
        mail.set_content("Kính gửi kèm theo.")
        mail.add_attachment(content, maintype="text", subtype="plain", filename="ke-hoach.txt")
        content = mail.as_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "\n".join(BODY))
        archive.writestr(inner, content)
    with pytest.raises(ExtractionFailed, match="MẬT"):
        read_file(str(tmp_path / "a.zip"))


def test_a_mark_that_only_the_font_shows_in_capitals(tmp_path: Path) -> None:
    head = r"{\rtf1\ansi{\fonttbl{\f0 .VnTimeH;}{\f1 .VnTime;}}"
    rtf = head + r"{\f0 tuyÖt mËt\par}{\f0 kÕ ho¹ch\par}{\f1 X©y dùng phong trµo toµn d©n\par}}"
    (tmp_path / "a.rtf").write_bytes(rtf.encode("cp1252"))
    with pytest.raises(ExtractionFailed, match="TUYỆT MẬT"):
        read_file(str(tmp_path / "a.rtf"))


MARKED = f"CÔNG AN TỈNH A\nSố: 5/KH-PV05\nMẬT\nKẾ HOẠCH\n\n{BODY[0]}\nTuần tra vùng hoa anh đào.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "van-ban"
    place.mkdir()
    (place / "thuong.txt").write_text("Báo cáo mô hình camera an ninh.", "utf-8")
    (place / "dau.txt").write_text(MARKED, "utf-8")
    return place


def _held(settings: Settings) -> bytes:
    return b"".join(path.read_bytes() for path in settings.home.rglob("*") if path.is_file())


def test_nothing_of_it_is_kept_but_hash_and_notice(settings: Settings, folder: Path) -> None:
    with Library.writing(settings) as library:
        report = ingest(library, [folder], jobs=1)
        library.reindex()
        (refused,) = report.rejected
        assert (refused.code, Path(refused.path).name) == ("secret", "dau.txt")
        assert refused.sha256 is not None
        assert library.search(SearchRequest(query="anh đào"), PUBLIC).total == 0
    held = _held(settings)
    assert b"camera" in held
    for canary in ("anh đào", "anh_đào", "đào", "vùng hoa"):
        assert canary.encode() not in held


def test_switched_off_and_on_again(settings: Settings, folder: Path) -> None:
    """What was let in on an independent LAN goes, with its text, once the gate is closed."""
    with Library.writing(replace(settings, secrecy_gate=False)) as library:
        ingest(library, [folder], jobs=1)
        library.reindex()
        assert library.search(SearchRequest(query="anh đào"), PUBLIC).total == 1
    with Library.writing(settings) as library:
        report = ingest(library, [folder], jobs=1, reread=True)
        assert report.removed == 1
        library.reindex(full=True)
        assert library.search(SearchRequest(query="anh đào"), PUBLIC).total == 0
    assert "anh đào".encode() not in _held(settings)


def test_no_ordinary_file_is_refused(real_data: Path) -> None:
    """Of a sample of the real documents; all of them: python benchmarks/secrecy.py."""
    for path in sorted((real_data / "documents" / "vbpl-docx").glob("*.docx"))[:10]:
        assert read_file(str(path)).text
