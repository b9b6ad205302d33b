"""Settings: defaults < tracuu.toml < KB_* environment, read once, frozen.

`tracuu.toml` is looked for in the working directory, then in KB_HOME; KB_CONFIG names another file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from kb.errors import BadInput, HomeUnusable
from kb.i18n import _

CONFIG_NAME = "tracuu.toml"


def default_home() -> Path:
    """The user's data folder for this program, by the habits of the operating system."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base) / "tracuu" if base else Path.home() / "AppData/Local/tracuu"
    base = os.environ.get("XDG_DATA_HOME")
    return Path(base) / "tracuu" if base else Path.home() / ".local/share/tracuu"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force. `origins` says where each value came from, for `kb settings`."""

    home: Path  # catalog and indexes
    engine: str = "tantivy"  # tantivy | whoosh
    database_url: str = ""  # empty: SQLite in home
    jobs: int = 0  # processes for reading and analysing; 0: one per core
    file_timeout: float = 60.0  # seconds a single file may take
    file_memory: int = 1024  # MiB a reading process may use
    # Refuse papers with a secrecy mark. Off only where the law lets them be kept: an independent LAN.
    secrecy_gate: bool = True
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def effective_database_url(self) -> str:
        """The catalog's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.home / 'catalog.sqlite'}"

    def environment(self) -> dict[str, str]:
        """The variables that give another process of ours these settings."""
        values = {name: getattr(self, name) for name in NAMES}
        return {
            f"KB_{name.upper()}": ("on" if value else "off") if isinstance(value, bool) else str(value)
            for name, value in values.items()
        }

    @property
    def topics_file(self) -> Path:
        """The office's own topics and phrases (kb.vietnamese.topics); it need not be there."""
        return self.home / "topics.toml"

    @property
    def effective_jobs(self) -> int:
        """Number of worker processes, at least 1."""
        return self.jobs or os.cpu_count() or 1

    @classmethod
    def load(
        cls,
        environ: Mapping[str, str] | None = None,
        *,
        directory: Path | None = None,
    ) -> Settings:
        """Read the settings.

        Raises BadInput for an unknown key, a value of the wrong type or a broken tracuu.toml.
        """
        environ = os.environ if environ is None else environ
        values: dict[str, Any] = {"home": default_home()}
        origins = dict.fromkeys(NAMES, "default")
        path = _config_path(environ, directory or Path.cwd())
        if path is not None:
            for name, value in _read_config(path).items():
                values[name] = _convert(name, value, str(path))
                origins[name] = str(path)
        for name in NAMES:
            key = f"KB_{name.upper()}"
            if environ.get(key):
                values[name] = _convert(name, environ[key], key)
                origins[name] = key
        values["home"] = Path(values["home"]).expanduser().absolute()
        return replace(cls(**values), origins=origins)

    def ensure_home(self) -> None:
        """Create the home folder. Raises HomeUnusable where that fails or it is not writable."""
        try:
            self.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HomeUnusable(
                _("Không tạo được thư mục dữ liệu {path}: {error}").format(
                    path=self.home, error=error.strerror or error
                )
            ) from error
        if not os.access(self.home, os.W_OK | os.X_OK):
            raise HomeUnusable(_("Thư mục dữ liệu {path} không cho phép ghi.").format(path=self.home))


NAMES = tuple(f.name for f in fields(Settings) if f.name != "origins")


def _config_path(environ: Mapping[str, str], directory: Path) -> Path | None:
    if environ.get("KB_CONFIG"):
        path = Path(environ["KB_CONFIG"])
        if not path.is_file():
            raise BadInput(_("KB_CONFIG trỏ tới tệp không có: {path}").format(path=path))
        return path
    home = Path(environ["KB_HOME"]) if environ.get("KB_HOME") else default_home()
    for candidate in (directory / CONFIG_NAME, home / CONFIG_NAME):
        if candidate.is_file():
            return candidate
    return None


def _read_config(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            values = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadInput(
            _("Không đọc được tệp cấu hình {path}: {error}").format(path=path, error=error)
        ) from error
    for name in values:
        if name not in NAMES:
            raise BadInput(
                _("Tệp cấu hình {path} có mục lạ: {name}. Các mục được dùng: {names}").format(
                    path=path, name=name, names=", ".join(NAMES)
                )
            )
    return values


def _switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    return {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}[
        str(value).lower()
    ]


_CONVERTERS: Mapping[str, Callable[[Any], Any]] = {
    "jobs": int,
    "file_memory": int,
    "file_timeout": float,
    "secrecy_gate": _switch,
}


def _convert(name: str, value: Any, origin: str) -> Any:
    wanted = _CONVERTERS.get(name, str)
    try:
        converted = wanted(value)
    except (TypeError, ValueError, KeyError):
        converted = None
    if converted is None or (wanted is not str and converted < 0):
        raise BadInput(
            _("{origin}: giá trị của {name} không hợp lệ: {value!r}").format(
                origin=origin, name=name, value=value
            )
        )
    return converted
