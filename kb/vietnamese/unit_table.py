"""The facts about units, from data/units.toml, and the tree of their names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from kb.vietnamese.places import KINDS, Province, key

_TABLE = Path(__file__).parent / "data" / "units.toml"
_EVERY = "*"


@dataclass(frozen=True, slots=True)
class Body:
    """What every place of some kinds has: its police, its people's committee ..."""

    prefixes: dict[str, str]  # kind of place -> start of the id
    labels: dict[str, str]  # kind of place -> label with {name} or {place}
    written: tuple[str, ...]
    written_kind: dict[str, str]  # name that tells the kind of place -> kind
    codes: dict[str, str]  # abbreviation that tells it -> kind
    begins: tuple[str, ...]
    reports_up: bool  # to the same body of the province
    prefix: str | None = None  # start of every id, where the kinds of places have it in common
    anywhere: bool = False  # looked for also without a place

    def label(self, kind: str, name: str) -> str:
        """The body's name at a place: "Công an huyện Nghi Xuân"."""
        return self.labels[kind].format(name=name, place=f"{KINDS[kind]} {name}")

    def province_label(self, province: Province) -> str:
        """The body's name at a province or a city under the centre."""
        template = self.labels["thanh-pho" if province.city else "tinh"]
        return template.format(name=province.name, place=province.full_name)


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit with an entry of its own; `codes` name it in symbols. Every province has its `office`."""

    id: str
    name: str
    names: tuple[str, ...]  # `name` and aliases
    codes: tuple[str, ...]
    parent: str | None = None
    successor: str | None = None
    office: bool = False
    former: bool = False
    taken_over: tuple[str, date, str] | None = None  # code of the office, since when, topic

    @property
    def label(self) -> str:
        """The name; with the code where the name alone would not tell it from others."""
        return f"{self.name} ({self.codes[0]})" if self.office or self.former else self.name


@dataclass(frozen=True, slots=True)
class Table:
    """Everything units.toml says."""

    bodies: tuple[Body, ...]
    entries: dict[str, Entry]  # by id
    by_code: dict[str, Entry]  # by code in a symbol; "PV05", "BCA", "TTg"
    by_prefix: dict[str, tuple[Body, str]]  # start of an id -> body and kind of place


@lru_cache(maxsize=1)
def table() -> Table:
    """The table, read at the first use."""
    raw = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    bodies = tuple(_body(row) for row in raw["body"])
    entries = [
        *(_entry(row, row["id"], row.get("codes", [])) for row in raw["central"]),
        *(
            _entry(row, f"bca-{row['code'].lower()}", [row["code"]], parent="bca")
            for row in raw["bureau"]
        ),
        *(_entry(row, row["code"].lower(), [row["code"]], office=True) for row in raw["office"]),
        *(_former(row) for row in raw["former"]),
    ]
    return Table(
        bodies,
        {entry.id: entry for entry in entries},
        {code: entry for entry in entries for code in entry.codes},
        {prefix: (body, kind) for body in bodies for kind, prefix in body.prefixes.items()},
    )


def _body(row: dict[str, Any]) -> Body:
    ids, labels = row["id"], row["label"]
    prefixes = {
        kind: ids[kind] if kind in ids else f"{ids[_EVERY]}-{kind}"
        for kind in KINDS
        if kind in ids or _EVERY in ids
    }
    return Body(
        prefixes,
        {kind: labels.get(kind) or labels[_EVERY] for kind in prefixes},
        tuple(row.get("written", ())),
        dict(row.get("written_kind", {})),
        dict(row.get("codes", {})),
        tuple(row.get("begins", ())),
        bool(row.get("reports_up", True)),
        ids.get(_EVERY),
        bool(row.get("anywhere", False)),
    )


def _entry(
    row: dict[str, Any], id: str, codes: list[str], *, parent: str | None = None, office: bool = False
) -> Entry:
    taken = row.get("taken_over")
    return Entry(
        id,
        row["name"],
        (row["name"], *row.get("aliases", ())),
        tuple(codes),
        parent,
        office=office,
        taken_over=(taken["by"], taken["since"], taken["topic"]) if taken else None,
    )


def _former(row: dict[str, Any]) -> Entry:
    office = row["code"].startswith("P")
    start = "" if office else "bca-"
    return Entry(
        start + row["code"].lower(),
        row["name"],
        (row["name"],),
        (row["code"],),
        None if office else "bca",
        start + row["successor"].lower(),
        office,
        former=True,
    )


# ---------------------------------------------------------------- names as a tree of words


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name of a body, with the kind of place the name itself tells, and whether it goes on."""

    body: Body
    kind: str | None = None
    goes_on: bool = False


@dataclass(slots=True)
class Node:
    """A word of a name in the tree of all names; `unit` where a name ends."""

    next: dict[str, Node] = field(default_factory=dict)
    unit: Entry | BodyName | None = None


@lru_cache(maxsize=1)
def names() -> Node:
    """The root of the tree of every name in the table, word by word in folded form."""
    root = Node()

    def add(name: str, unit: Entry | BodyName) -> None:
        node = root
        for word in key(name).split():
            node = node.next.setdefault(word, Node())
        node.unit = node.unit or unit

    for entry in table().entries.values():
        # CP, TW, QH and the like are codes of symbols only, too short for running text.
        for name in (*entry.names, *(code for code in entry.codes if len(code) > 2)):
            add(name, entry)
    for body in table().bodies:
        for name in body.written:
            add(name, BodyName(body))
        for name, kind in (*body.written_kind.items(), *body.codes.items()):
            add(name, BodyName(body, kind))
        for name in body.begins:
            add(name, BodyName(body, goes_on=True))
    return root
