"""User-facing text: Vietnamese in the source, other languages from gettext catalogs.

`_("…")` translates now; `N_("…")` only marks a text that is translated when it is shown.
The language is Vietnamese unless KB_LANG says otherwise (`KB_LANG=en`), or the request that is being
answered does (`speak`).
"""

from __future__ import annotations

import gettext
import os
import re
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

DOMAIN = "tracuu"
LOCALE_DIR = Path(__file__).parent / "locale"
SOURCE_LANGUAGE = "vi"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


@lru_cache(maxsize=8)
def translations(language: str) -> gettext.NullTranslations:
    """The catalog of `language`; the source texts themselves where there is none."""
    return gettext.translation(DOMAIN, LOCALE_DIR, languages=[language], fallback=True)


def speak(code: str | None) -> None:
    """Speak a language from here on in this context, such as one request; None: that of the process."""
    _spoken.set(code)


def language() -> str:
    """The language of this context, else of this process: KB_LANG, else Vietnamese."""
    return _spoken.get() or re.split(r"[._-]", os.environ.get("KB_LANG", SOURCE_LANGUAGE))[0].lower()


def _(message: str) -> str:
    """`message` in the language of this context."""
    return translations(language()).gettext(message)


def N_(message: str) -> str:  # noqa: N802 - the field's standard name
    """Mark `message` for translation; translate it with `_` when it is shown."""
    return message
