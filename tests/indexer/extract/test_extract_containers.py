"""Archives and mail: members under their names, bounds, nothing hidden."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from legacy_samples import TEXT, encoded
from ole_writer import write_msg

from indexer.extract import container, registry
from indexer.extract.legacy_tables import TCVN3
from indexer.extract.zip_archive import name_of
from kb.errors import ExtractionFailed

SAMPLES = Path(__file__).parent / "samples"


def zipped(members: dict[str, bytes | str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return content.getvalue()


def write(path: Path, members: dict[str, bytes | str]) -> Path:
    path.write_bytes(zipped(members))
    return path


def failure(path: Path) -> ExtractionFailed:
    with pytest.raises(ExtractionFailed) as caught:
        registry.extract(path)
    return caught.value


def mail(**files: bytes) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = "Báo cáo tuần", "Nguyễn Văn A <a@example.vn>"
    message["To"], message["Date"] = "b@example.vn", "Thu, 01 Feb 2024 08:00:00 +0700"
    message.set_content("Kính gửi anh,\n\nXin gửi báo cáo.\n")
    for name, content in files.items():
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name.replace("_", ".")
        )
    return message


# ---------------------------------------------------------------- archives


def test_an_archive_is_a_folder(tmp_path):
    members = {
        "thư mục/thư.doc": (SAMPLES / "letter.doc").read_bytes(),
        "a/ghi chú.txt": "Ghi chú cuộc họp giao ban",
        "__MACOSX/._a.txt": "bỏ qua",
        ".an/b.txt": "bỏ qua",
    }
    extracted = registry.extract(write(tmp_path / "a.zip", members))
    assert extracted.format == "zip"
    assert extracted.text.startswith(
        "Tệp bên trong: a/ghi chú.txt\n\nGhi chú cuộc họp giao ban\n\n"
        "Tệp bên trong: thư mục/thư.doc\n\nuỷ ban nhân dân tỉnh"
    )
    assert "bỏ qua" not in extracted.text
    assert [p.number for p in extracted.pages] == [1, 2, 3]  # the letter has two
    for page in extracted.pages[:2]:
        assert extracted.text[page.start : page.end].startswith("Tệp bên trong: ")
    assert extracted.as_printed().text[len("Tệp bên trong: ") :].count("UỶ BAN NHÂN DÂN") == 1
    for line in extracted.lines:
        assert extracted.text[line.start : line.end].strip()


def test_what_cannot_be_read_is_told(tmp_path):
    members = {"a.txt": "Nội dung đọc được", "b.bin": bytes(range(256)) * 9, "~$c.docx": b"x"}
    extracted = registry.extract(write(tmp_path / "a.zip", members))
    told = [w for w in extracted.warnings if w.startswith("member-unread: ")]
    assert len(told) == 2
    assert "b.bin" in told[0]


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({}, "no-text"),
        ({"a.bin": b"\0\1" * 99, "b.bin": b"\0\1" * 99}, "no-text"),
        ({"a.bin": b"\0\1" * 99}, "unsupported"),  # of the one file inside
        ({"a.txt": b""}, "empty-file"),
    ],
)
def test_nothing_to_read(tmp_path, members, code):
    assert failure(write(tmp_path / "a.zip", members)).code == code


def test_an_archive_in_an_archive_in_an_archive(tmp_path):
    inner = zipped({"c.txt": "Ở tận cùng"})
    text = registry.extract(write(tmp_path / "a.zip", {"b.zip": zipped({"b.zip": inner})})).text
    assert text.endswith("Ở tận cùng")


def test_deeper_is_refused(tmp_path):
    content = zipped({"c.txt": "x"})
    for _level in range(container.MAX_DEPTH):
        content = zipped({"b.zip": content})
    (tmp_path / "a.zip").write_bytes(content)
    assert failure(tmp_path / "a.zip").code == "too-big"


def test_number_and_size_are_bounded_over_all_levels(tmp_path, monkeypatch):
    many = {f"{n}.txt": "x" for n in range(4)}
    path = write(tmp_path / "a.zip", {"a.zip": zipped(many), "b.zip": zipped(many)})
    registry.extract(path)
    monkeypatch.setattr(container, "MAX_MEMBERS", 9)
    monkeypatch.setattr(container._Budget.__init__, "__defaults__", (9, container.MAX_UNPACKED, 0))
    assert failure(path).code == "too-big"
    monkeypatch.setattr(container._Budget.__init__, "__defaults__", (500, 100, 0))
    assert failure(path).code == "too-big"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    bomb = {"a.txt": b"0" * 30_000_000}
    assert failure(write(tmp_path / "a.zip", bomb)).code == "too-big"
    assert failure(write(tmp_path / "b.zip", {"a.zip": zipped(bomb)})).code == "too-big"


def test_names_lead_nowhere(tmp_path):
    path = write(tmp_path / "a.zip", {"../../x.txt": "Một hai", "/etc/y.txt": "Ba bốn"})
    registry.extract(path)
    assert sorted(p.name for p in tmp_path.parent.glob("x.txt")) == []
    assert not Path("/etc/y.txt").exists()


def test_names_in_the_encoding_of_old_programs(tmp_path):
    """zipfile marks names beyond ASCII as UTF-8; old programs wrote UTF-8 without saying so."""
    entry = zipfile.ZipInfo("kế hoạch.txt".encode().decode("cp437"))
    assert name_of(entry) == "kế hoạch.txt"
    path = write(tmp_path / "a.zip", {"kế hoạch.txt": "Nội dung"})
    assert registry.extract(path).text == "Tệp bên trong: kế hoạch.txt\n\nNội dung"


# ---------------------------------------------------------------- mail


def test_mail_with_attachments(tmp_path, check_offsets):
    message = mail(
        thu_doc=(SAMPLES / "letter.doc").read_bytes(), a_zip=zipped({"b.txt": "Phụ lục kèm"})
    )
    (tmp_path / "a.eml").write_bytes(bytes(message))
    extracted = registry.extract(tmp_path / "a.eml")
    check_offsets(extracted)
    assert (extracted.format, extracted.title) == ("mail", "Báo cáo tuần")
    assert extracted.text.startswith(
        "Chủ đề: Báo cáo tuần\n\nNgười gửi: Nguyễn Văn A <a@example.vn>\n\nNgười nhận: b@example.vn\n\n"
        "Ngày gửi: Thu, 01 Feb 2024 08:00:00 +0700\n\nKính gửi anh,\n\nXin gửi báo cáo.\n\n"
        "Tệp bên trong: thu.doc\n\nuỷ ban"
    )
    assert extracted.text.endswith("Tệp bên trong: a.zip\n\nTệp bên trong: b.txt\n\nPhụ lục kèm")


def test_mail_in_html_and_in_legacy_text(tmp_path):
    message = mail()
    message.set_content("<p>Xin <b>báo cáo</b></p><style>p{}</style>", subtype="html")
    (tmp_path / "a.eml").write_bytes(bytes(message))
    assert registry.extract(tmp_path / "a.eml").text.endswith("\n\nXin báo cáo")
    body = encoded(TEXT, TCVN3).encode("latin-1")
    (tmp_path / "b.eml").write_bytes(b"Subject: x\r\nFrom: a@example.vn\r\n\r\n" + body)
    assert registry.extract(tmp_path / "b.eml").text.endswith(TEXT)


def test_a_forwarded_mail_is_read_too(tmp_path):
    message = mail()
    message.add_attachment(mail(a_txt=b"Trong thu cu"))
    (tmp_path / "a.eml").write_bytes(bytes(message))
    assert registry.extract(tmp_path / "a.eml").text.endswith("Trong thu cu")


def test_a_text_that_begins_like_a_mail_is_text(tmp_path):
    (tmp_path / "a.txt").write_text("Subject: một mình\n\nThân bài", encoding="utf-8")
    assert registry.extract(tmp_path / "a.txt").format == "txt"


def test_outlook_message_with_attachments(tmp_path):
    path = write_msg(
        tmp_path / "a.msg",
        subject="Báo cáo tuần",
        body="Kính gửi anh,\r\nXin gửi báo cáo.",
        attachments={"thư.doc": (SAMPLES / "letter.doc").read_bytes(), "x.bin": b"\0\1" * 3000},
    )
    extracted = registry.extract(path)
    assert (extracted.format, extracted.title) == ("msg", "Báo cáo tuần")
    assert "Kính gửi anh,\nXin gửi báo cáo.\n\nTệp bên trong: thư.doc\n\nuỷ ban" in extracted.text
    assert any("x.bin" in warning for warning in extracted.warnings)


def test_a_torn_message_is_refused(tmp_path):
    path = write_msg(tmp_path / "a.msg", subject="x", body="y", attachments={"a.txt": b"z" * 9000})
    path.write_bytes(path.read_bytes()[:2000])
    assert failure(path).code in ("corrupt", "unsupported", "no-text")
