"""A document among those it is related to, in the order of time; over corpus/."""

from __future__ import annotations

import pytest
from by_symbol import id_of

from kb.access import PUBLIC, Principal
from kb.errors import NotFound
from kb.library import Library
from kb.relations import network as network_module
from kb.relations.network import Network

CIRCULAR, OLD = "124/2021/TT-BCA", "23/2012/TT-BCA"


@pytest.fixture(scope="module")
def corpus(libraries: dict[str, Library]) -> Library:
    return libraries["tantivy"]


def around(library: Library, symbol: str, principal: Principal = PUBLIC) -> Network:
    document_id = id_of(library, symbol)
    related = library.knowledge.relations(document_id, principal)
    return library.knowledge.network(document_id, related, principal)


def test_documents_stand_in_time_and_edges_lead_between_them(corpus: Library) -> None:
    found = around(corpus, CIRCULAR)
    days = [each.sort_date for each in found.documents if each.sort_date]
    assert days == sorted(days)
    symbols = {each.id: each.symbol for each in found.documents}
    assert {CIRCULAR, OLD} <= set(symbols.values())
    told = {(symbols[e.source], e.relation, symbols[e.target]) for e in found.edges}
    assert (CIRCULAR, "replaces", OLD) in told
    assert len({(e.source, e.target) for e in found.edges}) == len(found.edges)
    # What the others say of each other is there as well.
    assert any(CIRCULAR not in (source, target) for source, _relation, target in told)


def test_the_weightiest_are_kept(corpus: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = around(corpus, CIRCULAR)
    monkeypatch.setattr(network_module, "MOST", 1)
    found = around(corpus, CIRCULAR)
    assert {each.symbol for each in found.documents} == {CIRCULAR, OLD}
    assert found.left_out == len(everything.documents) - 2 + everything.left_out


def test_what_may_not_be_seen_is_not_there(corpus: Library) -> None:
    with pytest.raises(NotFound):
        around(corpus, CIRCULAR, Principal("nobody", frozenset()))
