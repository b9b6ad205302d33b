"""The pages on a free port, for a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of the pages; the test is skipped without waitress."""
    server_module = pytest.importorskip("waitress.server")
    server = server_module.create_server(app, host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
