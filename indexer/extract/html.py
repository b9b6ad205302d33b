"""Web pages: the main text, not the menus.

News goes through trafilatura. Official documents that a site reprints keep every line, also the
header table that trafilatura would flatten, so their container is read directly.
"""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from indexer.extract.assemble import DraftLine, DraftPage, assemble, words_of
from indexer.extract.base import Extracted
from indexer.extract.encodings import decoded
from indexer.extract.failures import corrupt, too_big
from indexer.extract.header_columns import header_unglued
from indexer.extract.html_blocks import SKIPPED, block_lines
from indexer.extract.html_declared import Declared, read_declared
from indexer.extract.landmarks import plain
from kb.i18n import _

MAX_BYTES = 50_000_000
_TRAFILATURA_LIMIT = 3_000_000  # letters; it needs 50 times the memory of the page
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MAIN_SHARE = 0.5  # of the visible letters: what holds more is the container of the document
_TOO_LITTLE = 0.25  # of the visible letters: what trafilatura finds less than is no main text
_SHORT_PAGE = 200  # letters
_WORD_END = re.compile(r"[^\W\d_]{2}[:;,]?$")
_NATION = "cong hoa xa hoi"  # the first half of Quốc hiệu; it may go on in a line of its own
_ASIDE = ("header", "footer", "aside", "nav", "form")
_PROPERTIES = re.compile(
    "số (?:ký )?hiệu|ngày (?:ban hành|hiệu lực|có hiệu lực|đăng công báo)|loại văn bản|người ký"
    "|trích yếu|cơ quan (?:ban hành|ra văn bản)|tình trạng",
    re.I,
)


class HtmlExtractor:
    """Reads saved web pages, whatever their file name says."""

    format = "html"

    def extract(self, path: Path) -> Extracted:
        """The main text, and what the page declares of itself."""
        if path.stat().st_size > MAX_BYTES:
            raise too_big(_("hơn %d MB") % (MAX_BYTES // 1_000_000))
        content = path.read_bytes()
        charset = _CHARSET.search(content[:4096])
        source = decoded(content, charset[1].decode("ascii", "replace") if charset else None)
        if source is None:
            raise corrupt(_("Trang web (.html)"))
        tree, cut_off = _parsed(source)
        _part_spans(tree)
        whole = block_lines(tree)
        declared = read_declared(tree, source, (line.text for line in whole))
        etree.strip_elements(tree, *SKIPPED, with_tail=False)
        header = _quoc_hieu_element(tree)
        if header is not None:
            lines = header_unglued(_document_lines(tree, header, whole))
        else:
            lines = _with_title(_news_lines(tree, whole), declared)
        if cut_off and not lines:
            raise too_big(_("các phần tử HTML lồng nhau quá sâu"))
        warnings = (
            ["cut-off: " + _("Trang web lồng nhau quá sâu, có thể thiếu nội dung.")] if cut_off else []
        )
        return assemble(
            self.format,
            [DraftPage(1, lines)],
            title=declared.title,
            published_on=declared.published_on,
            url=declared.url,
            site=declared.site,
            warnings=warnings,
        )


def _parsed(source: str) -> tuple[Any, bool]:
    """The tree, and whether the parser gave up at its limit of depth (2,048)."""
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = lxml.html.document_fromstring(
            _CONTROL.sub("", source).encode("utf-8", "replace"), parser
        )
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise corrupt(_("Trang web (.html)")) from error
    return tree, any("depth" in entry.message.lower() for entry in parser.error_log)


def _part_spans(tree: Any) -> None:
    """Put blanks into <span>Số hiệu</span><span>12/KH</span>, where only the style sheet has them."""
    for span in tree.iter("span", "label", "strong", "b"):
        following = span.getnext()
        if span.tail or following is None or following.tag not in ("span", "label"):
            continue
        before, after = "".join(span.itertext()), "".join(following.itertext())
        if _WORD_END.search(before) and (after[:1].isupper() or after[:1].isdigit()):
            span.tail = " "


def _quoc_hieu_element(tree: Any) -> Any | None:
    """The element in whose text Quốc hiệu stands as a heading, in capitals; a mention is none."""
    for element in tree.iter(etree.Element):
        for text in (element.text, element.tail):
            heading = text.strip() if text else ""
            if (
                heading[:1] == "C"
                and heading[:12].isupper()
                and plain(heading[:60]).startswith(_NATION)
            ):
                return element
    return None


def _document_lines(tree: Any, header: Any, whole: list[DraftLine]) -> list[DraftLine]:
    """The lines of the element that holds the reprinted document, then the site's property table."""
    body = tree.find("body")
    enough = _MAIN_SHARE * _letters(whole)
    container = next((a for a in header.iterancestors() if _letters_under(a) >= enough), body)
    if body is None or container is None or container in (body, tree):
        return whole
    lines = block_lines(container)
    inside = {line.text for line in lines}
    properties = [
        line
        for table in body.iter("table", "dl")
        if container not in (table, *table.iterancestors())
        for line in block_lines(table)
    ]
    named = [line for line in properties if _PROPERTIES.match(line.text) and line.text not in inside]
    return [*lines, *named] if len(named) > 1 else lines


def _news_lines(tree: Any, whole: list[DraftLine]) -> list[DraftLine]:
    main = _trafilatura_lines(tree) if _letters(whole) <= _TRAFILATURA_LIMIT else []
    if _letters(main) >= max(_TOO_LITTLE * _letters(whole), min(_SHORT_PAGE, _letters(whole))):
        return main
    for element in tree.xpath("|".join(f"//body//{tag}" for tag in _ASIDE)):
        if element.getparent() is not None and _letters(block_lines(element)) < 0.5 * _letters(whole):
            element.drop_tree()
    body = tree.find("body")
    rest = block_lines(body) if body is not None else whole
    return rest if _letters(rest) > _letters(main) else main


def _trafilatura_lines(tree: Any) -> list[DraftLine]:
    # Imported here: it takes half a second, and most files are not web pages.
    import trafilatura

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
    """The title first, once: pages print it twice or not at all."""
    lines = [line for line in lines if not _is_crumbs(line.text)]
    if declared.title is None or len(declared.title.split()) < 3:
        return lines
    title = plain(declared.title)
    head = [plain(line.text) for line in lines[:5]]
    if title not in head:
        return [DraftLine(words_of(declared.title), bold=True), *lines]
    first = head.index(title)
    again = [at for at, text in enumerate(head) if text == title and at != first]
    return [line for at, line in enumerate(lines) if at not in again]


def _is_crumbs(text: str) -> bool:
    """ "Trang chủ / Thông báo / …" """
    return plain(text).startswith("trang chu") and any(mark in text for mark in "/>»›")


def _letters_under(element: Any) -> int:
    return sum(len(part) for text in element.itertext() for part in text.split())


def _letters(lines: list[DraftLine]) -> int:
    return sum(len(word.text) for line in lines for word in line.words)
