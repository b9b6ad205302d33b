"""The house stands as ARCHITECTURE.md says: direction of imports, no cycles, files of one job."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("kb", "indexer", "web")
ALLOWED = {"kb": {"kb"}, "indexer": {"indexer", "kb"}, "web": {"web", "kb"}}
MOST_LINES = 330  # "about 300": a file longer than this has a second job

# Third-party packages each package may know. An engine or a format stays behind its own adapter.
ONLY_IN = {
    "tantivy": "kb/engines/tantivy",
    "whoosh": "kb/engines/whoosh",
    "sqlalchemy": "kb/",
    "alembic": "kb/catalog/",
    "flask": "web/",
    "waitress": "web/",
    "prometheus_client": "web/metrics",
    "pdfminer": "indexer/extract/",
    "pypdfium2": "indexer/extract/",
    "PIL": "indexer/",
    "docx": "indexer/extract/",
    "trafilatura": "indexer/extract/",
    "olefile": "indexer/extract/",
    "openpyxl": "indexer/extract/xlsx",
    "oxmsg": "indexer/extract/mail",
    "pptx": "indexer/extract/pptx",
    "xlrd": "indexer/extract/xls",
    "subprocess": "indexer/programs/",
    "pyvi": "kb/vietnamese/",
    "pebble": "indexer/",
}
ALSO = {
    "sqlalchemy": ("indexer/pipeline.py",),  # names the connection's type
    "openpyxl": ("kb/spreadsheet.py",),
    "docx": ("kb/exporting/dossier.py",),
    # Pages are drawn for readers, in a child of its own.
    "pypdfium2": ("kb/pictures/child.py",),
    "PIL": ("kb/pictures/child.py",),
    "subprocess": ("kb/pictures/drawing.py", "web/curating/reader.py"),
}


@cache
def files() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    return {name_of(path): path for path in files()}


def imports(path: Path, *, nested: bool) -> Iterator[tuple[str, int]]:
    """(module, line) of imports; at the top of the module, or hidden in functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        node
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if (node in inside) != nested:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}:{node.lineno}: write the whole module name"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield (full if full in modules() else node.module), node.lineno


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_imports_point_one_way(path):
    package = path.relative_to(ROOT).parts[0]
    for nested in (False, True):
        for module, line in imports(path, nested=nested):
            top = module.split(".")[0]
            if top in PACKAGES:
                assert top in ALLOWED[package], f"{path}:{line} imports {module}"


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_third_party_packages_stay_behind_their_adapter(path):
    place = path.relative_to(ROOT).as_posix()
    for nested in (False, True):
        for module, line in imports(path, nested=nested):
            home = ONLY_IN.get(module.split(".")[0])
            known = home is None or place.startswith(home)
            assert known or place in ALSO.get(module.split(".")[0], ()), f"{place}:{line}: {module}"


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_only_third_party_packages_are_imported_inside_functions(path):
    for module, line in imports(path, nested=True):
        assert module.split(".")[0] not in PACKAGES, f"{path}:{line}: import {module} at the top"


def test_no_import_cycle():
    graph = {
        name: {m for m, _line in imports(path, nested=False) if m in modules() and m != name}
        for name, path in modules().items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            raise AssertionError(" -> ".join((*trail[trail.index(name) :], name)))
        if name not in done:
            for target in sorted(graph[name]):
                visit(target, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_a_file_has_one_job(path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES, f"{path} has {lines} lines"


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_public_things_are_documented(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{path}: what is this module for?"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            if "migrations" in path.parts:
                continue
            assert ast.get_docstring(node), f"{path}:{node.lineno}: {node.name} has no docstring"
