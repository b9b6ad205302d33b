"""`kb doctor`: the table of programs, there or not."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from indexer import doctor
from indexer.programs.tools import TOOLS

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(doctor.doctor, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def test_every_program_is_told_of():
    output = run()
    for tool in TOOLS:
        assert tool.name in output


def test_absence_has_a_price_and_a_remedy(monkeypatch):
    gone = replace(TOOLS[0], available=lambda: False, version=lambda: None)
    monkeypatch.setattr(doctor, "TOOLS", (gone,))
    output = run()
    assert gone.cost in output
    assert f"apt-get install {gone.package}" in output
    (tool,) = json.loads(run("--json"))["tools"]
    assert (tool["available"], tool["version"], tool["cost"]) == (False, None, gone.cost)


def test_presence_shows_the_version(monkeypatch):
    there = replace(TOOLS[0], available=lambda: True, version=lambda: "1.2.3")
    monkeypatch.setattr(doctor, "TOOLS", (there,))
    assert "1.2.3" in run()
    assert there.cost not in run()


def test_make_install_tools_installs_all_of_them():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    packages = re.search(r"^TOOLS := (.*)$", makefile, re.M)
    assert packages is not None
    assert packages[1].split() == " ".join(tool.package for tool in TOOLS).split()
