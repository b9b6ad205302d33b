"""Documents that name each other: joined in either order, told both ways, and what ends with them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from kb.access import PUBLIC, Principal
from kb.catalog import documents as stored
from kb.catalog import relations, sources
from kb.cli import kb
from kb.errors import NotFound
from kb.library import Library
from kb.model import Document, Reference, Span, Value
from kb.results import SearchRequest
from kb.vietnamese.symbols import find_all

STAFF = Principal("staff", frozenset({"public", "internal"}))
OLD_ID, NEW_ID = "/d/old.txt", "/d/new.txt"


@pytest.fixture
def make(make_document):
    """Documents with the references that stand in their text, and a day of effect."""

    def made(text: str, path: str, effective_on: date | None = None, **fields) -> Document:
        document = make_document(text, path, **fields)
        references = tuple(
            Reference("cites", each.symbol.key, each.raw, each.span, each.issued_on)
            for each in find_all(text)
            if each.symbol.key != fields.get("symbol")
        )
        effective = Value(effective_on, 0.9, Span(0, 1), "test") if effective_on else None
        metadata = replace(document.metadata, effective_on=effective)
        return replace(document, references=references, metadata=metadata)

    return made


@pytest.fixture
def old(make) -> Document:
    return make(
        "Thông tư về an toàn an ninh trật tự cơ sở.",
        OLD_ID,
        date(2012, 6, 12),
        title="Thông tư cũ",
        kind="thong-tu",
        symbol="23/2012/TT-BCA",
        issued_on=date(2012, 4, 27),
    )


@pytest.fixture
def new(make) -> Document:
    return make(
        "Thông tư về an toàn an ninh trật tự cơ sở, trường học.\n\n"
        "Thông tư này thay thế Thông tư số 23/2012/TT-BCA ngày 27 tháng 4 năm 2012.",
        NEW_ID,
        date(2022, 2, 15),
        title="Thông tư mới",
        kind="thong-tu",
        symbol="124/2021/TT-BCA",
        issued_on=date(2021, 12, 28),
    )


def put(library: Library, *documents: Document) -> list[str]:
    ids = []
    for document in documents:
        with library.database.begin() as connection:
            ids.append(stored.store(connection, document).id)
    library.reindex()
    return ids


def states(library: Library, query: str = "an toàn", **filters: object) -> dict[str, str | None]:
    results = library.search(SearchRequest(query, **filters), PUBLIC)  # type: ignore[arg-type]
    return {hit.title: hit.validity for hit in results.hits}


@pytest.mark.parametrize("first_new", [False, True])
def test_they_are_joined_whoever_comes_first(
    library: Library, old: Document, new: Document, first_new: bool
) -> None:
    order = (new, old) if first_new else (old, new)
    ids = dict(
        zip(
            (each.source.path for each in order),
            put(library, *order[:1]) + put(library, *order[1:]),
            strict=True,
        )
    )
    (link,) = library.knowledge.relations(ids[NEW_ID], PUBLIC).outgoing
    assert (link.relation, link.id, link.title) == ("replaces", ids[OLD_ID], "Thông tư cũ")
    said = new.text[link.evidence.start : link.evidence.end]
    assert said.startswith("Thông tư này thay thế")
    found = library.knowledge.relations(ids[OLD_ID], PUBLIC, date(2023, 1, 1))
    assert [(each.relation, each.id) for each in found.incoming] == [("replaces", ids[NEW_ID])]
    assert found.validity is not None
    assert (found.validity.state, found.validity.by) == ("het-hieu-luc", ids[NEW_ID])
    assert found.validity.since == date(2022, 2, 15)
    before = library.knowledge.relations(ids[OLD_ID], PUBLIC, date(2022, 2, 14)).validity
    assert before is not None and before.state == "con-hieu-luc"
    assert states(library) == {"Thông tư cũ": "het-hieu-luc", "Thông tư mới": "con-hieu-luc"}


def test_one_that_is_not_here_is_told_by_its_symbol(library: Library, new: Document) -> None:
    (new_id,) = put(library, new)
    (link,) = library.knowledge.relations(new_id, PUBLIC).outgoing
    assert (link.symbol, link.issued_on, link.id) == ("23/2012/TT-BCA", date(2012, 4, 27), None)


def test_when_the_one_that_ended_it_leaves_it_is_in_force_again(
    library: Library, old: Document, new: Document
) -> None:
    put(library, old, new)
    with library.database.begin() as connection:
        sources.forget(connection, [NEW_ID])
    library.reindex()
    assert states(library) == {"Thông tư cũ": "con-hieu-luc"}


def test_a_day_that_passes_changes_the_state(library: Library, old: Document, new: Document) -> None:
    old_id, new_id = put(library, old, new)
    with library.database.begin() as connection:
        assert relations.refresh(connection, date(2022, 2, 1)) == 2  # neither is as it is today
        assert relations.refresh(connection, date(2022, 2, 1)) == 0
    library.reindex()
    assert states(library) == {"Thông tư cũ": "het-hieu-luc", "Thông tư mới": "con-hieu-luc"}
    told = library.knowledge.relations(new_id, PUBLIC, date(2022, 2, 1)).validity
    assert told is not None and told.state == "chua-co-hieu-luc"
    assert old_id != new_id


def test_another_day_of_issue_is_another_document(library: Library, make, new: Document) -> None:
    other = make("Khác.", OLD_ID, symbol="23/2012/TT-BCA", issued_on=date(2012, 5, 1))
    _other_id, new_id = put(library, other, new)
    assert library.knowledge.relations(new_id, PUBLIC).outgoing[0].id is None


def test_where_several_fit_all_are_told(library: Library, make) -> None:
    plans = [
        make(f"Kế hoạch {year}.", f"/d/{year}.txt", symbol="12/KH-CAT", issued_on=date(year, 1, 2))
        for year in (2021, 2022)
    ]
    report = make("Báo cáo. Thực hiện Kế hoạch số 12/KH-CAT.", "/d/report.txt", kind="bao-cao")
    *plan_ids, report_id = put(library, *plans, report)
    links = library.knowledge.relations(report_id, PUBLIC).outgoing
    assert [(link.id, link.ambiguous) for link in links] == [(id, True) for id in plan_ids]


def test_a_symbol_of_any_year_ends_nothing(library: Library, make) -> None:
    """12/KH-CAT is given every year: without its day nobody knows which plan was replaced."""
    plan = make(
        "Kế hoạch.", "/d/a.txt", kind="ke-hoach", symbol="12/KH-CAT", issued_on=date(2021, 1, 2)
    )
    other = make("Kế hoạch này thay thế Kế hoạch số 12/KH-CAT.", "/d/b.txt", kind="ke-hoach")
    plan_id, other_id = put(library, plan, other)
    assert library.knowledge.relations(other_id, PUBLIC).outgoing[0].relation == "replaces"
    assert library.knowledge.relations(plan_id, PUBLIC).validity is None


def test_what_may_not_be_seen_is_not_told(library: Library, old: Document, new: Document) -> None:
    hidden = replace(new, label="internal")
    old_id, new_id = put(library, old, hidden)
    public = library.knowledge.relations(old_id, PUBLIC)
    assert public.incoming == ()
    assert public.validity is not None and public.validity.by is None
    staff = library.knowledge.relations(old_id, STAFF)
    assert [link.id for link in staff.incoming] == [new_id]
    assert staff.validity is not None and staff.validity.by == new_id
    with pytest.raises(NotFound):
        library.knowledge.relations(new_id, PUBLIC)


def test_searching_by_state(library: Library, old: Document, new: Document) -> None:
    put(library, old, new)
    assert states(library, validity=("het-hieu-luc",)) == {"Thông tư cũ": "het-hieu-luc"}
    assert next(iter(states(library, "thông tư an toàn còn hiệu lực"))) == "Thông tư mới"
    results = library.search(SearchRequest("thông tư an toàn còn hiệu lực"), PUBLIC)
    assert ("validity", "con-hieu-luc") in [(each.kind, each.value) for each in results.understood]
    facet = {value.value: value.count for value in results.facets["validity"]}
    assert facet["con-hieu-luc"] == 1


def test_the_command(library: Library, old: Document, new: Document) -> None:
    old_id, new_id = put(library, old, new)
    env = {"KB_HOME": str(library.settings.home)}
    library.close()
    shown = CliRunner().invoke(kb, ["relations", old_id, "--on", "2023-01-01"], env=env)
    assert shown.exit_code == 0, shown.output
    assert "Hết hiệu lực: bị thay thế (15/02/2022)" in shown.output
    assert f"Bị thay thế bởi\n  124/2021/TT-BCA 28/12/2021 → {new_id} Thông tư mới" in shown.output
    shown = CliRunner().invoke(kb, ["relations", new_id, "--json"], env=env)
    told = json.loads(shown.output)
    assert told["outgoing"][0]["relation"] == "replaces"
    assert told["outgoing"][0]["id"] == old_id
    assert CliRunner().invoke(kb, ["relations", "nothing"], env=env).exit_code != 0
