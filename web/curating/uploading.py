"""Handing in documents: `/nap-van-ban`. Files are kept here and read by `kb add` in another process."""

from __future__ import annotations

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from kb.curation.inbox import LARGEST, WAITING, Inbox
from kb.errors import KbError
from web.curating.reader import Reader
from web.curating.session import curators_only
from web.languages import _
from web.params import SearchState

INBOX, READER = "tracuu.inbox", "tracuu.reader"
SHOWN = 50  # uploads on the page
_MOST = 2 * LARGEST  # bytes of a form with files

bp = Blueprint("uploading", __name__, url_prefix="/nap-van-ban")


@bp.before_request
def _allow_files() -> None:
    if request.endpoint == "uploading.receive" and g.get("curator") is not None:
        request.max_content_length = _MOST


@bp.get("")
@curators_only
def show() -> str:
    """The form, and what became of the files handed in."""
    return _page([])


@bp.post("")
@curators_only
def receive() -> BaseResponse | tuple[str, int]:
    """Keep the files of a form and have them read."""
    files = [file for file in request.files.getlist("file") if file.filename]
    problems = [] if files else [_("Chưa chọn tệp nào.")]
    kept = 0
    for file in files:
        try:
            _inbox().receive(file.filename or "", file.stream, g.curator)
            kept += 1
        except KbError as error:
            problems.append(f"{error} {error.remedy}")
    if kept:
        _read()
    if problems:
        # To a script every 4xx is a failure; it shows the page as well.
        return _page(problems), 200 if request.headers.get("HX-Request") else 400
    return redirect(url_for("uploading.show"))


@bp.post("/doc")
@curators_only
def read() -> BaseResponse:
    """Read what waits: the server was stopped before its turn, or reading failed."""
    _read()
    return redirect(url_for("uploading.show"))


@bp.post("/rut")
@curators_only
def withdraw() -> BaseResponse:
    """Take a file back: its document leaves the search."""
    _reader().soon("remove", str(_inbox().withdraw(request.form.get("id", ""))))
    return redirect(url_for("uploading.show"))


@bp.post("/nap-lai")
@curators_only
def put_back() -> BaseResponse:
    """Undo that."""
    _inbox().put_back(request.form.get("id", ""))
    _read()
    return redirect(url_for("uploading.show"))


@bp.post("/doc-lai")
@curators_only
def retry() -> BaseResponse:
    """Read all refused files again, wherever they lie."""
    _reader().soon("reindex", "--failed")
    return redirect(url_for("status.show", _anchor="tep-khong-doc-duoc"))


@bp.app_context_processor
def _helpers() -> dict[str, object]:
    return {"rereading": _reader().busy}


def _page(problems: list[str]) -> str:
    uploads = _inbox().uploads(SHOWN)
    reader = _reader()
    return render_template(
        "uploading.html",
        uploads=uploads,
        waiting=sum(upload.state == WAITING for upload in uploads),
        busy=reader.busy,
        trouble=reader.problem,
        problems=problems,
        largest=LARGEST // 1024**2,
        state=SearchState(),
    )


def _read() -> None:
    inbox = _inbox()
    _reader().soon("add", str(inbox.folder))


def _inbox() -> Inbox:
    inbox: Inbox = current_app.extensions[INBOX]
    return inbox


def _reader() -> Reader:
    reader: Reader = current_app.extensions[READER]
    return reader
