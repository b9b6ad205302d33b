"""Engines by name. An engine's third-party package is imported when the engine is asked for."""

from __future__ import annotations

from importlib import import_module

from kb.engines.port import Engine
from kb.errors import BadInput
from kb.i18n import _

DEFAULT = "tantivy"

# name -> (module, class); the module is imported by `get`, so that `kb --help` loads no engine.
_ADAPTERS = {
    "tantivy": ("kb.engines.tantivy", "TantivyEngine"),
    "whoosh": ("kb.engines.whoosh", "WhooshEngine"),
}

NAMES = tuple(_ADAPTERS)


def get(name: str) -> type[Engine]:
    """The engine called `name` (a value of KB_ENGINE). Raises BadInput for an unknown name."""
    if name not in _ADAPTERS:
        raise BadInput(
            _("Không có bộ máy tìm kiếm “{name}”.").format(name=name),
            _("Chọn một trong: {names}.").format(names=", ".join(NAMES)),
        )
    module, class_name = _ADAPTERS[name]
    engine: type[Engine] = getattr(import_module(module), class_name)
    return engine
