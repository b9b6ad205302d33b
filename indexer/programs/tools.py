"""Which programs help with reading, and what is lost where one is missing: the table of `kb doctor`.

A new program is one more line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer.programs import antiword, libreoffice, tesseract
from kb.i18n import N_


@dataclass(frozen=True, slots=True)
class Tool:
    """A program: how to ask for it, how to get it, and the price of its absence (to be translated)."""

    name: str
    package: str  # Debian's
    available: Callable[[], bool]
    version: Callable[[], str | None]
    cost: str


TOOLS: tuple[Tool, ...] = (
    Tool(
        "Tesseract",
        "tesseract-ocr tesseract-ocr-vie",
        tesseract.available,
        tesseract.version,
        N_("Không đọc được chữ trong bản quét và tệp ảnh; chúng chỉ được liệt kê theo tên."),
    ),
    Tool(
        "LibreOffice",
        "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui",
        libreoffice.available,
        libreoffice.version,
        N_("Không đọc được .xlsb và các tệp văn phòng hư hỏng mà chương trình tự đọc không được."),
    ),
    Tool(
        "antiword",
        "antiword",
        antiword.available,
        antiword.version,
        N_("Không đọc được tệp Word trước năm 1997 nếu cũng không có LibreOffice."),
    ),
)
