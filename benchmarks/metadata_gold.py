"""What is right: the fields of real documents as their own publishers give them.

Every set is a list of `Case`: how to read the document, and its gold values. A field that a set does
not tell is absent. Where a publisher's value is plainly no value ("Không số") the field is absent too.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from common import ROOT

from kb.vietnamese import kinds
from kb.vietnamese.normalise import fold
from kb.vietnamese.symbols import parse

_NUMBERED = re.compile(r"(?P<kind>\D+?) số:? (?P<symbol>\d\S*)(?P<subject>.*)", re.S | re.I)
_SLUG = re.compile(r"-so-(\d+[a-z]?(?:-\d{4})?-[a-z0-9-]+?)-\d+$")


@dataclass(frozen=True, slots=True)
class Case:
    """A document and what is right. `html` is a page out of a file of many, else `path` is read."""

    name: str
    path: str
    gold: dict[str, str] = field(default_factory=dict)
    html: str | None = None


def gazette(data: Path) -> Iterator[Case]:
    """Kind by the gazette; its slug has the symbol without accents and signs."""
    for path in sorted((data / "documents" / "gazette-pdf").glob("*.json")):
        said = json.loads(path.read_text("utf-8"))
        gold = {"kind": _kind(said["loai"])}
        if found := _SLUG.search(said["slug"]):
            gold["symbol_letters"] = found[1].replace("-", "")
        yield Case(path.stem, str(path.with_suffix(".pdf")), _known(gold))


def vbpl_docx(data: Path) -> Iterator[Case]:
    """The database's own fields."""
    for path in sorted((data / "documents" / "vbpl-docx").glob("*.json")):
        said = json.loads(path.read_text("utf-8"))
        gold = {"kind": _kind(said["docType"]["name"]), "issued_on": (said["issueDate"] or "")[:10]}
        gold["effective_on"] = (said["effFrom"] or "")[:10]
        if parse(said["docNum"]):
            gold["symbol"] = said["docNum"]
        if titled := _NUMBERED.fullmatch(said["title"]):
            gold["subject"] = titled["subject"].strip()
        yield Case(path.stem, str(path.with_suffix(".docx")), _known(gold))


def vbpl_html(data: Path) -> Iterator[Case]:
    """The line of the page's path, "Thông tư số 53/2025/TT-BXD …"; pages in English have none."""
    with gzip.open(data / "documents" / "vbpl-html.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            steps = page["text"].split("\n>\n", 3)
            titled = _NUMBERED.fullmatch(steps[2].split("\n")[0].strip()) if len(steps) > 2 else None
            gold = {}
            if titled:
                gold = {"kind": _kind(titled["kind"].strip()), "symbol": titled["symbol"].rstrip(",.;")}
                gold["subject"] = titled["subject"].strip()
            yield Case(page["file"], page["file"], _known(gold), page["html"])


def corpus(_data: Path) -> Iterator[Case]:
    """The project's own samples."""
    gold = json.loads((ROOT / "corpus" / "gold.json").read_text(encoding="utf-8"))
    wanted = ("kind", "symbol", "issued_on", "subject", "published_on", "event_on")
    for name, said in sorted(gold.items()):
        values = {key: said[key] for key in wanted if said.get(key)}
        yield Case(name, str(ROOT / "corpus" / "documents" / name), values)


SETS = {
    "gazette-pdf": gazette,
    "vbpl-docx": vbpl_docx,
    "vbpl-html": vbpl_html,
    "corpus": corpus,
}


def records(data: Path, name: str) -> Iterator[tuple[str, str | None]]:
    """Symbols as registers write them, with the kind the register tells (None: not told)."""
    with gzip.open(data / "metadata" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            said = json.loads(line)
            yield said.get("so") or said.get("so_ky_hieu") or "", _kind(said.get("loai", "")) or None


def letters(symbol: str) -> str:
    """A symbol as a gazette's slug has it: small letters and digits without signs and accents."""
    return re.sub(r"[^a-z0-9]", "", fold(symbol).lower())


def _kind(name: str) -> str:
    kind = kinds.by_name(name) or kinds.by_code(name.replace(" ", ""))
    return kind.id if kind else ""


def _known(gold: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in gold.items() if value}
