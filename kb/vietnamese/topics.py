"""Topics: a tree of two levels, with the phrases that speak for each topic.

The table is data/topics.toml. Ids are stable: "phong-trao", "phong-trao/ngay-hoi".
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.vietnamese.abbreviations import write_out
from kb.vietnamese.normalise import fold

_TABLE = Path(__file__).parent / "data" / "topics.toml"


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. A topic of the first level has no parent and no phrases of its own."""

    id: str
    label: str
    parent: str | None
    strong: tuple[str, ...] = ()  # phrases that nearly decide
    weak: tuple[str, ...] = ()  # phrases that only support
    asked: tuple[str, ...] = ()  # what a query calls it, where a document would say more


@lru_cache(maxsize=1)
def _table() -> dict[str, Topic]:
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["topic"]
    return {
        row["id"]: Topic(
            row["id"],
            row["label"],
            row["id"].split("/")[0] if "/" in row["id"] else None,
            tuple(row.get("strong", ())),
            tuple(row.get("weak", ())),
            tuple(row.get("asked", ())),
        )
        for row in rows
    }


def all() -> tuple[Topic, ...]:
    """Every topic in the order of the table: a parent before its children."""
    return tuple(_table().values())


def get(topic_id: str) -> Topic | None:
    """The topic of this id."""
    return _table().get(topic_id)


def label(topic_id: str) -> str:
    """The topic's name in Vietnamese; the id itself where it is unknown."""
    topic = _table().get(topic_id)
    return topic.label if topic else topic_id


def parent(topic_id: str) -> str | None:
    """The id of the topic above, None at the first level."""
    topic = _table().get(topic_id)
    return topic.parent if topic else None


def by_name(text: str) -> Topic | None:
    """The topic a person means: its id, its name or the start of it, accents and abbreviations free.

    A name of several parts ("Cư trú, lưu trú; con dấu") answers to each part. Where several topics
    fit: a whole name before a part, a part before its beginning, that before words inside a name.
    """
    wanted = _plain(text)
    if not wanted:
        return None
    if text.strip() in _table():
        return _table()[text.strip()]
    names, parts = _names()
    if wanted in names:
        return names[wanted]
    if wanted in parts:
        return parts[wanted]
    starting = [name for name in parts if name.startswith(f"{wanted} ")]
    inside = [name for name in parts if f" {wanted} " in f" {name} "]
    fitting = starting or inside
    return parts[min(fitting, key=len)] if fitting else None


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, Topic], dict[str, Topic]]:
    names: dict[str, Topic] = {}
    parts: dict[str, Topic] = {}
    for topic in all():
        names.setdefault(_plain(topic.label), topic)
        for pieces in (topic.label.split(";"), topic.label.replace(";", ",").split(",")):
            for piece in pieces:
                parts.setdefault(_plain(piece), topic)
    return names, parts


def _plain(text: str) -> str:
    words = fold(write_out(text, any_case=True))
    return " ".join("".join(c if c.isalnum() else " " for c in words).split())
