"""What a person says about a file: NAME.meta.toml beside it wins over everything read from it.

Beside ke-hoach.pdf stands ke-hoach.pdf.meta.toml, UTF-8, for example

    title = "Kế hoạch tổ chức Ngày hội năm 2022"
    symbol = "12/KH-CAT-PV05"
    kind = "Kế hoạch"                  # name or id
    issued_on = 2022-06-15             # a TOML date, or "15/6/2022"
    issuer = "Công an tỉnh Hà Tĩnh"    # the unit is resolved from it unless `unit` is given
    unit = "cat-ha-tinh"               # an id, or a name
    subject = "Tổ chức Ngày hội ..."
    signer = "Nguyễn Văn A"
    signer_title = "Giám đốc"
    place = "Hà Tĩnh"
    urgency = "KHẨN"
    effective_on = 2022-07-01
    author = "Nguyễn Văn A"            # of portal news
    published_on = 2022-06-16
    event_on = 2022-06-14
    topics = ["phong-trao/ngay-hoi", "dân vận khéo"]    # ids or names; replaces all
    covers = ["2022-01-01", "2022-12-31"]               # or "6 tháng đầu năm 2020"
    label = "public"                   # access label

Every key is optional; an empty string or list takes a value away. An unknown key or a bad value
becomes a warning that names key and line, the other keys count. Values from here have confidence 1.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

from kb.access import PUBLIC_LABEL
from kb.curation.fields import LABEL, BadValue, one_line, state
from kb.i18n import _
from kb.model import Metadata

SUFFIX = ".meta.toml"
RULE = "sidecar"


def place(path: Path) -> Path:
    """Where the sidecar of a file stands."""
    return path.with_name(path.name + SUFFIX)


def digest(path: Path) -> str | None:
    """SHA-256 of the file's sidecar, hex; None where it has none that can be read."""
    try:
        return hashlib.sha256(place(path).read_bytes()).hexdigest()
    except OSError:
        return None


def apply(metadata: Metadata, path: Path) -> tuple[Metadata, str, tuple[str, ...]]:
    """The metadata with what the sidecar of `path` says, the access label, and warnings.

    Never raises: an unreadable sidecar is a warning, and what was read from the file stays.
    """
    sidecar = place(path)
    try:
        text = sidecar.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return metadata, PUBLIC_LABEL, ()
    except (OSError, UnicodeDecodeError) as error:
        return metadata, PUBLIC_LABEL, (_unreadable(sidecar, error),)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return metadata, PUBLIC_LABEL, (_unreadable(sidecar, error),)
    label, warnings = PUBLIC_LABEL, []
    for key, value in table.items():
        try:
            if key == LABEL:
                label = one_line(value)
            else:
                metadata = state(metadata, key, value, RULE)
        except BadValue as error:
            warnings.append(
                _("{file}, dòng {line}, mục “{key}”: {reason}").format(
                    file=sidecar.name, line=_line_of(key, text), key=key, reason=error
                )
            )
    return metadata, label or PUBLIC_LABEL, tuple(warnings)


def _unreadable(path: Path, error: Exception) -> str:
    return _("Không đọc được {file}: {reason}. Sửa tệp rồi chạy lại kb reindex.").format(
        file=path.name, reason=error
    )


def _line_of(key: str, text: str) -> int:
    pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]|\s*\[+\s*{re.escape(key)}\b")
    for number, line in enumerate(text.splitlines(), 1):
        if pattern.match(line):
            return number
    return 1
