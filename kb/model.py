"""What a document is: frozen, typed values that every part of the system shares.

Every offset in the system is a half-open range of characters of `Document.text`; there is
no second text. Dates are plain dates without a time zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from kb.boxes import NONE, Boxes

T = TypeVar("T")

WARNING_CODE = re.compile(r"([a-z][a-z-]+): ")  # a warning may begin with a stable word for machines


def told(warning: str) -> str:
    """A warning as a person reads it, without its stable word."""
    code = WARNING_CODE.match(warning)
    return warning[code.end() :] if code else warning


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of `Document.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the source. Formats without pages have a single page 1."""

    number: int  # 1-based
    start: int
    end: int
    width: float | None = None  # points
    height: float | None = None  # points
    boxes: Boxes = NONE  # one a word where the format has positions
    label: str | None = None  # what the file calls it ("iv", "33") where that is not its number


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the body with a heading: Phần, Chương, Mục, Điều, I., 1., a) ..."""

    start: int
    end: int
    level: int  # 1 is the outermost
    label: str  # as people cite it: "Điều 9", "Mục II", "II.2"
    title: str  # the heading's words, may be empty


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """A field read from a document: the value, how sure, where it stands, which rule found it.

    `confidence` is 0..1. `span` is None when the value does not stand in the text
    (a sidecar file, the property table of a web page). `rule` is a short stable name.
    """

    value: T
    confidence: float
    span: Span | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time a document speaks of. Ends are included; None is open.

    `kind` is the shape (day, month, quarter, half, year, range, phase, target ...), `role` what it
    means for the document (covers, event, effective, deadline, target, comparison ...).
    """

    start: date | None
    end: date | None
    kind: str
    role: str
    raw: str
    span: Span | None = None
    partial: str | None = None  # "--08-04" where no year can be known; never an invented year


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of another document, by its symbol.

    `relation` says why it is named: based_on (căn cứ), implements (thực hiện), replaces,
    repeals, amends, follows, answers, annex_of, or cites.
    """

    relation: str
    symbol: str  # canonical key, see kb.vietnamese.symbols
    raw: str
    span: Span
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of a document. An absent field is None, never a guess dressed up as a fact."""

    title: Value[str] | None = None  # what a list of results shows
    symbol: Value[str] | None = None  # số, ký hiệu: canonical key
    kind: Value[str] | None = None  # tên loại: an id of kb.vietnamese.kinds
    issued_on: Value[date] | None = None  # ngày ban hành
    issuer: Value[str] | None = None  # cơ quan ban hành: resolved name
    issuer_as_written: str | None = None
    unit: Value[str] | None = None  # id of the issuer (or source unit of news) for facets
    subject: Value[str] | None = None  # trích yếu
    signer: Value[str] | None = None  # người ký
    signer_title: Value[str] | None = None  # chức vụ, the last above the name
    signer_capacity: Value[str] | None = None  # quyền hạn: TM, KT, TL, TUQ, Q
    signed_for: Value[str] | None = None  # behind TM., KT. ...: the body or officer signed for
    signer_rank: Value[str] | None = None  # cấp bậc: "Đại tá"
    superior: Value[str] | None = None  # cơ quan chủ quản, above the issuer
    place: Value[str] | None = None  # địa danh of the date line
    addressees: tuple[Value[str], ...] = ()  # kính gửi
    grounds: tuple[Value[str], ...] = ()  # căn cứ, a value a paragraph
    recipients: tuple[Value[str], ...] = ()  # nơi nhận
    filed: Value[str] | None = None  # "Lưu: VT, PV01"
    urgency: Value[str] | None = None  # KHẨN, THƯỢNG KHẨN, HỎA TỐC
    circulation: Value[str] | None = None  # LƯU HÀNH NỘI BỘ ...
    effective_on: Value[date] | None = None  # ngày có hiệu lực
    topics: tuple[Value[str], ...] = ()  # ids of kb.vietnamese.topics
    published_on: Value[date] | None = None  # ngày đăng of portal news
    event_on: Value[date] | None = None  # day the news tells of, when its year is known
    event_partial: str | None = None  # "--08-04": day known, year not
    periods: tuple[Period, ...] = ()
    author: Value[str] | None = None  # last line of portal news: a person or a unit

    @property
    def sort_date(self) -> date | None:
        """The one date lists are ordered by: issued, else published, else event, else covers' end."""
        for dated in (self.issued_on, self.published_on, self.event_on):
            if dated is not None:
                return dated.value
        ends = [p.end for p in self.periods if p.role == "covers" and p.end is not None]
        return max(ends) if ends else None

    @property
    def covers(self) -> tuple[date | None, date | None] | None:
        """First and last day of the periods the document covers (role `covers`), or None."""
        periods = [p for p in self.periods if p.role == "covers"]
        if not periods:
            return None
        starts, ends = [p.start for p in periods], [p.end for p in periods]
        start = None if None in starts else min(s for s in starts if s is not None)
        end = None if None in ends else max(e for e in ends if e is not None)
        return start, end


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document's bytes were found. Two sources with the same bytes are one document."""

    path: str  # absolute path, ARCHIVE/MEMBER, or an opaque name for documents without a file
    sha256: str  # of the file's bytes, hex
    size: int  # bytes
    mtime_ns: int
    sidecar_sha256: str | None = None  # of NAME.meta.toml beside the file, if there is one
    archive: str | None = None  # absolute path of the archive the file lies in

    @property
    def file(self) -> str:
        """The path of the file on disk: of the archive, for one of its members."""
        return self.archive or self.path


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read from one source, before or after it is stored."""

    source: Source
    format: str  # pdf, docx, doc, html, txt, …
    text: str  # NFC, lines separated by \n; all offsets point here
    pages: tuple[Page, ...]
    metadata: Metadata = field(default_factory=Metadata)
    sections: tuple[Section, ...] = ()
    references: tuple[Reference, ...] = ()
    text_quality: float = 1.0  # 0..1: share of words that are possible Vietnamese syllables
    warnings: tuple[str, ...] = ()
    label: str = "public"  # access label, see kb.access
    ocr: Ocr | None = None  # of pages that are pictures; None where all text was text


@dataclass(frozen=True, slots=True)
class StoredText:
    """What the catalog keeps of a document's current version, for whatever is derived from it."""

    text: str
    metadata: Metadata = field(default_factory=Metadata)
    sections: tuple[Section, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What OCR read at characters `start:end`, where the text was mended."""

    start: int
    end: int
    raw: str


@dataclass(frozen=True, slots=True)
class Ocr:
    """That text was read from pictures of pages, how surely, and what was mended in it."""

    program: str  # "tesseract 5.3.0"
    confidence: tuple[tuple[int, float], ...]  # page number, mean of its words (0..1)
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that could not be read: kept as data, shown in `kb status`, never a crash."""

    path: str
    code: str  # stable machine word: unreadable, encrypted, needs-ocr, unsupported, too-big ...
    reason: str  # one sentence for a person, Vietnamese
    remedy: str  # what to do, Vietnamese
    size: int | None = None
    mtime_ns: int | None = None
    sha256: str | None = None  # of the bytes of a file refused for its secrecy mark
