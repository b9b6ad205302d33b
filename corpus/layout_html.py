"""HTML pages: portal news in four skins, and law sites that reprint an official document.

The skins carry what real portals put around an article (menus, breadcrumb, share bar, related
links, footer), so that the removal of such boilerplate is tested on every sample.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from blocks import Block, parse_blocks
from heads import head_of
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from samples import Sample

NEWS_SKINS = ("news-modern.html", "news-portal.html", "news-timeline.html", "news-plain.html")
LAW_SITE = "law-site.html"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)


def build_html(sample: Sample) -> bytes:
    """The HTML page of a sample, UTF-8."""
    if sample.style == "news":
        return _news(sample)
    page = _TEMPLATES.get_template(LAW_SITE).render(
        sample=sample,
        head=head_of(sample),
        day=f"{sample.date:%d/%m/%Y}",
        blocks=parse_blocks(sample.body),
        annex=parse_blocks(sample.annex) if sample.annex else [],
    )
    return page.encode()


def _news(sample: Sample) -> bytes:
    skin = NEWS_SKINS[sample.number % 4] if sample.boilerplate else "news-plain.html"
    moment = _moment(sample)
    page = _TEMPLATES.get_template(skin).render(
        sample=sample,
        moment=moment,
        weekday=WEEKDAYS[moment.weekday()],
        half_of_day="SA" if moment.hour < 12 else "CH",
        parts=_parts(sample),
        url=sample.url or f"https://example.invalid/tin-tuc/{sample.name[4:]}-{sample.number}.html",
    )
    return page.encode()


def _moment(sample: Sample) -> datetime:
    """When the article went online: the day is the author's, the hour differs between samples."""
    day = sample.published
    assert day
    if isinstance(day, datetime):
        return day
    return datetime(day.year, day.month, day.day, 7 + sample.number % 10, sample.number * 7 % 60)


def _parts(sample: Sample) -> list[tuple[str, Block | str]]:
    """Blocks of the body with the picture captions spread between its paragraphs."""
    parts: list[tuple[str, Block | str]] = []
    captions = list(sample.captions)
    for block in parse_blocks(sample.body):
        parts.append(("block", block))
        if captions and block.kind == "paragraph":
            parts.append(("caption", captions.pop(0)))
    return parts + [("caption", caption) for caption in captions]
