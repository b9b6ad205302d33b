"""Who is at work: a signed cookie after a key, and forms that only our own pages can send.

The key that signs lies in KB_HOME/session.key, for its owner only; without it all sessions end.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, abort, current_app, g, redirect, render_template, request, url_for
from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer
from werkzeug.wrappers import Response as BaseResponse

from kb.curation import curators
from kb.files import write_durably
from kb.settings import Settings
from web.languages import _
from web.params import SearchState

COOKIE = "curator"
HOURS = 12
_KEY = "tracuu.curation"
_MOST = 64 * 1024  # bytes of a form

bp = Blueprint("curating", __name__)


def init_app(app: Flask, settings: Settings) -> None:
    """Let curators in."""
    app.extensions[_KEY] = _secret(settings.home / "session.key")
    app.before_request(_recognise)
    app.context_processor(_helpers)


def _helpers() -> dict[str, object]:
    return {"curator": g.get("curator"), "form_token": form_token, "curation": True}


def _secret(path: Path) -> str:
    try:
        return path.read_text("ascii").strip() or _new_secret(path)
    except FileNotFoundError:
        return _new_secret(path)


def _new_secret(path: Path) -> str:
    key = secrets.token_hex(32)
    write_durably(path, key, private=True)
    return key


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.extensions[_KEY], salt="curator")


def _recognise() -> None:
    """Who sends the request; somebody whose key was taken away is nobody."""
    g.curator = None
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        return
    try:
        name = _serializer().loads(cookie, max_age=HOURS * 3600)
    except BadSignature:
        return
    if isinstance(name, str) and name in curators.names(_home()):
        g.curator = name


def form_token() -> str:
    """Goes into every form: another site cannot know it."""
    return TimestampSigner(current_app.extensions[_KEY], salt="form").sign(g.curator or "-").decode()


def check_form() -> None:
    """Refuse (400) a form that did not come from a page of ours for this curator."""
    request.max_content_length = request.max_content_length or _MOST
    token = request.form.get("token", "")
    signer = TimestampSigner(current_app.extensions[_KEY], salt="form")
    try:
        who = signer.unsign(token, max_age=HOURS * 3600).decode()
    except BadSignature:
        abort(400)
    if who != (g.curator or "-"):
        abort(400)


def curators_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Send others to the door."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if g.get("curator") is None:
            if request.method == "GET":
                wanted = request.script_root + request.full_path  # with the prefix behind a proxy
                return redirect(url_for("curating.enter", den=wanted))
            abort(403)
        if request.method == "POST":
            check_form()
        return view(*args, **kwargs)

    return guarded


@bp.get("/dang-nhap")
def enter() -> str:
    """The door."""
    return _door()


@bp.post("/dang-nhap")
def check() -> BaseResponse | tuple[str, int]:
    """Let in whoever has a key."""
    check_form()
    name = curators.whose(_home(), request.form.get("key", ""))
    if name is None:
        return _door(_("Khóa không đúng. Hỏi quản trị viên: kb curator add.")), 403
    response = redirect(_inside(request.form.get("den", "")))
    response.set_cookie(
        COOKIE, _serializer().dumps(name), max_age=HOURS * 3600, httponly=True, samesite="Strict",
        secure=request.is_secure, path=url_for("search.index"),
    )  # fmt: skip
    return response


@bp.post("/dang-xuat")
@curators_only
def leave() -> BaseResponse:
    """Forget who it is."""
    response = redirect(url_for("search.index"))
    response.delete_cookie(COOKIE, path=url_for("search.index"))
    return response


def _door(problem: str = "") -> str:
    wanted = request.values.get("den", "")
    return render_template("enter.html", problem=problem, wanted=_inside(wanted), state=SearchState())


def _inside(address: str) -> str:
    """The address, if it is a page of ours."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address.rstrip("?") if ours and "\n" not in address else url_for("search.index")


def _home() -> Path:
    settings: Settings = current_app.config["TRACUU_SETTINGS"]
    return settings.home
