"""Which unit a news item reports from: by the site, the origin, the lead, and places in the text.

"Công an tỉnh" names no province. It is known from the site, from a place in front of the title
("Quảng Ngãi: ..."), or from districts that only one province has; else it stays open.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from urllib.parse import urlsplit

from indexer.extract.base import Extracted
from indexer.metadata.issuer import Issuer
from indexer.metadata.news import News
from kb.model import Span, Value
from kb.vietnamese import places, units
from kb.vietnamese.units import UnitMatch

_MINISTRY_HOST = re.compile(r"(?:^|\.)(?:bocongan|mps)\.gov\.vn$")
_PLACE_FIRST = re.compile(r"([^:]{3,30}):\s")
_POLICE = re.compile(r"(?:bca|cat|cah|caq|catx|catp|cax|cap|catt|cadk)\b")
_OPEN = "cat-chua-ro"
_LEAD = 2  # paragraphs of the body


def read_source(extracted: Extracted, news: News, on: date | None) -> Issuer:
    """The unit as an issuer: its name, its id, what was written, and the province if it is known."""
    declared = _by_site(extracted, news, on)
    if declared is not None:
        return declared
    text = extracted.text
    province, rule = _province(text, news)
    head = Span(
        news.title_span.start if news.title_span else news.body[0].start if news.body else 0,
        news.body[:_LEAD][-1].end if news.body else len(text),
    )
    # On the whole text, so that offsets stay.
    found = [m for m in units.find_all(text, province=province, on=on) if m.start >= head.start]
    police = [match for match in found if _POLICE.match(match.id)]
    lead = [match for match in found if match.start < head.end]
    match = next((m for m in police if m in lead), None) or next(iter([*police, *lead]), None)
    if match is not None:
        return _told(match, text, rule)
    if news.author is not None and (
        match := units.resolve(news.author.value, province=province, on=on)
    ):
        return _issuer(match, 0.4, news.author.span, "author", news.author.value)
    return Issuer(province=province)


def _told(match: UnitMatch, text: str, rule: str) -> Issuer:
    """The unit the story names. Portals belong to the province: its police report of districts."""
    span = Span(match.start, match.end)
    written = " ".join(text[match.start : match.end].split())
    if match.province is not None and not match.id.startswith(("cat-", "tinh-")):
        above = units.by_code("CAT", province=match.province)
        if above is not None and _POLICE.match(match.id):
            return _issuer(above, 0.6, span, "headquarters", written)
    if match.certain or (match.province is None and match.id != _OPEN):
        return _issuer(match, 0.8, span, "lead", written)
    if match.province is not None:
        return _issuer(match, 0.6, span, f"lead-{rule}", written)
    return _issuer(match, 0.3, span, "lead-province-open", written)


def _by_site(extracted: Extracted, news: News, on: date | None) -> Issuer | None:
    for written, rule in ((news.origin, "origin"), (extracted.site, "site")):
        match = units.resolve(written, on=on) if written else None
        if match is not None and match.certain and not match.id.startswith("tinh-"):
            return _issuer(match, 0.85, None, rule, written)
    host = urlsplit(extracted.url or "").hostname or ""
    if _MINISTRY_HOST.search(host):
        match = units.resolve("Bộ Công an")
    elif province := places.province_of_host(host):
        match = units.by_code("CAT", province=province)
    else:
        return None
    return _issuer(match, 0.75, None, "host", host) if match else None


def _province(text: str, news: News) -> tuple[str | None, str]:
    """The province the item is about, and what tells it."""
    title = news.title.value if news.title else ""
    if place := _PLACE_FIRST.match(title):
        name = places.key(re.sub(r"^(?:TP\.?|Công an)\s*", "", place[1]))
        if name in places.province_names():
            return places.province_names()[name], "title"
        possible = {district.province for district in places.districts_named(name)}
        if len(possible) == 1:
            return possible.pop(), "title"
    named = Counter(province for province, _ in units.find_provinces(text))
    named.update(match.province for match in units.find_all(text) if match.province and match.certain)
    if not named:
        return None, ""
    (first, count), *others = named.most_common(2)
    if others and others[0][1] * 2 > count:
        return None, ""
    return first, "gazetteer"


def _issuer(
    match: UnitMatch, confidence: float, span: Span | None, rule: str, written: str | None
) -> Issuer:
    return Issuer(
        Value(match.name, confidence, span, rule),
        Value(match.id, confidence, span, rule),
        written,
        match.province,
    )
