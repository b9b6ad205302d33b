"""Finds the other documents of a series, and who carried out a document, in the catalog."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kb.catalog import relations
from kb.catalog.schema import documents
from kb.series.titles import ALIKE, alike
from kb.vietnamese import unit_lineage, units

# Papers that are given again; a law is not, and news tells of what happened.
RECURRING = frozenset(
    ("ke-hoach", "bao-cao", "huong-dan", "cong-van", "chi-thi", "thong-bao", "to-trinh", "quyet-dinh",
     "chuong-trinh", "phuong-an", "cong-dien")
)  # fmt: skip
_CARRIES_OUT = frozenset(("implements", "reports_on", "guides"))
PATIENCE = 90  # days after which a plan without a report is told
_DEPTH = 4  # levels of a chain each way
_WIDE = 40  # documents of one level
_LATER = 100  # papers of an office that are compared when the last of a series is wanted


@dataclass(frozen=True, slots=True)
class Issue:
    """One document of a series or a chain."""

    id: str
    title: str
    symbol: str | None
    kind: str | None
    unit: str | None
    unit_label: str | None
    issued_on: date | None
    validity: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data with the documented keys (docs/json.md)."""
        return {
            "id": self.id,
            "title": self.title,
            "symbol": self.symbol,
            "kind": self.kind,
            "unit": self.unit,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "validity": self.validity,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """A document of a chain: `level` steps down (above: negative) from the one asked for, and by which
    relation it hangs on the one before."""

    issue: Issue
    level: int
    relation: str
    parent: str  # id

    def to_json(self) -> dict[str, Any]:
        """Plain data with the documented keys (docs/json.md)."""
        own = {"level": self.level, "relation": self.relation, "parent": self.parent}
        return {**self.issue.to_json(), **own}


@dataclass(frozen=True, slots=True)
class Gap:
    """A plan that nobody has reported on, with the documents that carry it out."""

    issue: Issue
    carried_out_by: int


def series(connection: Connection, document_id: str, labels: Iterable[str]) -> list[Issue]:
    """The documents of the same kind, unit (under any of its names) and work, by date; with the one
    asked for. Empty where there is no other, or it is of a kind that does not come again."""
    own = _one(connection, document_id)
    if own is None or own.kind not in RECURRING or own.unit is None or own.issued_on is None:
        return []
    query = _issues(labels).where(documents.c.kind == own.kind, documents.c.unit.in_(_family(own.unit)))
    found = [_issue(row) for row in connection.execute(query)]
    chosen = [
        each
        for each in found
        if each.id == own.id or (each.issued_on and alike(each.title, own.title) >= ALIKE)
    ]
    return chosen if len(chosen) > 1 else []


def newest(connection: Connection, ids: Iterable[str], labels: Iterable[str]) -> dict[str, Issue]:
    """Of these documents, those of which a later one of the same series is here: the last, by id."""
    labels, found = list(labels), {}
    for own in _by_ids(connection, list(ids), labels):
        if own.kind not in RECURRING or own.unit is None or own.issued_on is None:
            continue
        later = (
            _issues(labels)
            .where(
                documents.c.kind == own.kind,
                documents.c.unit.in_(_family(own.unit)),
                documents.c.sort_date > own.issued_on,
            )
            .order_by(None)
            .order_by(documents.c.sort_date.desc(), documents.c.id)
            .limit(_LATER)
        )
        for row in connection.execute(later):
            if alike(row.title, own.title) >= ALIKE:
                found[own.id] = _issue(row)
                break
    return found


def chain(connection: Connection, document_id: str, labels: Iterable[str]) -> list[Step]:
    """What a document carries out, and who carries it out and reports on it, level by level."""
    labels = list(labels)
    above = _walk(connection, document_id, labels, up=True)
    below = _walk(connection, document_id, labels, up=False)
    return sorted((*above, *below), key=lambda step: step.level)


def gaps(connection: Connection, labels: Iterable[str], *, before: date) -> list[Gap]:
    """Plans issued before a day of which no report is here: none says it reports on it or carries it
    out, and none of the same unit has its subject and came after it."""
    labels = list(labels)
    plans = [
        _issue(row)
        for row in connection.execute(
            _issues(labels).where(documents.c.kind == "ke-hoach", documents.c.sort_date < before)
        )
    ]
    reports: dict[str | None, list[Issue]] = {}
    for row in connection.execute(_issues(labels).where(documents.c.kind == "bao-cao")):
        reports.setdefault(row.unit, []).append(_issue(row))
    found = []
    for plan in plans:
        links = relations.incoming(connection, plan.id, labels)
        carrying = {link.id for link in links if link.relation in _CARRIES_OUT and link.id}
        kinds = _kinds(connection, carrying)
        if "bao-cao" in kinds.values() or any(
            _tells_of(each, plan) for each in reports.get(plan.unit, ())
        ):
            continue
        found.append(Gap(plan, len(carrying)))
    return found


def _tells_of(report: Issue, plan: Issue) -> bool:
    if report.issued_on is None or plan.issued_on is None or report.issued_on < plan.issued_on:
        return False
    return alike(_subject(report.title), _subject(plan.title)) >= 0.5


def _subject(title: str) -> str:
    lowered = title.lower()
    for lead in ("kế hoạch", "báo cáo", "kết quả", "tổ chức", "triển khai", "thực hiện", "công tác"):
        lowered = lowered.replace(lead, " ")
    return lowered


def _walk(connection: Connection, start: str, labels: list[str], *, up: bool) -> list[Step]:
    steps: list[Step] = []
    seen, level = {start}, [start]
    for depth in range(1, _DEPTH + 1):
        following: dict[str, tuple[str, str]] = {}
        for document_id in level:
            links = (relations.outgoing if up else relations.incoming)(connection, document_id, labels)
            for link in links:
                if (
                    link.relation in _CARRIES_OUT
                    and link.id
                    and link.id not in seen
                    and not link.ambiguous
                ):
                    following.setdefault(link.id, (link.relation, document_id))
        chosen = list(following)[:_WIDE]
        seen.update(chosen)
        for issue in _by_ids(connection, chosen, labels):
            relation, parent = following[issue.id]
            steps.append(Step(issue, -depth if up else depth, relation, parent))
        level = chosen
        if not level:
            break
    return steps


def _family(unit: str) -> tuple[str, ...]:
    """A unit under its names of all times."""
    found = (each for heir in unit_lineage.heirs(unit) for each in units.scope(heir))
    return tuple(dict.fromkeys(found))


def _one(connection: Connection, document_id: str) -> Issue | None:
    row = connection.execute(_issues(None).where(documents.c.id == document_id)).first()
    return _issue(row) if row else None


def _by_ids(connection: Connection, ids: list[str], labels: list[str]) -> list[Issue]:
    query = _issues(labels).where(documents.c.id.in_(ids))
    return [_issue(row) for row in connection.execute(query)]


def _kinds(connection: Connection, ids: Iterable[str | None]) -> dict[str, str | None]:
    query = sa.select(documents.c.id, documents.c.kind).where(documents.c.id.in_([i for i in ids if i]))
    return {row.id: row.kind for row in connection.execute(query)}


def _issues(labels: Iterable[str] | None) -> sa.Select[Any]:
    query = sa.select(
        documents.c.id, documents.c.title, documents.c.symbol, documents.c.kind, documents.c.unit,
        documents.c.unit_label, documents.c.sort_date, documents.c.validity,
    ).where(documents.c.removed_at.is_(None))  # fmt: skip
    if labels is not None:
        query = query.where(documents.c.label.in_(list(labels)))
    return query.order_by(documents.c.sort_date, documents.c.id)


def _issue(row: Any) -> Issue:
    return Issue(
        row.id,
        row.title,
        row.symbol,
        row.kind,
        row.unit,
        row.unit_label,
        row.sort_date,
        row.validity,
    )
