"""What a saved web page declares about itself: title, site, address, day of publication.

A day counts only where the page calls it the day of publication; a date in the story does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from kb.vietnamese.normalise import clean, nfc

_VIETNAM = timezone(timedelta(hours=7))
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.created", "dc.date.created", "pubdate",
    "publishdate", "publish-date", "publish_date", "published_date", "article.published", "date",
)  # fmt: skip
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d{2})(?!\d)")
# "Đăng vào 19/06/2020", "Ngày đăng: 01-02-2021", "Cập nhật: 29/07/2022 9:30:07 SA"
_POSTED = re.compile(
    r"(?:đăng(?:\s+(?:vào|lúc|ngày|tin|tải))*|ngày\s+(?:đăng|xuất\s+bản|đưa\s+tin)(?:\s+tin)?|xuất\s+bản"
    r"|cập\s+nhật(?:\s+(?:lúc|ngày|vào))*)\s*:?\s*(?:(?:lúc\s+)?\d{1,2}[:h]\d{2}(?::\d{2})?[\s,|-]*)?"
    r"(?:ngày\s+)?(?=\d)",
    re.I,
)
# "Thứ Hai, 23/05/2022, 14:58 [GMT+7]" as the whole line
_WEEKDAY = re.compile(
    r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)\s*,?\s*(?:ngày\s+)?"
    r"(?P<date>\d{1,2}[-/.]\d{1,2}[-/.]\d{4})[\s,|-]*(?:\d{1,2}[:h]\d{2}(?::\d{2})?)?.{0,14}",
    re.I,
)
# "16:53, 14/08/2023" or "14/08/2023 16:53" as the whole line
_STAMP = re.compile(
    r"(?:\d{1,2}[:h]\d{2}(?::\d{2})?[\s,|-]+)?(?:ngày\s+)?(?P<date>\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
    r"(?:[\s,|-]+\d{1,2}[:h]\d{2}(?::\d{2})?)?\s*(?:SA|CH|AM|PM|\(?GMT ?\+7\)?|\[GMT ?\+7\])?",
    re.I,
)
_SITE = re.compile(r"(?:cổng|trang) (?:thông tin|tin|chủ)|bản tin|báo điện tử|văn bản pháp luật", re.I)
# The site's name at the end of a page title: "Tin bài | Cổng thông tin điện tử Công an tỉnh Hà Tĩnh"
_SITE_AT_END = re.compile(rf"(?:^|\s(?:\||-|–|::)\s)(?=(?:{_SITE.pattern}))", re.I)
_LONGEST_LINE = 120  # characters of a line that tells when a page was posted
_FIRST_LINES = 80
_EARLIEST = 1995
_FEW_WORDS = 5


@dataclass(frozen=True, slots=True)
class Declared:
    """What a page says of itself; None where it is silent."""

    title: str | None
    site: str | None
    url: str | None
    published_on: date | None


def read_declared(tree: Any, source: str, lines: Iterable[str]) -> Declared:
    """Read a page's own statements.

    `tree` is the parsed page, `source` its markup, `lines` its visible lines from the top.
    """
    metas = _metas(tree)
    site = _tidy(metas.get("og:site_name") or metas.get("application-name"))
    saved = _SAVED_FROM.search(source[:2000])
    canonical = next(
        (link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"), None
    )
    url = next(
        (u for u in (canonical, metas.get("og:url"), saved and saved[1]) if u and u.startswith("http")),
        None,
    )
    title = _title(tree, metas, site)
    page = _tidy(tree.findtext(".//title"))
    if site is None and page and page != title and (named := _SITE_AT_END.search(page)):
        site = page[named.end() :]
    return Declared(title, site, url, _published(tree, metas, lines))


def parse_date(text: str) -> date | None:
    """The first calendar day in `text`: ISO (UTC times are taken to Vietnam) or day/month/year."""
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        local = moment.astimezone(_VIETNAM) if moment.tzinfo else moment
        return local.date() if local.year >= _EARLIEST else None
    found = [(m.start(), m.groups(), True) for m in _ISO.finditer(text)]
    found += [(m.start(), m.groups(), False) for m in _DAY_FIRST.finditer(text)]
    for _at, (first, month, last), iso in sorted(found):
        year, day = (first, last) if iso else (last, first)
        try:
            parsed = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if parsed.year >= _EARLIEST:
            return parsed
    return None


def posted_date(line: str) -> date | None:
    """The day of publication that a visible line tells, if it is such a line."""
    line = " ".join(nfc(line).split())
    if len(line) > _LONGEST_LINE:
        return None
    whole = _WEEKDAY.fullmatch(line) or _STAMP.fullmatch(line)
    if whole and (":" in line or "h" in line.lower()):
        return parse_date(whole["date"])
    posted = _POSTED.search(line)
    if posted and (_ISO.match(line, posted.end()) or _DAY_FIRST.match(line, posted.end())):
        return parse_date(line[posted.end() : posted.end() + 10])
    return None


def _published(tree: Any, metas: dict[str, str], lines: Iterable[str]) -> date | None:
    for name in _DATE_NAMES:
        if name in metas and (found := parse_date(metas[name])):
            return found
    for text in _structured_dates(tree):
        if found := parse_date(text):
            return found
    for element in tree.xpath("//*[@itemprop='datePublished']"):
        stated = element.get("content") or element.get("datetime") or "".join(element.itertext())
        if found := parse_date(stated):
            return found
    for _number, line in zip(range(_FIRST_LINES), lines, strict=False):
        if found := posted_date(line):
            return found
    times = [time.get("datetime") for time in tree.iter("time") if time.get("datetime")]
    return parse_date(times[0]) if len(times) == 1 else None


def _structured_dates(tree: Any) -> Iterator[str]:
    """datePublished in JSON-LD (schema.org)."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        try:
            waiting = [json.loads(script.text)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop()
            if isinstance(value, dict):
                if isinstance(value.get("datePublished"), str):
                    yield value["datePublished"]
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value


def _metas(tree: Any) -> dict[str, str]:
    """<meta> by name, property or itemprop, lower case; the first one of a name counts."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _title(tree: Any, metas: dict[str, str], site: str | None) -> str | None:
    """og:title, else <title>, without the site's name; a heading where these name the site only."""
    element = next(tree.iter("title"), None)
    page = _tidy("".join(element.itertext())) if element is not None else None
    title = _tidy(metas.get("og:title")) or page
    headings = [_tidy("".join(h.itertext())) for h in tree.iter("h1", "h2", "h3")]
    long_headings = [h for h in headings if h and len(h.split()) >= _FEW_WORDS]
    if title is None or _names_site(title, site):
        return long_headings[0] if long_headings else title and title.split(" | ")[0]
    for heading in long_headings:
        if heading.casefold() in title.casefold():
            return heading
    own = title.split(" | ")[0].strip()
    for mark in (" - ", " – ", " :: "):
        if site and own.casefold().endswith((mark + site).casefold()):
            own = own[: -len(mark + site)].strip()
    return own or None


def _names_site(title: str, site: str | None) -> bool:
    """True for a title that every page of the site has."""
    return (
        len(title.split(" | ")[0].split()) < _FEW_WORDS
        or title == site
        or (" - " not in title and _SITE.match(title) is not None)
    )


def _tidy(text: str | None) -> str | None:
    return " ".join(clean(text).split()) or None if text else None
