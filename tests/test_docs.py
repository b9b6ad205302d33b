"""The documents say what is true: every command, error, setting and JSON key is in them."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kb import errors
from kb.settings import NAMES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"

sys.path.insert(0, str(DOCS))
import make_cli_reference  # noqa: E402


def test_command_reference_is_up_to_date():
    # In a process of its own: click keeps what it was first asked about the help option of a command.
    script = "import sys, make_cli_reference as m; sys.stdout.buffer.write(m.reference().encode())"
    made = subprocess.run([sys.executable, "-c", script], cwd=DOCS, capture_output=True, check=True)
    written = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert written == made.stdout.decode(), "run: python docs/make_cli_reference.py"


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_readme_names_every_command(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    for name in make_cli_reference.kb.list_commands(None):
        assert f"kb {name}" in text, f"{readme} does not mention kb {name}"


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_readme_names_the_two_commands_and_every_setting(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert "make demo" in text
    assert "make test" in text
    for name in NAMES:
        assert f"KB_{name.upper()}" in text


def test_every_error_is_documented_with_its_codes():
    text = (DOCS / "errors.md").read_text(encoding="utf-8")
    for name, cls in inspect.getmembers(errors, inspect.isclass):
        if issubclass(cls, errors.KbError) and cls is not errors.KbError:
            assert re.search(rf"`{name}` \| {cls.exit_code} \|", text), name


def test_exit_codes_tell_classes_apart():
    codes = {
        cls.__name__: cls.exit_code
        for _name, cls in inspect.getmembers(errors, inspect.isclass)
        if issubclass(cls, errors.KbError)
    }
    assert codes["IndexMissing"] == codes["IndexOutdated"]  # the same remedy
    del codes["IndexOutdated"]
    assert len(set(codes.values())) == len(codes)


@pytest.mark.parametrize("page", sorted(p.name for p in [*ROOT.glob("*.md"), *DOCS.glob("*.md")]))
def test_links_between_documents_lead_somewhere(page):
    path = ROOT / page if (ROOT / page).exists() else DOCS / page
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (path.parent / target).exists(), f"{page} links to {target}"
