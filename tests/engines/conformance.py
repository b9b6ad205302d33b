"""The cases that every engine must pass: data files in cases/, read and run here.

A file holds `documents` (id -> fields), and `cases`. Before its search, a case may change the index by
`steps`: {"add": {id: fields}}, {"delete": id}, {"commit": true}, {"reopen": true}.

In a text field "a b c" stands for the tokens a, b, c; `generate` makes many documents at once, with
{n} and {n:05d} replaced by their number. A query is written {"node": {attribute: value}}, as in
{"term": {"field": "kind", "token": "plan"}}. What a case does not mention is not checked;
`ids` is a set unless the case says `ordered`. `page` reads the result in pages of that size and
compares them with the whole; `terms` asks for tokens in place of a search.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.engines import port
from kb.engines.fields import BY_NAME
from kb.engines.port import Engine, EngineResult, IndexDocument

CASES = Path(__file__).parent / "cases"

NODES = {
    "all": port.All,
    "nothing": port.Nothing,
    "term": port.Term,
    "any_of": port.AnyOf,
    "ids": port.Ids,
    "phrase": port.Phrase,
    "prefix": port.Prefix,
    "range": port.Range,
    "bool": port.Bool,
    "dis_max": port.DisMax,
    "boost": port.Boost,
    "constant": port.Constant,
}
CHILDREN = {"must", "should", "filter", "must_not", "children"}  # attributes that hold queries


@dataclass(frozen=True)
class Case:
    """One search and what must come out."""

    file: str
    data: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.file}: {self.data['name']}"


def load() -> dict[str, tuple[list[IndexDocument], list[Case]]]:
    """file name -> its documents and its cases."""
    loaded = {}
    for path in sorted(CASES.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        cases = [Case(path.stem, case) for case in data["cases"]]
        loaded[path.stem] = list(documents(data["documents"])), cases
    return loaded


def documents(data: dict[str, Any]) -> Iterator[IndexDocument]:
    """The documents of a case file."""
    for document_id, fields in data.items():
        if document_id != "generate":
            yield IndexDocument(document_id, _fields(fields))
    for recipe in data.get("generate", ()):
        for n in range(recipe["count"]):
            fields = json.loads(
                json.dumps(recipe["fields"]), object_hook=lambda o, n=n: _numbered(o, n)
            )
            yield IndexDocument(recipe["id"].format(n=n), _fields(fields))


def query(data: dict[str, Any]) -> port.Query:
    """A query tree from its JSON form."""
    ((node, attributes),) = data.items()
    arguments: dict[str, Any] = {}
    for name, value in attributes.items():
        if name in CHILDREN:
            arguments[name] = tuple(query(child) for child in value)
        elif name == "child":
            arguments[name] = query(value)
        else:
            arguments[name] = _tokens(value) if name == "tokens" else value
    made: port.Query = NODES[node](**arguments)
    return made


def run(engine: Engine, case: dict[str, Any]) -> None:
    """Run a case and assert what it expects."""
    if "terms" in case:
        found = engine.terms(**case["terms"])
        assert [list(pair) for pair in found] == case["expect"]
    elif "page" in case:
        _check_pages(engine, case)
    else:
        _check(_search(engine, case), case)


def _search(engine: Engine, case: dict[str, Any], **paging: int) -> EngineResult:
    names = ("limit", "offset", "order", "facets")
    return engine.search(query(case["query"]), **{n: case[n] for n in names if n in case} | paging)


def _check_pages(engine: Engine, case: dict[str, Any]) -> None:
    """Page by page to the end: every document once, in the order of one large page."""
    whole = _search(engine, case, limit=case["total"] + 1)
    assert whole.total == len(whole.hits) == case["total"]
    size = case["page"]
    pages = [_search(engine, case, limit=size, offset=o) for o in range(0, case["total"], size)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert {page.total for page in pages} == {case["total"]}
    if case.get("by_id"):
        assert [hit.id for hit in whole.hits] == sorted(hit.id for hit in whole.hits)


def _check(result: EngineResult, case: dict[str, Any]) -> None:
    ids = [hit.id for hit in result.hits]
    if "ids" in case:
        assert (ids if case.get("ordered") else sorted(ids)) == case["ids"]
    assert result.total == case.get("total", len(case.get("ids", ids)))
    if "scores" in case:
        scores = [round(hit.score, 3) for hit in result.hits]
        assert scores == [round(score, 3) for score in case["scores"]]
    for field, expected in case.get("counts", {}).items():
        assert [list(pair) for pair in result.facets[field]] == expected


def _fields(data: dict[str, Any]) -> dict[str, port.FieldValue]:
    return {
        name: int(value) if BY_NAME[name].kind == "int" else _tokens(value)
        for name, value in data.items()
    }


def _tokens(value: str | list[str]) -> tuple[str, ...]:
    return tuple(value.split(" ") if isinstance(value, str) else value)


def _numbered(value: dict[str, Any], n: int) -> dict[str, Any]:
    def fill(item: Any) -> Any:
        if isinstance(item, str):
            return item.format(n=n)
        return [fill(part) for part in item] if isinstance(item, list) else item

    return {name: fill(item) for name, item in value.items()}
