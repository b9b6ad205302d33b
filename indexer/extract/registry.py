"""Which extractor reads which file. Formats without one are refused with a reason and a remedy."""

from __future__ import annotations

import errno
from collections.abc import Callable
from functools import partial
from pathlib import Path

from indexer.extract import sniff
from indexer.extract.base import Extracted, Extractor
from indexer.extract.converted import ConvertedExtractor, OldWordExtractor, SecondTry
from indexer.extract.doc import DocExtractor
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
from indexer.extract.mail import MailExtractor, MsgExtractor
from indexer.extract.markdown import MarkdownExtractor
from indexer.extract.mhtml import MhtmlExtractor
from indexer.extract.ocr import ImageExtractor, ScanExtractor
from indexer.extract.odf import OdfExtractor
from indexer.extract.pdf import PdfExtractor
from indexer.extract.ppt import PptExtractor
from indexer.extract.pptx import PptxExtractor
from indexer.extract.rtf import RtfExtractor
from indexer.extract.text import TextExtractor
from indexer.extract.xls import XlsExtractor
from indexer.extract.xlsx import XlsxExtractor
from indexer.extract.zip_archive import ZipExtractor
from kb.errors import ExtractionFailed
from kb.i18n import N_, _


def detect(path: Path) -> str:
    """The name of the file's format, by content; see indexer.extract.sniff.detect."""
    return sniff.detect(path)


def extract(path: Path, *, ocr: bool = False) -> Extracted:
    """Read a file with the extractor of its format; with `ocr` also what is a picture.

    Raises ExtractionFailed with a code, a reason and a remedy in Vietnamese, MemoryError where the
    worker set a limit, and no other error: `internal-error` stands for a defect of ours.
    """
    found = sniff.detect(path)
    extractors = _WITH_OCR if ocr else _EXTRACTORS
    if found not in extractors:
        raise _refusal(found, path)
    try:
        return extractors[found]().extract(path)
    except (ExtractionFailed, MemoryError):
        raise
    except OSError as error:
        if error.errno in _NO_ANSWER_OF_THE_SYSTEM:
            raise corrupt(_("Tệp")) from error
        raise unreadable(error.strerror or type(error).__name__) from error
    except Exception as error:
        raise internal_error(error) from error


# Libraries raise OSError as well: without a number, or for a place in the file that cannot be.
_NO_ANSWER_OF_THE_SYSTEM = (None, errno.EINVAL)


_EXTRACTORS: dict[str, Callable[[], Extractor]] = {
    "pdf": PdfExtractor,
    "doc": lambda: SecondTry(DocExtractor(), "MS Word 97", "docx", DocxExtractor().extract),
    "docx": DocxExtractor,
    "html": HtmlExtractor,
    "mail": lambda: MailExtractor(extract),
    "markdown": MarkdownExtractor,
    "mhtml": MhtmlExtractor,
    "msg": lambda: MsgExtractor(extract),
    "odp": lambda: OdfExtractor("odp"),
    "ods": lambda: OdfExtractor("ods"),
    "odt": lambda: OdfExtractor("odt"),
    "ppt": lambda: SecondTry(PptExtractor(), "MS PowerPoint 97", "pptx", PptxExtractor().extract),
    "pptx": PptxExtractor,
    "rtf": RtfExtractor,
    "txt": TextExtractor,
    "word-old": lambda: OldWordExtractor(DocxExtractor().extract),
    "xls": lambda: SecondTry(XlsExtractor(), "MS Excel 97", "xlsx", XlsxExtractor().extract),
    "xlsb": lambda: ConvertedExtractor(
        "xlsb", "Calc MS Excel 2007 Binary", "xlsx", XlsxExtractor().extract
    ),
    "xlsx": XlsxExtractor,
    "zip": lambda: ZipExtractor(extract),
}

# Members of archives and mail are read by OCR as well.
_extract_with_ocr = partial(extract, ocr=True)
_WITH_OCR: dict[str, Callable[[], Extractor]] = {
    **_EXTRACTORS,
    "image": ImageExtractor,
    "mail": lambda: MailExtractor(_extract_with_ocr),
    "msg": lambda: MsgExtractor(_extract_with_ocr),
    "pdf": ScanExtractor,
    "zip": lambda: ZipExtractor(_extract_with_ocr),
}

# Why a format is refused, and what the person can do. Read by `_refusal` in their language.
_REFUSALS = {
    "archive": (
        N_("Đây là tệp nén loại chưa đọc được (RAR, 7z, gzip)."),
        N_("Giải nén (hoặc nén lại thành .zip) rồi thêm lại."),
    ),
    "data": (
        N_("Đây là tệp dữ liệu của chương trình, không phải văn bản."),
        N_("Nếu đúng là văn bản, đổi đuôi tệp thành .txt rồi thêm lại."),
    ),
    "binary": (
        N_("Không nhận ra định dạng của tệp."),
        N_("Lưu văn bản lại dạng PDF, DOCX, HTML hoặc TXT rồi thêm lại."),
    ),
}
_CLAIMED = {
    ".pdf": N_("Tệp PDF"),
    ".docx": N_("Tệp Word (.docx)"),
    ".doc": N_("Tệp Word (.doc)"),
    ".rtf": N_("Tệp RTF"),
    ".xls": N_("Bảng tính Excel (.xls)"),
    ".xlsx": N_("Bảng tính Excel (.xlsx)"),
    ".ppt": N_("Bài trình chiếu PowerPoint (.ppt)"),
    ".pptx": N_("Bài trình chiếu PowerPoint (.pptx)"),
    ".odt": N_("Tệp OpenDocument"),
    ".zip": N_("Tệp nén (.zip)"),
    ".txt": N_("Tệp văn bản thuần (.txt)"),
    ".md": N_("Tệp Markdown (.md)"),
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
