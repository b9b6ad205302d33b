"""Whether a document is in force on a day, and what proves it. Unknown stays unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# Ids of the states; labels are kb.relations.labels.
IN_FORCE, PARTLY, EXPIRED, NOT_YET = "con-hieu-luc", "het-mot-phan", "het-hieu-luc", "chua-co-hieu-luc"
STATES = (IN_FORCE, PARTLY, EXPIRED, NOT_YET)
# Other papers have no term of their own: a plan is not repealed, its year passes.
NORMATIVE = frozenset(
    ("hien-phap", "bo-luat", "luat", "phap-lenh", "nghi-quyet", "nghi-dinh", "thong-tu", "lenh",
     "thong-tu-lien-tich", "quyet-dinh", "quy-che", "quy-dinh", "chi-thi", "huong-dan")
)  # fmt: skip
_ENDS = frozenset(("repeals", "replaces"))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document tells of itself."""

    kind: str | None
    issued_on: date | None
    effective_on: date | None
    expires_on: date | None = None
    stated: str | None = None  # expired, expired-part: by a law site's table


@dataclass(frozen=True, slots=True)
class Act:
    """What another document does to this one, and from when: its own day of effect."""

    relation: str  # repeals, replaces, repeals_part, amends
    by: str  # id of that document
    since: date | None


@dataclass(frozen=True, slots=True)
class Validity:
    """The state on a day.

    `reason` is a stable word: own-term, stated, repealed, replaced, repealed-part, amended,
    effective-later, effective; `by` is the document that did it, `since` from when.
    """

    state: str
    reason: str
    by: str | None = None
    since: date | None = None


def validity(facts: Facts, acts: Iterable[Act], on: date) -> Validity | None:
    """The state on a day; None where nothing tells."""
    ended = _first([act for act in acts if act.relation in _ENDS], on)
    if ended is not None:
        reason = "replaced" if ended.relation == "replaces" else "repealed"
        return Validity(EXPIRED, reason, ended.by, ended.since)
    if facts.expires_on is not None and facts.expires_on < on:
        return Validity(EXPIRED, "own-term", None, facts.expires_on)
    if facts.stated == "expired" and facts.expires_on is None:
        return Validity(EXPIRED, "stated")
    if facts.effective_on is not None and facts.effective_on > on:
        return Validity(NOT_YET, "effective-later", None, facts.effective_on)
    part = _first([act for act in acts if act.relation == "repeals_part"], on)
    if part is not None:
        return Validity(PARTLY, "repealed-part", part.by, part.since)
    if facts.stated == "expired-part":
        return Validity(PARTLY, "stated")
    if facts.kind in NORMATIVE and facts.effective_on is not None:
        amended = _first([act for act in acts if act.relation == "amends"], on)
        if amended is not None:
            return Validity(IN_FORCE, "amended", amended.by, amended.since)
        return Validity(IN_FORCE, "effective", None, facts.effective_on)
    return None


def _first(acts: list[Act], on: date) -> Act | None:
    """The earliest act that has taken effect; one without a day has."""
    done = [act for act in acts if act.since is None or act.since <= on]
    return min(done, key=lambda act: (act.since or date.min, act.by)) if done else None
