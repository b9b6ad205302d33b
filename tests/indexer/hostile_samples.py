"""One small sound file of every format that is read: what mutants are made of. Texts are our own."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font
from PIL import Image, ImageDraw
from pptx import Presentation

HERE = Path(__file__).parent
sys.path.append(str(HERE / "extract"))

from ole_writer import write_msg  # noqa: E402

CORPUS = HERE.parents[1] / "corpus" / "documents"
STORED = HERE / "extract" / "samples"
TEXT = (
    "Uỷ ban nhân dân xã đề nghị các đơn vị triển khai kế hoạch này và báo cáo kết quả trước ngày "
    "15/6/2024. Thủ trưởng đơn vị chịu trách nhiệm kiểm tra, đôn đốc việc thực hiện."
)
PAGE = f"<html><head><title>Thông báo</title></head><body><p>{TEXT}</p><table><tr><td>Số: 12/TB-UBND</td><td>Hà Nội, ngày 2 tháng 3 năm 2024</td></tr></table></body></html>"  # noqa: E501


def samples(folder: Path) -> dict[str, Path]:
    """A file of each format, by the name the registry has for it; new ones are written to `folder`."""
    found = {
        "pdf": _smallest("pdf"),
        "docx": _smallest("docx"),
        "html": _smallest("html"),
        "txt": _smallest("txt"),
        "doc": STORED / "letter.doc",
        "rtf": STORED / "letter.rtf",
        "odt": STORED / "letter.odt",
        "xls": STORED / "sheet.xls",
        "ods": STORED / "sheet.ods",
        "odp": STORED / "slides.odp",
    }
    written = {
        "ppt": ("a.ppt", gzip.decompress((STORED / "slides.ppt.gz").read_bytes())),
        "xlsx": ("a.xlsx", _workbook()),
        "pptx": ("a.pptx", _slides()),
        "markdown": (
            "a.md",
            f"# Kế hoạch\n\n{TEXT}\n\n* Việc `a`\n\n| A | B |\n|---|---|\n| 1 | 2 |\n",
        ),
        "mail": ("a.eml", _mail(found["docx"].read_bytes())),
        "mhtml": ("a.mht", _mhtml()),
        "zip": ("a.zip", _archive(found)),
        "image": ("a.tif", _picture()),
    }
    for name, (file_name, content) in written.items():
        found[name] = folder / file_name
        found[name].write_bytes(content.encode() if isinstance(content, str) else content)
    found["msg"] = write_msg(
        folder / "a.msg", subject="Báo cáo", body=TEXT, attachments={"a.txt": TEXT.encode()}
    )
    return found


def zipped(members: dict[str, bytes | str]) -> bytes:
    """An archive of these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return content.getvalue()


def _smallest(suffix: str) -> Path:
    return min(CORPUS.glob(f"*.{suffix}"), key=lambda path: (path.stat().st_size, path.name))


def word_file() -> bytes:
    """A Word file of a paragraph and a table."""
    document = Document()
    document.add_paragraph(TEXT)
    document.add_table(2, 2).cell(0, 0).text = "Họ và tên"
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(["Số TT", "Họ và tên", 2024.5])
    sheet["A1"].font = Font(name="Arial", bold=True)
    sheet.append([1, "Nguyễn Văn A", "=1+1"])
    book.create_sheet("Trang hai").append([TEXT])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _slides() -> bytes:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "Kế hoạch năm"
    slide.placeholders[1].text = TEXT
    content = io.BytesIO()
    presentation.save(content)
    return content.getvalue()


def _mail(attachment: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = "Báo cáo tuần", "Nguyễn Văn A <a@example.vn>"
    message["To"], message["Date"] = "b@example.vn", "Thu, 01 Feb 2024 08:00:00 +0700"
    message.set_content(TEXT)
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment(
        attachment, maintype="application", subtype="octet-stream", filename="báo cáo.docx"
    )
    return bytes(message)


def _mhtml() -> str:
    return (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="X"; type="text/html"\n\n'
        '--X\nContent-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n'
        f"{PAGE}\n--X--\n"
    )


def _archive(found: dict[str, Path]) -> bytes:
    return zipped({
        "thư mục/a.doc": found["doc"].read_bytes(),
        "a.txt": TEXT,
        "trong.zip": zipped({"b.rtf": found["rtf"].read_bytes()}),
    })  # fmt: skip


def _picture() -> bytes:
    image = Image.new("RGB", (400, 300), "white")
    ImageDraw.Draw(image).text((20, 20), "KE HOACH", fill="black")
    content = io.BytesIO()
    pages = {"save_all": True, "append_images": [image.convert("L")]}
    image.save(content, "TIFF", compression="tiff_lzw", dpi=(300, 300), **pages)
    return content.getvalue()
