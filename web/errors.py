"""Error pages: what went wrong and what to do, never a traceback or a path of the server."""

from __future__ import annotations

import logging
import re
import uuid

from flask import Flask, Response, render_template
from werkzeug.exceptions import HTTPException, InternalServerError

from kb.errors import KbError
from web.api import problems
from web.languages import _
from web.params import SearchState

logger = logging.getLogger(__name__)

# An absolute path of the server (/srv/kho/a.pdf, C:\\kho\\a.pdf); not 12/KH-UBND, not 12/3/2025.
_PATH = re.compile(r"(?<![\w/])(?:[A-Za-z]:)?(?:[/\\][^\s/\\:;,\"'”]+){2,}")


def _page(
    status: int, title: str, message: str, remedy: str, reference: str = ""
) -> tuple[str, int] | Response:
    if problems.wanted():
        return problems.problem(status, title, " ".join(filter(None, (message, reference))), remedy)
    page = render_template(
        "error.html",
        status=status,
        title=title,
        message=message,
        remedy=remedy,
        reference=reference,
        state=SearchState(),
    )
    return page, status


def _title(status: int) -> str:
    titles = {
        400: _("Yêu cầu không hợp lệ"),
        404: _("Không tìm thấy"),
        405: _("Thao tác không được phép"),
        500: _("Hệ thống gặp lỗi"),
        503: _("Kho văn bản chưa sẵn sàng"),
    }
    return titles.get(status, _("Không thực hiện được"))


def _http_error(error: HTTPException) -> tuple[str, int] | Response:
    status = error.code or 500
    messages = {
        400: (
            _("Trình duyệt gửi một yêu cầu mà hệ thống không đọc được."),
            _("Quay lại trang trước rồi thử lại, hoặc tìm lại từ đầu."),
        ),
        404: (
            _("Địa chỉ này không có, hoặc văn bản đã được gỡ khỏi kho."),
            _("Tìm lại theo số ký hiệu hoặc vài từ trong tiêu đề."),
        ),
        405: (
            _("Trang này chỉ để xem."),
            _("Mở lại trang bằng cách bấm vào một liên kết, hoặc tìm lại từ đầu."),
        ),
    }
    default = (_("Máy chủ không đáp ứng được yêu cầu này."), _("Quay lại trang trước rồi thử lại."))
    message, remedy = messages.get(status, default)
    return _page(status, _title(status), message, remedy)


def _library_error(error: KbError) -> tuple[str, int] | Response:
    status = error.http_status
    if status >= 500:
        logger.error("%s: %s", type(error).__name__, error)
    return _page(status, _title(status), hide_paths(str(error)), hide_paths(error.remedy))


def hide_paths(message: str) -> str:
    """The message with only the last part of every absolute path in it."""
    return _PATH.sub(lambda match: re.split(r"[/\\]", match[0])[-1], message)


def _unexpected(error: InternalServerError) -> tuple[str | Response, int] | Response:
    # The log has the traceback; the reference lets the administrator find it.
    reference = uuid.uuid4().hex[:8]
    logger.error("reference %s", reference, exc_info=error.original_exception)
    message = _("Đã xảy ra một lỗi ngoài dự kiến. Dữ liệu không bị ảnh hưởng.")
    remedy = _("Thử lại sau ít phút. Nếu lỗi lặp lại, báo cho quản trị viên mã lỗi bên dưới.")
    try:
        return _page(500, _title(500), message, remedy, reference)
    except Exception:
        # The page itself is what is broken: still an answer, with all its headers.
        logger.exception("reference %s: no error page", reference)
        return Response(f"{message}\n{remedy}\n{reference}\n", mimetype="text/plain"), 500


def init_app(app: Flask) -> None:
    """Show every error of the application as a page."""
    app.add_template_filter(hide_paths)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(KbError, _library_error)
    app.register_error_handler(InternalServerError, _unexpected)
