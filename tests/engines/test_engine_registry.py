"""Engines by name, loaded when asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kb.engines import registry
from kb.errors import BadInput


@pytest.mark.parametrize("name", registry.NAMES)
def test_every_name_is_an_engine(name: str) -> None:
    engine = registry.get(name)
    assert engine.name == name
    assert engine.version


def test_the_default_is_one_of_them() -> None:
    assert registry.DEFAULT in registry.NAMES


def test_an_unknown_name_tells_the_possible_ones() -> None:
    with pytest.raises(BadInput) as caught:
        registry.get("lucene")
    assert "lucene" in str(caught.value)
    assert all(name in (caught.value.remedy or "") for name in registry.NAMES)


def test_no_engine_is_loaded_before_it_is_asked_for() -> None:
    script = "import sys, kb.engines.registry; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    packages = {module.split(".")[0] for module in loaded.stdout.split()}
    assert not packages & {"tantivy", "whoosh"}
