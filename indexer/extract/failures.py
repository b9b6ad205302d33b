"""Why a file could not be read: one function per reason, each with a stable code and a remedy.

The codes are what `kb status` groups by and what docs/errors.md lists.
"""

from __future__ import annotations

from kb.errors import ExtractionFailed
from kb.i18n import _

NEEDS_OCR = "needs-ocr"  # the code of what OCR may read yet


def unreadable(detail: str) -> ExtractionFailed:
    """The operating system refuses: missing, a folder, no permission, a broken disk."""
    return ExtractionFailed(
        "unreadable",
        _("Không đọc được tệp: %s.") % detail,
        _("Kiểm tra đường dẫn, quyền đọc và ổ đĩa rồi chạy lại."),
    )


def empty_file() -> ExtractionFailed:
    """No bytes, or nothing but blanks."""
    return ExtractionFailed(
        "empty-file",
        _("Tệp rỗng, không có nội dung."),
        _("Chép lại tệp từ nguồn gốc, hoặc xóa tệp này."),
    )


def lock_file() -> ExtractionFailed:
    """What Word or LibreOffice leaves beside an open document."""
    return ExtractionFailed(
        "lock-file",
        _("Đây là tệp khóa tạm của chương trình soạn thảo, không phải văn bản."),
        _("Không cần làm gì; có thể xóa tệp này sau khi đóng chương trình soạn thảo."),
    )


def unsupported(what: str, remedy: str) -> ExtractionFailed:
    """A known format that is not read (yet)."""
    return ExtractionFailed("unsupported", what, remedy)


def needs_ocr(what: str) -> ExtractionFailed:
    """Pictures of pages without a text layer."""
    return ExtractionFailed(
        NEEDS_OCR,
        what,
        _("Cài Tesseract (kb doctor nói gói nào) rồi chạy lại kb add, hoặc dùng bản gốc .docx."),
    )


def encrypted(what: str) -> ExtractionFailed:
    """Opening needs a password."""
    return ExtractionFailed(
        "encrypted",
        _("%s có mật khẩu nên không mở được.") % what,
        _("Mở tệp bằng mật khẩu, lưu lại thành bản không có mật khẩu rồi thêm lại."),
    )


def corrupt(what: str) -> ExtractionFailed:
    """The bytes do not follow their own format."""
    return ExtractionFailed(
        "corrupt",
        _("%s bị hỏng hoặc không đúng định dạng.") % what,
        _("Chép lại tệp từ nguồn gốc; nếu vẫn mở được bằng chương trình gốc thì lưu lại rồi thêm lại."),
    )


def too_big(detail: str) -> ExtractionFailed:
    """Over one of the limits against hostile or unsuitable files (size, pages, entries, ratio)."""
    return ExtractionFailed(
        "too-big",
        _("Tệp vượt giới hạn: %s.") % detail,
        _("Chia tệp thành các phần nhỏ hơn rồi thêm lại; không mở tệp nếu không rõ nguồn."),
    )


def no_text() -> ExtractionFailed:
    """The file opens, but holds no words."""
    return ExtractionFailed(
        "no-text",
        _("Tệp mở được nhưng không có chữ nào."),
        _("Nếu nội dung là ảnh, hãy nhận dạng chữ (OCR) rồi thêm lại."),
    )


def timed_out(seconds: float) -> ExtractionFailed:
    """Reading took longer than allowed; the process was ended."""
    return ExtractionFailed(
        "timeout",
        _("Đọc tệp quá %d giây nên đã dừng.") % round(seconds),
        _("Tệp rất dài thì tăng KB_FILE_TIMEOUT rồi chạy kb reindex --failed; hoặc chia nhỏ tệp."),
    )


def out_of_memory() -> ExtractionFailed:
    """Reading needed more memory than a child process may take."""
    return ExtractionFailed(
        "out-of-memory",
        _("Đọc tệp cần quá nhiều bộ nhớ nên đã dừng."),
        _("Lưu lại tệp bằng chương trình khác (ví dụ in ra PDF), hoặc chia nhỏ rồi thêm lại."),
    )


def crashed() -> ExtractionFailed:
    """The child process died without an answer."""
    return ExtractionFailed(
        "crashed",
        _("Chương trình đọc tệp dừng đột ngột."),
        _("Lưu lại tệp bằng chương trình gốc rồi thêm lại; nếu vẫn lỗi, báo cho người quản trị."),
    )


def internal_error(error: Exception) -> ExtractionFailed:
    """A defect of this program, met while reading the file."""
    return ExtractionFailed(
        "internal-error",
        _("Chương trình gặp lỗi khi đọc tệp (%s).") % type(error).__name__,
        _("Báo cho người quản trị, kèm tệp này."),
    )


def secret(level: str, sha256: str) -> ExtractionFailed:
    """A paper marked as a state secret, at `level`. Nothing of it is kept but the hash of its bytes."""
    return ExtractionFailed(
        "secret",
        _("Văn bản có dấu chỉ độ mật {level} nên không được đưa vào kho.").format(level=level),
        _(
            "Quản lý văn bản theo quy định về bảo vệ bí mật nhà nước và chuyển tệp khỏi thư mục này. "
            "Nếu không phải văn bản mật, xem lại dòng ghi độ mật; trên mạng LAN độc lập, quản trị viên "
            "có thể đặt secrecy_gate = off."
        ),
        sha256=sha256,
    )
