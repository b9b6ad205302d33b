"""PowerPoint slides (.pptx) through python-pptx: a page for each slide, notes after its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from indexer.extract.archive import check_archive
from indexer.extract.assemble import assemble
from indexer.extract.base import Extracted
from indexer.extract.failures import corrupt
from indexer.extract.flow import Block, Paragraph, Span, Table, pages_of, runs_of
from indexer.extract.legacy import LegacyDecoder
from kb.errors import ExtractionFailed
from kb.i18n import _

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TEXT, _BREAK, _FIELD = (_DRAWING + name for name in ("r", "br", "fld"))
_OFF = ("0", "false")


class PptxExtractor:
    """Reads .pptx. Shapes are read in the order the file has them, mostly that of the slide."""

    format = "pptx"

    def extract(self, path: Path) -> Extracted:
        """The text with lines; no positions. A slide is a page."""
        from pptx import Presentation  # slow to load: only where there are slides

        what = _("Bài trình chiếu PowerPoint (.pptx)")
        check_archive(path, what)
        try:
            presentation = Presentation(str(path))
            blocks = [block for slide in presentation.slides for block in _slide(slide)]
            title = presentation.core_properties.title
        except (ExtractionFailed, MemoryError, OSError):
            raise
        except Exception as error:  # zipfile, lxml and python-pptx have no common error
            raise corrupt(what) from error
        decoder = LegacyDecoder(runs_of(blocks))
        pages = pages_of(blocks, decoder)
        return assemble(self.format, pages, title=title, warnings=decoder.warnings())


def _slide(slide: Any) -> Iterator[Block]:
    yield Paragraph([], new_page=True)
    yield from _shapes(slide.shapes)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield from _paragraphs(slide.notes_slide.notes_text_frame)


def _shapes(shapes: Iterable[Any]) -> Iterator[Block]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        elif shape.has_text_frame:
            yield from _paragraphs(shape.text_frame)
        elif getattr(shape, "has_table", False):
            rows = [[list(_paragraphs(c.text_frame)) for c in row.cells] for row in shape.table.rows]
            yield Table(rows)


def _paragraphs(frame: Any) -> Iterator[Block]:
    for paragraph in frame.paragraphs:
        spans: list[Span] = []
        for part in paragraph._p:
            if part.tag == _BREAK:
                spans.append(Span("\n"))
            elif part.tag in (_TEXT, _FIELD):
                spans.append(_span(part))
        properties = paragraph._p.find(_DRAWING + "pPr")
        centered = properties is not None and properties.get("algn") == "ctr"
        yield Paragraph(spans, centered)


def _span(run: Any) -> Span:
    text = run.findtext(_DRAWING + "t") or ""
    properties = run.find(_DRAWING + "rPr")
    if properties is None:
        return Span(text)
    latin = properties.find(_DRAWING + "latin")
    font = latin.get("typeface") if latin is not None else None
    bold = properties.get("b", "0") not in _OFF
    return Span(text, font, bold, properties.get("cap") == "all")
