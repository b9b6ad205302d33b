"""Web pages: the main text, not the menus.

News goes through trafilatura. Official documents that a site reprints keep every line, also the
header table that trafilatura would flatten, so their container is read directly.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from indexer.extract.assemble import DraftPage, assemble
from indexer.extract.base import Extracted
from indexer.extract.encodings import decoded
from indexer.extract.failures import corrupt, too_big
from indexer.extract.html_blocks import SKIPPED, block_lines
from indexer.extract.html_declared import read_declared
from indexer.extract.html_document import document_lines, quoc_hieu_element
from indexer.extract.html_legacy import decode_tree
from indexer.extract.html_news import news_lines
from kb.i18n import _

MAX_BYTES = 50_000_000
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WORD_END = re.compile(r"[^\W\d_]{2}[:;,]?$")


class HtmlExtractor:
    """Reads saved web pages, whatever their file name says."""

    format = "html"

    def extract(self, path: Path) -> Extracted:
        """The main text, and what the page declares of itself."""
        if path.stat().st_size > MAX_BYTES:
            raise too_big(_("hơn %d MB") % (MAX_BYTES // 1_000_000))
        return self.read(path.read_bytes())

    def read(self, content: bytes, charset: str | None = None) -> Extracted:
        """The same of a page's bytes; `charset` is what came with it, else what the page says holds."""
        named = _CHARSET.search(content[:4096])
        source = decoded(content, charset or (named[1].decode("ascii", "replace") if named else None))
        if source is None:
            raise corrupt(_("Trang web (.html)"))
        tree, cut_off = _parsed(source)
        warnings = decode_tree(tree)
        _part_spans(tree)
        whole = block_lines(tree)
        declared = read_declared(tree, source, (line.text for line in whole))
        etree.strip_elements(tree, *SKIPPED, with_tail=False)
        header = quoc_hieu_element(tree)
        if cut_off and not whole:
            raise too_big(_("các phần tử HTML lồng nhau quá sâu"))
        if header is not None:
            lines = document_lines(tree, header, whole)
        else:
            lines = news_lines(tree, declared)
        if cut_off and not lines:
            raise too_big(_("các phần tử HTML lồng nhau quá sâu"))
        if cut_off:
            warnings.append("cut-off: " + _("Trang web lồng nhau quá sâu, có thể thiếu nội dung."))
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
