"""Every sample document comes out as corpus/gold.json says: kind, symbol, dates, issuer, subject."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from indexer.reader import read_file
from kb.model import Metadata
from kb.vietnamese import units

CORPUS = Path(__file__).parent.parent.parent / "corpus"
GOLD = json.loads((CORPUS / "gold.json").read_text(encoding="utf-8"))
PLAIN = ("kind", "symbol", "issued_on", "published_on", "event_on")
MOST_TOPICS = 0.6  # of the topics a careful person gave; rules find those whose cues are in the text


@cache
def fields(name: str) -> Metadata:
    return read_file(str(CORPUS / "documents" / name)).metadata


def shown(metadata: Metadata, field: str) -> str | None:
    value = getattr(metadata, field)
    return None if value is None else str(value.value)


@pytest.mark.parametrize("name", sorted(GOLD))
def test_fields(name):
    expected, found = GOLD[name], fields(name)
    assert {f: shown(found, f) for f in PLAIN if f in expected} == {
        f: expected[f] for f in PLAIN if f in expected
    }
    if "subject" in expected:
        assert (shown(found, "subject") or "").lower().split() == expected["subject"].lower().split()
    one, other = units.resolve(expected["issuer"]), units.resolve(shown(found, "issuer") or "")
    same_unit = one is not None and other is not None and one.id == other.id
    assert same_unit or shown(found, "issuer") == expected["issuer"]


@pytest.mark.parametrize("name", sorted(name for name, gold in GOLD.items() if "symbol" not in gold))
def test_no_symbol_is_invented(name):
    assert fields(name).symbol is None


def test_most_topics_are_found():
    wanted = [(name, topic) for name, gold in GOLD.items() for topic in gold["topics"]]
    found = [(n, t) for n, t in wanted if t in {topic.value for topic in fields(n).topics}]
    assert len(found) >= MOST_TOPICS * len(wanted)


@pytest.mark.parametrize("name", sorted(GOLD))
def test_values_stand_where_they_say(name):
    document = read_file(str(CORPUS / "documents" / name))
    for value in (document.metadata.symbol, document.metadata.subject, document.metadata.kind):
        if value is not None and value.span is not None:
            evidence = document.text[value.span.start : value.span.end]
            assert evidence.strip()
            assert 0 < value.confidence <= 1
            assert value.rule
