"""Digital-signature stamps printed on a page: left out, as they are no part of the document.

Nghị định 30/2020, Phụ lục I: the stamp shows who signed, when and for what body ("Ký bởi: …",
"Thời gian ký: 20.04.2026 16:34:07 +07:00"). Its date would be taken for the document's. Stamps that
are form fields are not drawn as text at all; this is about those that a printer flattened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.extract.assemble import Rect
from indexer.extract.pdf_page import RawPage, Segment

# Who signed: what a stamp begins with.
_SIGNER = re.compile(
    r"(?:Được\s+)?ký\s+(?:bởi|số\s+bởi)\s*:|Người\s+ký\s*:|Digitally\s+signed\s+by|Signature\s+(?:Not|valid)",
    re.I,
)
# What else stands in one.
_DETAIL = re.compile(
    r"""(?:Thời\s+gian\s+ký|Ngày\s+ký|Giờ\s+ký|Email|Cơ\s+quan|Tổ\s+chức|Chức\s+vụ|Lý\s+do|Vị\s+trí)\s*:
    | (?:Date|Reason|Location|DN|Foxit\s.*Version)\s*:
    | \d{1,4}[./-]\d{1,2}[./-]\d{1,4}\s+\d{1,2}:\d{2}            # 20.04.2026 16:34:07
    | \d{1,2}:\d{2}:\d{2}\b                                      # 16:34:07 wrapped to its own line
    | [+-]\d{2}[:']\d{2}'?                                         # +07:00
    """,
    re.I | re.VERBOSE,
)
_REACH = 2.5  # line heights between two lines of a stamp


def remove_stamps(page: RawPage) -> None:
    """Remove the lines of stamps. One line alone is no stamp: it may be a heading."""
    for signer in [s for s in page.segments if _SIGNER.match(s.text)]:
        stamp = _around(signer, page.segments)
        if len(stamp) > 1:
            gone = set(map(id, stamp))
            page.segments = [s for s in page.segments if id(s) not in gone]
            page.letters -= sum(len(word.text) for s in stamp for word in s.words)


def _around(signer: Segment, segments: Sequence[Segment]) -> list[Segment]:
    """The lines of the stamp that begins with `signer`: its details, and what is wrapped between."""
    extent = signer.rect
    lower = (s for s in segments if s.rect.y0 >= signer.rect.y0 - 1 and s is not signer)
    below = sorted((s for s in lower if _beside(s, extent)), key=lambda s: (s.rect.y0, s.rect.x0))
    stamp, wrapped = [signer], []
    for segment in below:
        height = segment.rect.y1 - segment.rect.y0
        if segment.rect.y0 - extent.y1 > _REACH * height:
            break
        wrapped.append(segment)
        if _DETAIL.match(segment.text):
            stamp += wrapped
            wrapped = []
            extent = extent.union(segment.rect)
        elif len(wrapped) > 2:
            break
        else:
            extent = Rect(extent.x0, extent.y0, extent.x1, max(extent.y1, segment.rect.y1))
    return stamp


def _beside(segment: Segment, extent: Rect) -> bool:
    """Whether the segment stands in the column of the stamp."""
    shared = min(segment.rect.x1, extent.x1) - max(segment.rect.x0, extent.x0)
    narrower = min(segment.rect.x1 - segment.rect.x0, extent.x1 - extent.x0)
    return shared > 0.3 * narrower and segment.rect.x0 > extent.x0 - 40
