"""Web pages saved as one file (.mht, .mhtml): the page in it, read like any web page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from indexer.extract.base import Extracted
from indexer.extract.failures import corrupt, too_big
from indexer.extract.html import HtmlExtractor
from indexer.extract.mail import parsed_message
from kb.errors import ExtractionFailed
from kb.i18n import _

MAX_BYTES = 100_000_000


class MhtmlExtractor:
    """Reads the first page of the file, which is the one that was saved."""

    format = "mhtml"

    def extract(self, path: Path) -> Extracted:
        """As for a web page."""
        if path.stat().st_size > MAX_BYTES:
            raise too_big(_("hơn %d MB") % (MAX_BYTES // 1_000_000))
        what = _("Trang web lưu thành một tệp (.mht)")
        try:
            message = parsed_message(path.read_bytes())
            page = next((p for p in message.walk() if p.get_content_type() == "text/html"), None)
            content = page.get_payload(decode=True) if page is not None else None
            charset = page.get_content_charset() if page is not None else None
        except (ExtractionFailed, MemoryError, OSError):
            raise
        except Exception as error:  # the parser has no common error for what headers may hold
            raise corrupt(what) from error
        if not isinstance(content, bytes):
            raise corrupt(what)
        return replace(HtmlExtractor().read(content, charset), format=self.format)
