"""What people asked for and did not find: KB_HOME/failed-queries.tsv, a day and a query a line.

No person, address or hour is kept. A line is appended in one write, by any process; the file keeps the
newest half once it has grown too large. It may be deleted at any time: nothing needs it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kb.files import write_durably
from kb.vietnamese.normalise import fold_form, nfc

LARGEST = 1_000_000  # bytes, some 20,000 queries
LONGEST = 200  # characters of a query; what is longer was pasted, not asked


@dataclass(frozen=True, slots=True)
class FailedQuery:
    """A question that found nothing, however it was accented."""

    query: str  # as last typed
    count: int
    first: date
    last: date


class FailedQueries:
    """The list in a home."""

    def __init__(self, home: Path, today: Callable[[], date] = date.today) -> None:
        self._path = home / "failed-queries.tsv"
        self._today = today

    def note(self, query: str) -> None:
        """Keep a question; nothing happens where that is impossible (a read-only folder)."""
        shown = " ".join(nfc(query).split())
        if not shown or len(shown) > LONGEST:
            return
        with contextlib.suppress(OSError):
            self._bound()
            mode = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            with os.fdopen(os.open(self._path, mode, 0o600), "ab") as file:
                file.write(_line(self._today(), shown).encode())

    def list(self, most: int) -> list[FailedQuery]:
        """The questions asked most often, then the newest."""
        found: dict[str, FailedQuery] = {}
        for day, query in self._lines():
            known = found.get(fold_form(query))
            found[fold_form(query)] = (
                replace(known, query=query, count=known.count + 1, last=max(day, known.last))
                if known
                else FailedQuery(query, 1, day, day)
            )
        return sorted(found.values(), key=lambda each: (each.count, each.last), reverse=True)[:most]

    def settle(self, query: str) -> int:
        """Take a question off the list; how often it had been asked."""
        lines = list(self._lines())
        left = [(day, each) for day, each in lines if fold_form(each) != fold_form(query)]
        if len(left) < len(lines):
            self._rewrite(left)
        return len(lines) - len(left)

    def _lines(self) -> Iterable[tuple[date, str]]:
        try:
            content = self._path.read_text("utf-8", errors="replace")
        except OSError:
            return
        for line in content.splitlines():
            day, tab, query = line.partition("\t")
            with contextlib.suppress(ValueError):  # torn, or edited by hand
                if tab and query:
                    yield date.fromisoformat(day), query

    def _bound(self) -> None:
        if self._path.exists() and self._path.stat().st_size > LARGEST:
            lines = list(self._lines())
            self._rewrite(lines[len(lines) // 2 :])

    def _rewrite(self, lines: Iterable[tuple[date, str]]) -> None:
        write_durably(self._path, "".join(_line(day, query) for day, query in lines), private=True)


def _line(day: date, query: str) -> str:
    return f"{day.isoformat()}\t{query}\n"
