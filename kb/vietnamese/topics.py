"""Topics: a tree of two levels, with the phrases that speak for each topic.

The table is data/topics.toml. Ids are stable: "phong-trao", "phong-trao/ngay-hoi". An office adds to it
by a file of its own in the same form (`use`): its entries add phrases to known topics, or topics.
Whoever keeps what was made of the table keeps it by `state()`.
"""

from __future__ import annotations

import builtins
import logging
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kb.vietnamese.abbreviations import write_out
from kb.vietnamese.normalise import fold

logger = logging.getLogger(__name__)

_LISTS = frozenset(("strong", "weak", "asked", "without"))
_KEYS = _LISTS | {"id", "label"}
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?")
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


State = tuple[str, int, int] | None  # path, time and size of the office's file
# For child processes, which inherit it.
_VARIABLE = "KB_TOPICS_FILE"


def use(path: Path) -> None:
    """Add the office's file, in this process and its children; it need not be there."""
    os.environ[_VARIABLE] = str(path)


def state() -> State:
    """Changes when the office's file does; None without one."""
    path = os.environ.get(_VARIABLE)
    if not path:
        return None
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return path, found.st_mtime_ns, found.st_size


@lru_cache(maxsize=2)
def _merged(now: State) -> dict[str, Topic]:
    table = _shipped()
    if now is None:
        return table
    try:
        return merged(table, read_rows(Path(now[0]).read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:  # kb topics check tells; searching goes on
        logger.warning("%s: %s", now[0], error)
        return table


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Topic]:
    return merged({}, read_rows(_TABLE.read_text(encoding="utf-8")))


def read_rows(text: str) -> list[dict[str, Any]]:
    """The [[topic]] entries of a file. Raises ValueError saying which entry is wrong, and how."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(str(error)) from error
    if set(content) - {"topic"}:
        raise ValueError(f"{sorted(set(content) - {'topic'})[0]}: [[topic]]?")
    rows = content.get("topic", [])
    for row in rows:
        if not _ID.fullmatch(str(row.get("id", ""))):
            raise ValueError(f"id = {row.get('id')!r}")
        for name, value in row.items():
            strings = isinstance(value, list) and builtins.all(isinstance(each, str) for each in value)
            if name not in _KEYS or not (strings if name in _LISTS else isinstance(value, str)):
                raise ValueError(f"{row['id']}: {name}")
    return list(rows)


def merged(table: Mapping[str, Topic], rows: Iterable[Mapping[str, Any]]) -> dict[str, Topic]:
    """The table with the rows: phrases are added to a known topic (`without` takes some away), another
    label replaces its own. Raises ValueError for a topic without a label or without its parent."""
    found = dict(table)
    for row in rows:
        known = found.get(row["id"])
        parent = row["id"].split("/")[0] if "/" in row["id"] else None
        if known is None and "label" not in row:
            raise ValueError(f"{row['id']}: label?")
        if parent is not None and parent not in found:
            raise ValueError(f"{row['id']}: {parent}?")
        gone = set(row.get("without", ()))
        phrases = {
            name: tuple(
                dict.fromkeys(
                    phrase
                    for phrase in (*(getattr(known, name) if known else ()), *row.get(name, ()))
                    if phrase not in gone
                )
            )
            for name in ("strong", "weak", "asked")
        }
        label = row.get("label") or (known.label if known else "")
        found[row["id"]] = Topic(row["id"], label, parent, **phrases)
    return found


def _table() -> dict[str, Topic]:
    return _merged(state())


def all() -> tuple[Topic, ...]:
    """Every topic in the order of the table: a parent before its children."""
    return tuple(_table().values())


def shipped() -> tuple[Topic, ...]:
    """The table without the office's file."""
    return tuple(_shipped().values())


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


def id_of(label: str) -> str:
    """The last part of the id of a topic called so: "Chợ phiên an ninh" is "cho-phien-an-ninh"."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(label)))


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
    names, parts = _names(state())
    if wanted in names:
        return names[wanted]
    if wanted in parts:
        return parts[wanted]
    starting = [name for name in parts if name.startswith(f"{wanted} ")]
    inside = [name for name in parts if f" {wanted} " in f" {name} "]
    fitting = starting or inside
    return parts[min(fitting, key=len)] if fitting else None


@lru_cache(maxsize=2)
def _names(_now: State) -> tuple[dict[str, Topic], dict[str, Topic]]:
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
