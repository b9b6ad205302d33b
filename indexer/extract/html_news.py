"""The main text of a news page: what trafilatura finds, with the page's own lines and leads."""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from typing import Any

from lxml import etree

from indexer.extract.assemble import DraftLine, words_of
from indexer.extract.html_blocks import block_lines, letters_in, letters_under
from indexer.extract.html_declared import Declared
from indexer.extract.landmarks import plain

_TRAFILATURA_LIMIT = 3_000_000  # letters; it needs 50 times the memory of the page
_TOO_LITTLE = 0.25  # of the visible letters: what trafilatura finds less than is no main text
_SHORT_PAGE = 200  # letters
_MOST = 0.6  # of the visible letters
_FOUND_AGAIN = 0.6  # of trafilatura's lines that must be lines of the page too
_PROSE_WORDS = 12
_AUTHOR = re.compile(r"author|byline|tac[-_]?gia|but[-_]?danh", re.I)
_AUTHOR_LINES = 3  # after the story
_MENU_SHARE = 0.8  # of the letters of a paragraph that are in links
_AFTERWORD = re.compile(
    "xem them|tin lien quan|(?:cac )?tin khac|so luot|luot xem|luot truy cap|ve dau trang|in trang"
    r"|ban in|chia se|quay lai|gui bai viet|binh luan|tags?\b|tu khoa|bai viet lien quan"
)
_HEAD = 12  # lines among which a page prints its title
_FEWEST_TITLE_WORDS = 3
_TABLE_PARTS = ("thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")
_DATA_PARAGRAPHS, _DATA_LETTERS = 3, 300  # a cell with more of both is no data
_ASIDE = ("header", "footer", "aside", "nav", "form")


def news_lines(tree: Any, declared: Declared) -> list[DraftLine]:
    """The title and the lines of the story. Changes `tree`: tables of the page's layout go."""
    _unlay_tables(tree)
    return _with_title(_main_lines(tree, declared), declared)


def _unlay_tables(tree: Any) -> None:
    """Turn tables that lay out the page into <div>: old portals are made of them.

    One table inside another, or a cell with paragraphs, is no table of data.
    """
    for table in list(tree.iter("table")):
        cells = [
            cell
            for cell in table.iter("td", "th")
            if next(cell.iterancestors("table"), None) is table and len(cell) > 0
        ]
        if any(_is_layout_cell(cell) for cell in cells):
            parts = [
                e for e in table.iter(*_TABLE_PARTS) if next(e.iterancestors("table"), None) is table
            ]
            for element in (table, *parts):
                element.tag = "div"
            table.attrib.pop("align", None)  # about the place of the table, not its text


def _is_layout_cell(cell: Any) -> bool:
    paragraphs = sum(1 for _ in cell.iter("p", "br", "h1", "h2", "h3", "div", "li"))
    return next(cell.iter("table"), None) is not None or (
        paragraphs > _DATA_PARAGRAPHS and letters_under(cell) > _DATA_LETTERS
    )


def _main_lines(tree: Any, declared: Declared) -> list[DraftLine]:
    body = tree.find("body")
    printed = block_lines(body if body is not None else tree)
    letters = letters_in(printed)
    main = _trafilatura_lines(tree) if letters <= _TRAFILATURA_LIMIT else []
    found_again = {plain(line.text) for line in main} & {plain(line.text) for line in printed}
    if letters_in(main) >= max(_TOO_LITTLE * letters, min(_SHORT_PAGE, letters)) and found_again:
        if len(found_again) >= _FOUND_AGAIN * len(main):
            return _with_lost_lines(found_again, printed, tree, declared)
        if letters_in(main) >= _MOST * letters:
            return main
    for element in tree.xpath("|".join(f"//body//{tag}" for tag in _ASIDE)):
        if element.getparent() is not None and letters_under(element) < _MOST * letters:
            element.drop_tree()
    rest = block_lines(body) if body is not None else printed
    return rest if letters_in(rest) > letters_in(main) else main


def _with_lost_lines(
    wanted: set[str], printed: list[DraftLine], tree: Any, declared: Declared
) -> list[DraftLine]:
    """The lines of the page that trafilatura wants (plain texts), and those that it loses.

    It loses bold leads, which hold the day of the event, and authors' names at the end.
    """
    texts = [plain(line.text) for line in printed]
    links, authors = _link_texts(tree), _author_texts(tree)
    title = plain(declared.title or "")
    found = [at for at, text in enumerate(texts) if text in wanted]
    first = next((at for at in range(found[0], -1, -1) if texts[at] == title), found[0])
    after = range(found[-1] + 1, min(found[-1] + 1 + _AUTHOR_LINES, len(texts)))
    last = max((at for at in after if texts[at] in authors), default=found[-1])
    kept = [
        printed[at]
        for at in range(first, last + 1)
        if at == first
        or (
            texts[at] not in links
            and (texts[at] in wanted or texts[at] in authors or len(texts[at].split()) >= _PROSE_WORDS)
        )
    ]
    while len(kept) > 1 and _AFTERWORD.match(plain(kept[-1].text)):
        kept.pop()
    return kept


def _author_texts(tree: Any) -> set[str]:
    """Short texts in elements that the page's style sheet calls the author's."""
    texts = (plain("".join(e.itertext())) for e in tree.iter() if _AUTHOR.search(e.get("class") or ""))
    return {text for text in texts if 0 < len(text.split()) <= _PROSE_WORDS}


def _link_texts(tree: Any) -> set[str]:
    """The texts of links, and of paragraphs that are nothing but links (menus)."""
    texts = {plain("".join(link.itertext())) for link in tree.iter("a")}
    for element in tree.iter("p", "li", "td"):
        linked = sum(letters_under(link) for link in element.iter("a"))
        if linked and linked > _MENU_SHARE * letters_under(element):
            texts.add(plain("".join(element.itertext())))
    return texts


def _trafilatura_lines(tree: Any) -> list[DraftLine]:
    # Imported here: it takes half a second, and most files are not web pages.
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it finds wrong is no news

    try:
        found = trafilatura.bare_extraction(
            deepcopy(tree), include_comments=False, include_tables=True, with_metadata=False
        )
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError, etree.LxmlError):
        return []  # hostile or broken trees; the page is read without it
    body = getattr(found, "body", None)
    if body is None:
        return []
    for crumbs in body.findall(".//list"):
        first = crumbs.find("item")
        if first is not None and plain("".join(first.itertext())) in ("trang chu", "home"):
            crumbs.getparent().remove(crumbs)
    return block_lines(body)


def _with_title(lines: list[DraftLine], declared: Declared) -> list[DraftLine]:
    """The title first, once: pages print it twice or not at all, and menus before it."""
    lines = [line for line in lines if not _is_crumbs(line.text)]
    if declared.title is None or len(declared.title.split()) < _FEWEST_TITLE_WORDS:
        return lines
    title = plain(declared.title)
    printed = [at for at, line in enumerate(lines[:_HEAD]) if plain(line.text) == title]
    if not printed:
        return [DraftLine(words_of(declared.title), bold=True), *lines]
    return lines[printed[-1] :]


def _is_crumbs(text: str) -> bool:
    """ "Trang chủ / Thông báo / …" """
    return plain(text).startswith("trang chu") and any(mark in text for mark in "/>»›")
