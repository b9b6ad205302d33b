"""A dossier in Word: the documents found, each with its citation, its state and what answers in it.

Plain headings and paragraphs in Times New Roman 13, so that an office can go on writing in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import IO, Any

from kb.exporting.results import of_hit
from kb.i18n import _
from kb.relations import labels
from kb.results import Hit, Passage

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")  # what XML cannot hold


def write(query: str, hits: Iterable[Hit], file: IO[bytes], today: date) -> int:
    """Write the dossier of a search; how many documents."""
    import docx  # takes as long to load as the rest of a search
    from docx.shared import Pt

    document = docx.Document()
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    document.core_properties.title = _safe(_("Hồ sơ tra cứu: {query}").format(query=query))
    document.core_properties.author = ""
    document.add_heading(document.core_properties.title, level=1)
    document.add_paragraph(_("Lập ngày {day}").format(day=f"{today:%d/%m/%Y}"))
    count = 0
    for count, hit in enumerate(hits, 1):
        document.add_heading(_safe(f"{count}. {hit.title}"), level=2)
        document.add_paragraph(_safe(of_hit(hit)))
        if hit.validity:
            state = document.add_paragraph()
            state.add_run(labels.state(hit.validity)).bold = True
        for passage in hit.passages:
            _add(document, passage)
    if not count:
        document.add_paragraph(_("Không tìm thấy văn bản nào."))
    document.save(file)
    return count


def _add(document: Any, passage: Passage) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    place = [passage.section] if passage.section else []
    place.append(_("trang {number}").format(number=passage.page))
    quoted = document.add_paragraph(style="Quote")
    at = 0
    for start, end in passage.marks:
        quoted.add_run(_safe(passage.text[at:start]))
        run = quoted.add_run(_safe(passage.text[start:end]))
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        at = end
    quoted.add_run(_safe(passage.text[at:]))
    quoted.add_run(f" ({', '.join(place)})").italic = True


def _safe(text: str) -> str:
    return _CONTROL.sub("", text)
