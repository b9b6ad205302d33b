"""Who may correct fields on the pages: names and hashes of their keys, in KB_HOME/curators.toml.

A key is 160 random bits, shown once: no guessing, so no slow hash is needed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import tomllib
from pathlib import Path

from kb.errors import BadInput
from kb.files import write_durably
from kb.i18n import _

_FILE = "curators.toml"
_NAME = re.compile(r"[^\W_][\w .-]{0,60}")


def names(home: Path) -> list[str]:
    """The curators, by name. Raises BadInput where the file is broken."""
    return sorted(_read(home))


def add(home: Path, name: str) -> str:
    """A new key for a curator, who may be new; an earlier key no longer holds. Raises BadInput."""
    name = " ".join(name.split())
    if not _NAME.fullmatch(name):
        raise BadInput(
            _("Tên không dùng được: {name}").format(name=name), _("Viết họ tên, không dấu câu.")
        )
    key = secrets.token_hex(20)
    _write(home, {**_read(home), name: _hash(key)})
    return key


def remove(home: Path, name: str) -> bool:
    """Take a curator's key away; whether there was one."""
    known = _read(home)
    if name not in known:
        return False
    _write(home, {each: held for each, held in known.items() if each != name})
    return True


def whose(home: Path, key: str) -> str | None:
    """The curator with this key."""
    given = _hash(key.strip())
    found = None
    for name, held in _read(home).items():
        if hmac.compare_digest(held, given):
            found = name
    return found


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _read(home: Path) -> dict[str, str]:
    path = home / _FILE
    try:
        rows = tomllib.loads(path.read_text("utf-8")).get("curator", [])
        return {str(row["name"]): str(row["sha256"]) for row in rows}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BadInput(
            _("Không đọc được {path}: {error}").format(path=path, error=error),
            _("Xóa tệp rồi cấp lại khóa: kb curator add TÊN"),
        ) from error


def _write(home: Path, held: dict[str, str]) -> None:
    lines = [
        f"[[curator]]\nname = {json.dumps(name, ensure_ascii=False)}\nsha256 = {json.dumps(digest)}\n"
        for name, digest in sorted(held.items())
    ]
    write_durably(home / _FILE, "\n".join(lines), private=True)
