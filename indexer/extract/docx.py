"""Word documents (.docx) through python-docx: text, tables, numbering, footnotes, text boxes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from indexer.extract.archive import check_archive
from indexer.extract.assemble import DraftLine, assemble
from indexer.extract.base import Extracted
from indexer.extract.docx_body import BodyReader, runs_under
from indexer.extract.docx_numbering import read_numbering
from indexer.extract.docx_styles import Styles
from indexer.extract.failures import corrupt, unsupported
from indexer.extract.header_columns import header_unglued
from indexer.extract.landmarks import is_mark
from indexer.extract.legacy import LegacyDecoder
from kb.errors import ExtractionFailed
from kb.i18n import _

_OTHER_WORD_FORMAT = re.compile("is not a Word file, content type is")


class DocxExtractor:
    """Reads .docx. Page numbers are those Word last printed with, if it noted any."""

    format = "docx"

    def extract(self, path: Path) -> Extracted:
        """The text with lines; no positions."""
        check_archive(path, _("Tệp Word (.docx)"))
        try:
            document = Document(str(path))
            styles = Styles(_part(document, RELATIONSHIP_TYPE.STYLES))
            footnotes = _footnotes(document)
            roots = [document.element.body, *footnotes.values()]
            decoder = LegacyDecoder(run for root in roots for run in runs_under(root, styles))
            reader = _reader(document, styles, footnotes, decoder)
            pages = reader.pages(document.element.body)
            marks = _marks_of_page_headers(document, reader)
            title = document.core_properties.title
        except ValueError as error:
            if _OTHER_WORD_FORMAT.search(str(error)):
                raise unsupported(
                    _("Tệp Word có macro hoặc là mẫu (.docm, .dotx)."),
                    _("Mở bằng Word, lưu lại dạng Word Document (.docx) rồi thêm lại."),
                ) from error
            raise corrupt(_("Tệp Word (.docx)")) from error
        except (ExtractionFailed, MemoryError):
            raise
        except Exception as error:  # zipfile, zlib, lxml and python-docx have no common error
            raise corrupt(_("Tệp Word (.docx)")) from error
        pages[0].lines = header_unglued([*marks, *pages[0].lines])
        return assemble(self.format, pages, title=title, warnings=decoder.warnings())


def _reader(
    document: WordDocument, styles: Styles, footnotes: dict[str, Any], decoder: LegacyDecoder
) -> BodyReader:
    body = document.element.body
    rendered = next(body.iter(qn("w:lastRenderedPageBreak")), None) is not None
    return BodyReader(
        styles,
        read_numbering(_part(document, RELATIONSHIP_TYPE.NUMBERING)),
        footnotes,
        rendered,
        decoder,
    )


def _part(document: WordDocument, relationship: str) -> Any | None:
    """The root element of the part that stands in this relation to the document."""
    for relation in document.part.rels.values():
        if relation.reltype == relationship and not relation.is_external:
            return parse_xml(relation.target_part.blob)
    return None


def _footnotes(document: WordDocument) -> dict[str, Any]:
    root = _part(document, RELATIONSHIP_TYPE.FOOTNOTES)
    notes = root.iterchildren(qn("w:footnote")) if root is not None else ()
    return {note.get(qn("w:id")): note for note in notes if note.get(qn("w:type")) is None}


def _marks_of_page_headers(document: WordDocument, reader: BodyReader) -> list[DraftLine]:
    """Secrecy and urgency marks in page headers. The rest there is page numbers and names of files."""
    found: dict[str, DraftLine] = {}
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.HEADER and not relation.is_external:
            for line in reader.lines(parse_xml(relation.target_part.blob)):
                if is_mark(line.text):
                    found[line.text] = line
    return list(found.values())
