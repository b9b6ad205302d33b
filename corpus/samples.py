"""What a sample document is: one TOML file of corpus/texts, read and checked.

The keys are explained in corpus/README.md. A file that breaks a rule raises SampleError with the
name of the file and of the key, so that a typing slip never becomes a strange document.
"""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

FORMATS = ("pdf", "docx", "html", "txt")
STYLES = ("official", "party", "news")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-8-nfd")

# The type line of a document -> the slug that gold uses for it. A công văn has no type line.
KINDS = {
    "": "cong-van",
    "BÁO CÁO": "bao-cao",
    "CHƯƠNG TRÌNH": "chuong-trinh",
    "CHỈ THỊ": "chi-thi",
    "CÔNG ĐIỆN": "cong-dien",
    "HƯỚNG DẪN": "huong-dan",
    "KẾ HOẠCH": "ke-hoach",
    "KẾ HOẠCH PHỐI HỢP": "ke-hoach",
    "KẾT LUẬN": "ket-luan",
    "LUẬT": "luat",
    "NGHỊ QUYẾT": "nghi-quyet",
    "NGHỊ ĐỊNH": "nghi-dinh",
    "PHƯƠNG ÁN": "phuong-an",
    "QUY CHẾ": "quy-che",
    "QUY CHẾ PHỐI HỢP": "quy-che",
    "QUYẾT ĐỊNH": "quyet-dinh",
    "THÔNG BÁO": "thong-bao",
    "THÔNG TƯ": "thong-tu",
    "TỜ TRÌNH": "to-trinh",
}
NEWS_KIND = "tin-tuc"


class SampleError(Exception):
    """A file of corpus/texts breaks a rule; the message names the file and the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sample document, as written by its author."""

    name: str  # file name without ending, "124-ngay-hoi-ha-tinh-2022"
    format: str
    style: str
    gold: dict[str, Any]
    body: str
    # official and party:
    superior: str | None = None
    issuer: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: datetime.date | None = None
    kind: str | None = None
    subject: str | None = None
    urgency: str | None = None
    addressees: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    signer: str | None = None
    recipients: tuple[str, ...] = ()
    annex: str | None = None
    stamp: tuple[str, ...] = ()  # lines of a digital signature printed over a PDF's first page
    status: str | None = None  # what a law site says about validity: "Còn hiệu lực"
    # news:
    title: str | None = None
    published: datetime.date | None = None
    site: str | None = None
    url: str | None = None
    lead: str | None = None
    captions: tuple[str, ...] = ()
    author: str | None = None
    boilerplate: bool = field(default=True)  # menus, related links, footer around the article
    # text files:
    encoding: str = "utf-8"

    @property
    def number(self) -> int:
        """The three digits in front of the name; layout variants are picked by it."""
        return int(self.name[:3])

    @property
    def file_name(self) -> str:
        """Name of the built file in corpus/documents."""
        return f"{self.name}.{self.format}"


_KEYS = {f.name for f in fields(Sample)} - {"name"}
_LISTS = {"addressees", "grounds", "signature", "recipients", "stamp", "captions"}
_NEEDED = {
    "official": ("issuer", "symbol", "place", "date", "kind", "subject", "signature", "signer"),
    "party": ("issuer", "symbol", "place", "date", "kind", "subject", "signature", "signer"),
    "news": ("published", "site"),
}
_GOLD_NEEDED = {
    "official": ("kind", "symbol", "issued_on", "issuer", "subject", "topics"),
    "party": ("kind", "symbol", "issued_on", "issuer", "subject", "topics"),
    "news": ("kind", "published_on", "topics"),
}


def read_sample(path: Path) -> Sample:
    """Read one TOML file. Raises SampleError when it breaks a rule of corpus/README.md."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SampleError(f"{path.name}: not valid TOML: {error}") from error
    unknown = sorted(raw.keys() - _KEYS)
    if unknown:
        raise SampleError(f"{path.name}: unknown key {unknown[0]!r}")
    values: dict[str, Any] = {"body": "", "gold": {}, **raw}
    values |= {key: tuple(values[key]) for key in _LISTS & values.keys()}
    try:
        sample = Sample(name=path.stem, **values)
    except TypeError as error:
        raise SampleError(f"{path.name}: {error}") from error
    _check(sample, path.name)
    return sample


def read_samples(folder: Path) -> list[Sample]:
    """All samples of a folder, in the order of their names."""
    return [read_sample(path) for path in sorted(folder.glob("*.toml"))]


def _check(sample: Sample, file: str) -> None:
    for key, allowed in (("format", FORMATS), ("style", STYLES), ("encoding", ENCODINGS)):
        if getattr(sample, key) not in allowed:
            raise SampleError(f"{file}: {key} must be one of {', '.join(allowed)}")
    if not sample.name[:3].isdigit() or sample.name[3:4] != "-":
        raise SampleError(f"{file}: the name must begin with three digits and a hyphen")
    if sample.style == "news" and sample.format not in ("html", "txt"):
        raise SampleError(f"{file}: news is html or txt")
    for key in _NEEDED[sample.style]:
        if getattr(sample, key) in (None, ()):
            raise SampleError(f"{file}: key {key!r} is missing")
    if not (sample.body.strip() or sample.lead):
        raise SampleError(f"{file}: body is empty")
    for key in _GOLD_NEEDED[sample.style]:
        if key not in sample.gold:
            raise SampleError(f"{file}: gold has no {key!r}")
    if sample.style != "news" and sample.kind not in KINDS:
        raise SampleError(f"{file}: unknown kind {sample.kind!r}")
