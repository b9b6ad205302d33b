"""The cases of query_log.toml: read, checked for slips, and held against an answer."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.results import Hit, Results

FILE = Path(__file__).with_name("query_log.toml")
NOT_FOUND = 10**6  # the place of a document that is not in the list
BEST = 3  # hits whose passages count where a case names no document


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One expectation of the query log; the keys are explained in query_log.toml."""

    row: int
    about: str
    query: str
    form: str = "NFC"
    first: list[int] = field(default_factory=list)
    top: dict[str, list[int]] = field(default_factory=dict)
    before: list[list[int]] = field(default_factory=list)
    absent: list[int] = field(default_factory=list)
    same_as: str | None = None
    starts_as: dict[str, Any] | None = None
    total: int | None = None
    understood: list[dict[str, Any]] = field(default_factory=list)
    suggestion: str | None = None
    relaxed: bool | None = None
    passage: list[dict[str, Any]] = field(default_factory=list)
    relation: dict[str, Any] | None = None
    facets: dict[str, int] = field(default_factory=dict)
    pending: list[str] = field(default_factory=list)

    @property
    def typed(self) -> str:
        """The query as it reaches the library."""
        return unicodedata.normalize(self.form, self.query)

    @property
    def expects(self) -> bool:
        """Whether the case can fail at all."""
        listed = (self.first, self.top, self.before, self.absent, self.understood, self.passage)
        told = (self.same_as, self.starts_as, self.total, self.suggestion, self.relaxed, self.relation)
        return any(listed) or bool(self.facets) or any(value is not None for value in told)

    def documents(self) -> set[int]:
        """Numbers of all samples the case names."""
        named = {*self.first, *self.absent}
        named.update(*self.top.values(), *self.before)
        named.update(wanted["document"] for wanted in self.passage if "document" in wanted)
        if self.relation:
            named.add(self.relation["document"])
        return named


def read_cases() -> tuple[list[Case], dict[str, str]]:
    """The cases, and the capabilities that may be pending with what each means."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [Case(**case) for case in content["case"]], content["capabilities"]


def number_of(hit: Hit) -> int:
    """The three digits in front of the name of a sample."""
    return int(Path(hit.source).name[:3])


@dataclass(frozen=True, slots=True)
class Answer:
    """What the library answered, by the numbers of the samples."""

    results: Results

    @property
    def numbers(self) -> list[int]:
        """The documents listed, best first."""
        return [number_of(hit) for hit in self.results.hits]

    def place(self, number: int) -> int:
        """0 for the first hit."""
        return self.numbers.index(number) if number in self.numbers else NOT_FOUND

    def hit(self, number: int) -> Hit:
        """The hit of a sample, which must have been found."""
        assert number in self.numbers, f"{number} is not found"
        return self.results.hits[self.numbers.index(number)]


def check_list(case: Case, answer: Answer) -> None:
    """first, top, before, absent, total."""
    numbers = answer.numbers
    assert numbers[: len(case.first)] == case.first
    for count, wanted in case.top.items():
        assert set(wanted) - set(numbers[: int(count)]) == set(), f"first {count}: {numbers[:15]}"
    for chain in case.before:
        places = [answer.place(number) for number in chain]
        assert places[0] != NOT_FOUND, f"{chain[0]} is not found"
        pairs = zip(chain, places, chain[1:], places[1:], strict=False)
        wrong = [(a, b) for a, at, b, below in pairs if at >= below and below != NOT_FOUND]
        assert wrong == [], f"places {dict(zip(chain, places, strict=True))}"
    assert set(case.absent) & set(numbers) == set()
    if case.total is not None:
        assert answer.results.total == case.total, numbers


def check_told(case: Case, answer: Answer) -> None:
    """understood, suggestion, relaxed, facets."""
    told = [(item.kind, item.value.casefold()) for item in answer.results.understood]
    for wanted in case.understood:
        kinds, pieces = _several(wanted["kind"]), _several(wanted["value"])
        assert any(
            kind in kinds and all(piece.casefold() in value for piece in pieces) for kind, value in told
        ), f"{wanted} is not among {told}"
    if case.suggestion is not None:
        assert (answer.results.suggestion or "") == case.suggestion
    if case.relaxed is not None:
        assert (answer.results.relaxed is not None) == case.relaxed
    for name, count in case.facets.items():
        assert len(answer.results.facets[name]) >= count


def check_passages(case: Case, answer: Answer) -> None:
    """passage: the best one of a document, or of one of the first hits."""
    for wanted in case.passage:
        if "document" in wanted:
            hits = [answer.hit(wanted["document"])]
        else:
            hits = list(answer.results.hits[:BEST])
        best = [hit.passages[0] for hit in hits if hit.passages]
        fitting = [
            passage
            for passage in best
            if ("page" not in wanted or passage.page == wanted["page"])
            and ("section" not in wanted or _in_section(passage.section, _several(wanted["section"])))
            and any(text in " ".join(passage.text.split()) for text in _several(wanted.get("text", "")))
        ]
        assert fitting, [(passage.page, passage.section, passage.text) for passage in best]


def _in_section(section: str | None, wanted: list[str]) -> bool:
    """Whether it is one of the sections or a part of one: "khoản 1 Điều 8" is in "Điều 8"."""
    return any(section == each or (section or "").endswith(f" {each}") for each in wanted)


def _several(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]
