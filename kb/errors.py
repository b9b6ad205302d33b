"""Every error the system raises on purpose: message, what to do, exit code, HTTP status.

A message says what is wrong; `remedy` says what the person can do about it. Both are shown,
by the command line on stderr and by the web as an error page. docs/errors.md lists them all.
"""

from __future__ import annotations

from typing import ClassVar

from kb.i18n import N_, _


class KbError(Exception):
    """Base of all expected errors. `str(error)` is the message alone."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500
    default_remedy: ClassVar[str] = ""

    def __init__(self, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        if remedy is None:
            # Not _(""): gettext answers that with the catalog's header.
            remedy = _(self.default_remedy) if self.default_remedy else ""
        self.remedy = remedy


class BadInput(KbError):
    """An argument, option or setting makes no sense."""

    exit_code = 2
    http_status = 400


class NotFound(KbError):
    """A path or a document that does not exist (or that this principal may not see)."""

    exit_code = 3
    http_status = 404


class HomeUnusable(KbError):
    """KB_HOME cannot be created, read or written."""

    exit_code = 4
    http_status = 503
    default_remedy = N_("Chọn thư mục khác bằng biến môi trường KB_HOME, hoặc sửa quyền của thư mục.")


class IndexMissing(KbError):
    """There is no index yet for the chosen engine."""

    exit_code = 5
    http_status = 503
    default_remedy = N_("Chạy: kb reindex")


class IndexOutdated(KbError):
    """The index was made by another engine version, schema or analyser."""

    exit_code = 5
    http_status = 503
    default_remedy = N_("Chạy: kb reindex")


class IndexCorrupt(KbError):
    """The index cannot be read. Nothing is lost: the catalog holds the documents."""

    exit_code = 6
    http_status = 503
    default_remedy = N_("Chạy: kb reindex --full")


class Locked(KbError):
    """Another process is writing."""

    exit_code = 7
    http_status = 503
    default_remedy = N_("Đợi tiến trình kia xong rồi chạy lại.")


class CatalogCorrupt(KbError):
    """The catalog database cannot be read, or comes from a newer version."""

    exit_code = 8
    http_status = 503


class PortInUse(KbError):
    """The web server's address is taken."""

    exit_code = 9
    default_remedy = N_("Chọn cổng khác: kb serve --port 8001")


class ExtractionFailed(KbError):
    """A file cannot be read. `code` is the machine word that the rejected row keeps, `sha256` the hash
    of the file's bytes where nothing else of it may be kept."""

    exit_code = 10
    http_status = 422

    def __init__(self, code: str, message: str, remedy: str, sha256: str | None = None) -> None:
        super().__init__(message, remedy)
        self.code = code
        self.sha256 = sha256

    def __reduce__(self) -> tuple[type, tuple[str, str, str, str | None]]:
        # Raised in child processes: must survive pickling with all its parts.
        return type(self), (self.code, str(self), self.remedy, self.sha256)
