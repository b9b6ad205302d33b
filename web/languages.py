"""The language of a page: Vietnamese, or English once asked for by ?lang=en (kept in a cookie)."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, Response, request
from flask_babel import Babel, get_locale, gettext

from kb.i18n import speak

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
DEFAULT = "vi"
COOKIE = "lang"
_YEAR = 365 * 24 * 3600  # seconds


def _(message: str, **values: object) -> str:
    """`message` in the language of the current request, its %(name)s filled in."""
    return str(gettext(message, **values))


def choose() -> str:
    """The language of the current request."""
    for wanted in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if wanted in LANGUAGES:
            return wanted
    return DEFAULT


def _speak() -> None:
    """What kb says (labels, errors) is in the language of the page too."""
    speak(choose())


def _remember(response: Response) -> Response:
    wanted = request.args.get("lang")
    if wanted in LANGUAGES:
        response.set_cookie(
            COOKIE, wanted, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response


def language_query(code: str) -> str:
    """The current address's parameters, asking for another language."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return urlencode([*pairs, ("lang", code)])


def init_app(app: Flask) -> None:
    """Give the application its translations and its templates the current language."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(Path(__file__).parent / "translations")
    Babel(app, default_locale=DEFAULT, locale_selector=choose)
    app.before_request(_speak)
    app.teardown_request(lambda _error: speak(None))
    app.after_request(_remember)
    app.add_template_global(language_query)
    app.jinja_env.globals["LANGUAGES"] = LANGUAGES
    app.add_template_global(lambda: str(get_locale()), "language")
