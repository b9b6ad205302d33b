"""Plain text, as people copy it from portals: one paragraph a line, columns kept or glued."""

from __future__ import annotations

import codecs
import unicodedata
from itertools import zip_longest

from blocks import parse_blocks
from heads import head_of
from samples import Sample

COLUMN = 46  # characters of the left header column where the two columns are glued


def build_txt(sample: Sample) -> bytes:
    """The text file of a sample, in the encoding it asks for."""
    lines = _news(sample) if sample.style == "news" else _official(sample)
    text = "\n".join(lines) + "\n"
    if sample.encoding == "utf-8-nfd":
        return unicodedata.normalize("NFD", text).encode()
    if sample.encoding == "utf-16":
        return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    return text.encode(sample.encoding)


def _news(sample: Sample) -> list[str]:
    assert sample.published
    day = sample.published.strftime("%d/%m/%Y")
    lines = [sample.title, ""] if sample.title else []
    lines += [f"Đăng vào {day}" if sample.number % 2 else f"Ngày đăng: {day}"]
    lines += [sample.lead, ""] if sample.lead else []
    captions = list(sample.captions)
    for line in _body(sample.body):
        lines += [line, ""]
        if captions:
            lines += [captions.pop(0), "\u00a0"]
    return [*lines, sample.author] if sample.author else lines


def _official(sample: Sample) -> list[str]:
    head = head_of(sample)
    left = [*head.superior, *head.issuer]
    right = list(head.right)
    if sample.number % 2:  # columns glued, as tools that keep the page's lines give them
        pairs = [*zip_longest(left, right, fillvalue=""), (head.number, head.place_date)]
        lines = [f"{a:<{COLUMN}}{b}".rstrip() for a, b in pairs]
    else:  # one column after the other
        lines = [*left, head.number, "", *right, head.place_date]
    if head.letter_subject:
        lines += [head.letter_subject]
    if sample.urgency:
        lines += ["", sample.urgency]
    if sample.kind:
        lines += ["", sample.kind, sample.subject or "", "-" * 15]
    lines += ["", *_addressees(sample), *sample.grounds, *_body(sample.body), ""]
    lines += ["Nơi nhận:", *sample.recipients, "", *sample.signature, "(Đã ký)", sample.signer or ""]
    if sample.annex:
        lines += ["", *_body(sample.annex)]
    return lines


def _addressees(sample: Sample) -> list[str]:
    if not sample.addressees:
        return []
    if len(sample.addressees) == 1:
        return [f"Kính gửi: {sample.addressees[0]}", ""]
    return ["Kính gửi:", *(f"- {name}" for name in sample.addressees), ""]


def _body(text: str) -> list[str]:
    lines: list[str] = []
    for block in parse_blocks(text):
        if block.kind == "table":
            lines += ["\t".join(row) for row in block.rows]
        else:
            lines += [f"{block.label} {block.text}".strip()]
    return lines
