"""The office's own phrases for topics, in KB_HOME/topics.toml (kb.vietnamese.topics).

Entries are only ever appended, each with who and when: a later one wins, and the file tells its
history.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kb.errors import BadInput
from kb.files import write_durably
from kb.i18n import _
from kb.vietnamese import topics as table
from kb.vietnamese.normalise import nfc
from kb.vietnamese.topics import Topic

_HEAD = """\
# Topics of this office. An entry with a known id adds phrases to it; `without` takes some away;
# a new id needs a label, and below a main topic its id before the slash. Then: kb topics apply
"""
LISTS = ("strong", "weak")
LONGEST = 100  # characters of a phrase


@dataclass(frozen=True, slots=True)
class Difference:
    """A phrase that the office added to a topic of the shipped table, or took from it."""

    topic: str
    phrase: str
    strength: str  # strong | weak
    added: bool


def add(
    path: Path,
    topic_id: str,
    phrases: Sequence[str],
    *,
    strong: bool,
    label: str = "",
    author: str = "",
) -> None:
    """Add phrases to a topic, or a new topic with its label.

    Raises BadInput for an unknown topic without a label, a wrong id, or phrases that make no sense.
    """
    wanted = [_checked(phrase) for phrase in phrases if phrase.strip()]
    if not wanted:
        raise BadInput(_("Chưa có cụm từ nào."), _("Mỗi dòng một cụm từ."))
    known = {topic.id: topic for topic in _now(path)}
    lines = [f"id = {_quoted(topic_id)}"]
    if label.strip():
        lines.append(f"label = {_quoted(' '.join(label.split()))}")
    elif topic_id not in known:
        raise BadInput(
            _("Không có chủ đề {topic}.").format(topic=topic_id),
            _("Chọn chủ đề có sẵn, hoặc đặt tên cho chủ đề mới."),
        )
    _append(path, [*lines, f"{LISTS[0] if strong else LISTS[1]} = {_list(wanted)}"], author)


def take_away(path: Path, topic_id: str, phrase: str, *, author: str = "") -> None:
    """Let a phrase, ours or a shipped one, no longer speak for a topic. Raises BadInput."""
    topic = next((each for each in _now(path) if each.id == topic_id), None)
    if topic is None or phrase not in (*topic.strong, *topic.weak):
        raise BadInput(
            _("“{phrase}” không nói cho chủ đề {topic}.").format(phrase=phrase, topic=topic_id),
            _("Tải lại trang."),
        )
    _append(path, [f"id = {_quoted(topic_id)}", f"without = {_list([phrase])}"], author)


def differences(path: Path) -> list[Difference]:
    """How the table of today differs from the shipped one, in the order of the table."""
    shipped = {topic.id: topic for topic in table.shipped()}
    found = []
    for topic in _now(path):
        before = shipped.get(topic.id, Topic(topic.id, "", None))
        for name in LISTS:
            now, then = getattr(topic, name), getattr(before, name)
            found += [Difference(topic.id, each, name, True) for each in now if each not in then]
            found += [Difference(topic.id, each, name, False) for each in then if each not in now]
    return found


def check(text: str, path: Path) -> None:
    """Return if this may be the content of the file. Raises BadInput."""
    try:
        table.merged({topic.id: topic for topic in table.shipped()}, table.read_rows(text))
    except ValueError as error:
        raise BadInput(
            _("{path} viết chưa đúng: {error}").format(path=path, error=error),
            _("Mẫu: kb topics --help; mỗi mục có id, và strong, weak, asked là danh sách chữ."),
        ) from error


def _now(path: Path) -> list[Topic]:
    known = {topic.id: topic for topic in table.shipped()}
    if not path.exists():
        return list(known.values())
    text = path.read_text("utf-8")
    check(text, path)
    return list(table.merged(known, table.read_rows(text)).values())


def _checked(phrase: str) -> str:
    words = " ".join(nfc(phrase).split())
    if len(words) > LONGEST or not any(c.isalpha() for c in words):
        raise BadInput(
            _("Cụm từ không dùng được: {phrase}").format(phrase=words[:80]),
            _("Dùng vài từ như trong văn bản, không quá {most} ký tự.").format(most=LONGEST),
        )
    return words


def _append(path: Path, lines: Sequence[str], author: str) -> None:
    before = path.read_text("utf-8") if path.exists() else _HEAD
    said = f"# {' '.join(author.split())}, {date.today().isoformat()}\n" if author else ""
    text = f"{before.rstrip()}\n\n{said}[[topic]]\n" + "\n".join(lines) + "\n"
    check(text, path)
    write_durably(path, text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a basic string of TOML too


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"
