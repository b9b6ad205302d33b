"""Which extractor reads which file. Formats without one are refused with a reason and a remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from indexer.extract import sniff
from indexer.extract.base import Extracted, Extractor
from indexer.extract.docx import DocxExtractor
from indexer.extract.failures import (
    corrupt,
    encrypted,
    internal_error,
    lock_file,
    needs_ocr,
    unreadable,
    unsupported,
)
from indexer.extract.html import HtmlExtractor
from indexer.extract.ocr import ImageExtractor, ScanExtractor
from indexer.extract.pdf import PdfExtractor
from indexer.extract.text import TextExtractor
from kb.errors import ExtractionFailed
from kb.i18n import N_, _

_EXTRACTORS: dict[str, Callable[[], Extractor]] = {
    "pdf": PdfExtractor,
    "docx": DocxExtractor,
    "html": HtmlExtractor,
    "txt": TextExtractor,
}
_BY_OCR: dict[str, Callable[[], Extractor]] = {"pdf": ScanExtractor, "image": ImageExtractor}


def detect(path: Path) -> str:
    """The name of the file's format, by content; see indexer.extract.sniff.detect."""
    return sniff.detect(path)


def extract(path: Path, *, ocr: bool = False) -> Extracted:
    """Read a file with the extractor of its format; with `ocr` also what is a picture.

    Raises ExtractionFailed with a code, a reason and a remedy in Vietnamese, MemoryError where the
    worker set a limit, and no other error: `internal-error` stands for a defect of ours.
    """
    found = sniff.detect(path)
    extractors = {**_EXTRACTORS, **_BY_OCR} if ocr else _EXTRACTORS
    if found not in extractors:
        raise _refusal(found, path)
    try:
        return extractors[found]().extract(path)
    except (ExtractionFailed, MemoryError):
        raise
    except OSError as error:
        raise unreadable(error.strerror or type(error).__name__) from error
    except Exception as error:
        raise internal_error(error) from error


# Why a format is refused, and what the person can do. Read by `_refusal` in their language.
_SAVE_AS_DOCX = N_("Mở bằng Word hoặc LibreOffice, lưu lại dạng .docx (hoặc PDF) rồi thêm lại.")
_REFUSALS = {
    "doc": (N_("Tệp Word 97-2003 (.doc) chưa đọc được."), _SAVE_AS_DOCX),
    "word-old": (N_("Tệp Word đời cũ (trước Word 97) chưa đọc được."), _SAVE_AS_DOCX),
    "rtf": (N_("Tệp RTF chưa đọc được."), _SAVE_AS_DOCX),
    "odt": (N_("Tệp OpenDocument (.odt) chưa đọc được."), _SAVE_AS_DOCX),
    "xls": (
        N_("Bảng tính Excel 97-2003 (.xls) chưa đọc được."),
        N_("Nếu cần tra cứu nội dung, in bảng tính ra PDF rồi thêm tệp PDF."),
    ),
    "xlsx": (
        N_("Bảng tính Excel (.xlsx) chưa đọc được."),
        N_("Nếu cần tra cứu nội dung, in bảng tính ra PDF rồi thêm tệp PDF."),
    ),
    "ods": (
        N_("Bảng tính OpenDocument (.ods) chưa đọc được."),
        N_("Nếu cần tra cứu nội dung, in bảng tính ra PDF rồi thêm tệp PDF."),
    ),
    "ppt": (
        N_("Bài trình chiếu PowerPoint 97-2003 (.ppt) chưa đọc được."),
        N_("Xuất ra PDF rồi thêm lại."),
    ),
    "pptx": (N_("Bài trình chiếu PowerPoint (.pptx) chưa đọc được."), N_("Xuất ra PDF rồi thêm lại.")),
    "odp": (N_("Bài trình chiếu OpenDocument (.odp) chưa đọc được."), N_("Xuất ra PDF rồi thêm lại.")),
    "archive": (N_("Đây là tệp nén."), N_("Giải nén rồi thêm từng văn bản bên trong.")),
    "mail": (N_("Đây là thư điện tử (.eml)."), N_("Lưu văn bản đính kèm ra tệp riêng rồi thêm lại.")),
    "msg": (N_("Đây là thư Outlook (.msg)."), N_("Lưu văn bản đính kèm ra tệp riêng rồi thêm lại.")),
    "mhtml": (
        N_("Trang web lưu thành một tệp (.mht) chưa đọc được."),
        N_("Mở bằng trình duyệt, lưu lại dạng HTML hoặc PDF rồi thêm lại."),
    ),
    "data": (
        N_("Đây là tệp dữ liệu của chương trình, không phải văn bản."),
        N_("Nếu đúng là văn bản, đổi đuôi tệp thành .txt rồi thêm lại."),
    ),
    "binary": (
        N_("Không nhận ra định dạng của tệp."),
        N_("Chỉ đọc được PDF, DOCX, HTML và TXT; hãy lưu văn bản lại dạng một trong số đó."),
    ),
}
_CLAIMED = {
    ".pdf": N_("Tệp PDF"),
    ".docx": N_("Tệp Word (.docx)"),
    ".doc": N_("Tệp Word (.doc)"),
    ".txt": N_("Tệp văn bản thuần (.txt)"),
    ".md": N_("Tệp văn bản thuần (.md)"),
    ".html": N_("Trang web (.html)"),
    ".htm": N_("Trang web (.html)"),
}


def _refusal(found: str, path: Path) -> ExtractionFailed:
    if found == "lock":
        return lock_file()
    if found == "image":
        return needs_ocr(_("Đây là tệp ảnh, không có lớp chữ."))
    if found == "encrypted-office":
        return encrypted(_("Tệp Office"))
    if found == "binary" and path.suffix.lower() in _CLAIMED:
        return corrupt(_(_CLAIMED[path.suffix.lower()]))
    reason, remedy = _REFUSALS[found]
    return unsupported(_(reason), _(remedy))
