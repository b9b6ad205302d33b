"""What there is on a topic, and of a unit: for whoever starts on it, or asks what was done.

Put together from searches with filters and from the catalog; what may not be seen is not there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kb.access import Principal
from kb.catalog import issued
from kb.catalog.definitions import Defined
from kb.catalog.issued import Cited
from kb.errors import NotFound
from kb.i18n import N_, _
from kb.library import Library
from kb.relations.validity import EXPIRED
from kb.results import FacetValue, Hit, SearchRequest
from kb.vietnamese import topics, unit_ids, unit_lineage, units
from kb.vietnamese.topics import Topic

# What is read first, and what is done with it: headings over kinds.
GROUPS = (
    ("law", N_("Quy định của pháp luật"),
     ("hien-phap", "luat", "phap-lenh", "nghi-dinh", "thong-tu", "thong-tu-lien-tich")),
    ("direction", N_("Chỉ đạo"), ("chi-thi", "nghi-quyet", "ket-luan", "cong-dien")),
    ("guidance", N_("Hướng dẫn"), ("huong-dan", "cong-van", "quy-che", "quy-dinh")),
    ("plan", N_("Kế hoạch"), ("ke-hoach", "chuong-trinh", "phuong-an", "de-an")),
    ("decision", N_("Quyết định"), ("quyet-dinh",)),
    ("report", N_("Báo cáo"), ("bao-cao", "to-trinh", "thong-bao")),
    ("news", N_("Tin, bài"), ("tin-tuc",)),
)  # fmt: skip
_NEWEST = 5  # documents of a group
_MOST = 5_000  # documents of a topic that are looked at
_FIRST = 5  # to start with
_ROWS, _YEARS = 20, 12  # of the matrix


@dataclass(frozen=True, slots=True)
class Group:
    """The newest documents of some kinds; `kinds` finds them all."""

    name: str
    label: str
    kinds: tuple[str, ...]
    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Row:
    """What a unit issued, by year: as many counts as the matrix has years."""

    unit: str
    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units and years: who did something, when; a 0 is a gap to ask about."""

    years: tuple[int, ...]
    rows: tuple[Row, ...]
    others: int  # units that are left out


@dataclass(frozen=True, slots=True)
class TopicOverview:
    """A topic. `first` is what the others cite most, and is still in force."""

    topic: Topic
    children: tuple[FacetValue, ...]
    total: int
    first: tuple[Cited, ...]
    groups: tuple[Group, ...]
    units: tuple[FacetValue, ...]
    terms: tuple[Defined, ...]
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class UnitOverview:
    """A unit in time. `above` from its superior up; `before` its former names and what was merged
    into it."""

    id: str
    label: str
    above: tuple[tuple[str, str], ...]  # (id, label)
    before: tuple[tuple[str, str], ...]
    after: tuple[str, str] | None
    ended: date | None
    total: int
    groups: tuple[Group, ...]
    years: tuple[FacetValue, ...]
    topics: tuple[FacetValue, ...]
    below: tuple[FacetValue, ...]


def topic_overview(library: Library, topic_id: str, principal: Principal) -> TopicOverview:
    """Everything on a topic and those below it. Raises NotFound for a topic nobody knows."""
    topic = topics.get(topic_id)
    if topic is None:
        raise NotFound(
            _("Không có chủ đề “{id}”.").format(id=topic_id), _("Xem các chủ đề: kb topics list")
        )
    asked = SearchRequest(topics=(topic_id,), per_page=1, facet_limit=1000)
    found = library.search(asked, principal)
    ids = library.ranking(asked, principal, _MOST)
    with library.database.connect() as connection:
        first = issued.most_cited(connection, ids, principal.labels, _FIRST)
        by_unit = issued.by_unit_and_year(connection, ids)
    terms = [
        each
        for entry in library.knowledge.glossary(principal)
        for each in entry.definitions
        if each.id in set(ids)
    ]
    return TopicOverview(
        topic,
        tuple(value for value in found.facets["topic"] if topics.parent(value.value) == topic_id),
        found.total,
        tuple(first),
        _groups(library, SearchRequest(topics=(topic_id,)), principal),
        found.facets["unit"][:_ROWS],
        tuple(terms),
        _matrix(by_unit),
    )


def unit_overview(library: Library, unit_id: str, principal: Principal) -> UnitOverview:
    """A unit and what it issued. Raises NotFound where neither the tables nor a document know it."""
    found = library.search(SearchRequest(units=(unit_id,), per_page=1, facet_limit=1000), principal)
    if not found.total and not unit_ids.is_known(unit_id):
        raise NotFound(
            _("Không biết đơn vị “{id}”.").format(id=unit_id), _("Tìm bằng tên: kb unit “Công an …”")
        )
    names = {value.value: value.label for value in found.facets["unit"]}

    def named(ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple((each, names.get(each) or units.label(each)) for each in ids)

    heir = units.successor(unit_id)
    family = set(units.scope(unit_id))
    below = tuple(
        value
        for value in found.facets["unit"]
        if value.value not in family and family & set(units.path(value.value)[1:])
    )
    return UnitOverview(
        unit_id,
        names.get(unit_id) or units.label(unit_id),
        named(units.path(unit_id)[1:]),
        named(_former(unit_id, names)),
        named([heir])[0] if heir else None,
        unit_lineage.ended(unit_id),
        found.total,
        _groups(library, SearchRequest(units=(unit_id,)), principal),
        found.facets["year"],
        found.facets["topic"],
        below,
    )


def _former(unit_id: str, documented: Mapping[str, str]) -> list[str]:
    """Other names of a unit and what was merged into it, but neither its heirs nor names that only
    might have been ("quận Nghi Xuân")."""
    heirs = unit_lineage.heirs(unit_id)
    return [
        each
        for each in units.scope(unit_id)
        if each not in heirs and (each in documented or unit_ids.is_tabled(each))
    ]


def _groups(library: Library, about: SearchRequest, principal: Principal) -> tuple[Group, ...]:
    groups = []
    for name, label, kinds in GROUPS:
        asked = SearchRequest(
            topics=about.topics,
            units=about.units,
            kinds=kinds,
            exclude=(("validity", EXPIRED),),
            order="newest",
            per_page=_NEWEST,
            facet_limit=1,
        )
        found = library.search(asked, principal)
        if found.total and not found.relaxations:
            groups.append(Group(name, _(label), kinds, found.hits, found.total))
    return tuple(groups)


def _matrix(counted: Counter[tuple[str, str, int]]) -> Matrix:
    years = sorted({year for _unit, _label, year in counted})[-_YEARS:]
    if years:  # a year in which nobody did anything is a gap too
        years = list(range(max(years[0], years[-1] - _YEARS + 1), years[-1] + 1))
    by_unit: dict[str, Counter[int]] = {}
    labels: dict[str, str] = {}
    for (unit, label, year), count in counted.items():
        by_unit.setdefault(unit, Counter())[year] += count
        labels.setdefault(unit, label)
    order = sorted(by_unit, key=lambda unit: (-sum(by_unit[unit][year] for year in years), unit))
    rows = tuple(
        Row(unit, labels[unit], tuple(by_unit[unit][year] for year in years)) for unit in order[:_ROWS]
    )
    return Matrix(tuple(years), rows, max(0, len(order) - _ROWS))
