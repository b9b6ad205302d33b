"""From files to folded results, as a person at the command line sees them."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import near_samples
import pytest


def lay_out(text: str) -> str:
    """The sample's two columns as lines, which is how text files have them."""
    lines = (line.split("   ") for line in text.split("\n"))
    return "\n".join(part.strip() for line in lines for part in line if part.strip())


TEXT = lay_out(near_samples.paper(1))
DRAFT = TEXT.replace("Số: 12/", "Số:     /").replace("ngày 15 tháng", "ngày     tháng")


@pytest.fixture
def kb(tmp_path: Path) -> Any:
    """Run `kb` on a library of a signed plan, a scan of it, its draft and the next year's plan."""
    folder = tmp_path / "van-ban"
    folder.mkdir()
    head, rest = TEXT.split("1. ", 1)
    scan = head + "1. " + near_samples.misread(rest, random.Random(1))
    for name, text in (
        ("ky", TEXT),
        ("scan", scan),
        ("du-thao", DRAFT),
        ("nam-sau", near_samples.next_year(TEXT)),
    ):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    env = {**os.environ, "KB_HOME": str(tmp_path / "home"), "KB_JOBS": "1", "KB_LANG": "vi"}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "kb", *arguments]
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("add", str(folder))
    return run


def names(items: list[dict[str, Any]]) -> set[str]:
    return {Path(item["source"]).stem for item in items}


def test_search_and_show_tell_copies_and_versions(kb: Any) -> None:
    found = json.loads(kb("search", "công tác dân vận", "--json"))
    assert found["total"] == 4
    assert len(found["hits"]) == 2
    (plan,) = (hit for hit in found["hits"] if hit["symbol"] == "12/KH-CAT-PV05")
    assert names([plan, *plan["copies"]]) == {"ky", "scan"}
    assert names(plan["versions"]) == {"du-thao"}
    assert (plan["stage"], plan["versions"][0]["stage"]) == ("signed", "draft")

    told = kb("search", "công tác dân vận")
    assert f"1 bản gần giống: {plan['copies'][0]['id']} 12/KH-CAT-PV05 (txt)" in told
    assert f"bản dự thảo: {plan['versions'][0]['id']} (txt)" in told
    assert len(json.loads(kb("search", "công tác dân vận", "--no-fold", "--json"))["hits"]) == 4
    assert "gần giống" not in kb("search", "công tác dân vận", "--no-fold")

    draft = plan["versions"][0]["id"]
    same = json.loads(kb("show", draft, "--json"))["same_paper"]
    assert same["stage"] == "draft"
    assert names(same["versions"]) == {"ky", "scan"}
    assert kb("show", draft).count("bản ký: ") == 2
