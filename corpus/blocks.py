"""From the body text of a sample to blocks that every layout sets in its own way.

The lines follow the structure of real documents (Nghị định 30/2020, Phụ lục I): Phần, Chương,
"I. …", "1. …", "a) …", "- …", "Điều 1. …", tables between bars, "PHỤ LỤC".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["title", "note", "heading", "subheading", "article", "item", "paragraph", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or table.

    title: centred and bold (Chương, QUYẾT ĐỊNH:, PHỤ LỤC and other lines in capitals);
    note: centred in italics, "(Kèm theo …)"; heading: "I. …"; subheading: a short "1. …" that is
    only a title; article: "Điều 1. …", `label` being the bold part, with the title if the article
    has one; item: "a) …", "- …".
    """

    kind: BlockKind
    text: str = ""
    label: str = ""  # of an article
    rows: tuple[tuple[str, ...], ...] = ()  # of a table, the first row is its head


_ROMAN = re.compile(r"[IVX]+(?:\.|-)\s+\S")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.\s+\S")
_ITEM = re.compile(r"(?:[a-zđ]\)|[-+•])\s+\S")
_ARTICLE = re.compile(r"(Điều \d+[a-z]?[.:])\s*(.*)")
_DIVISION = re.compile(r"(?:Phần|Chương|Mục|Tiểu mục)\s+(?:thứ\s+\w+|[IVX]+|\d+)\.?$|PHỤ LỤC\b|PHẦN\s")
_NOTE = re.compile(r"\((?:Kèm theo|Ban hành kèm theo)\b")
_SENTENCE_END = re.compile(r"[.;:!?…”\"]$")
_TITLE_END = re.compile(r"[.;:,]$|\./\.$")
SUBHEADING_WORDS = 22


def parse_blocks(text: str) -> list[Block]:
    """The blocks of a body. Lines without an empty line between them are one paragraph, unless
    the next line starts a structure of its own or the last one ended its sentence."""
    blocks: list[Block] = []
    open_paragraph = False
    for raw in text.strip().splitlines():
        line = raw.strip()
        if not line:
            open_paragraph = False
        elif line.startswith("|") and line.endswith("|"):
            _add_row(blocks, line)
            open_paragraph = False
        elif open_paragraph and not _starts_block(line) and not _ended(blocks[-1].text, line):
            last = blocks[-1]
            blocks[-1] = Block(last.kind, f"{last.text} {line}", last.label)
        else:
            blocks.append(_block(line))
            open_paragraph = blocks[-1].kind in ("paragraph", "item")
    return blocks


def _add_row(blocks: list[Block], line: str) -> None:
    row = tuple(cell.strip() for cell in line.strip("|").split("|"))
    if all(set(cell) <= {"-", ":"} and cell for cell in row):
        return  # the |---|---| line under a head, as Markdown writes it
    if blocks and blocks[-1].kind == "table":
        blocks[-1] = Block("table", rows=(*blocks[-1].rows, row))
    else:
        blocks.append(Block("table", rows=(row,)))


def _starts_block(line: str) -> bool:
    patterns = (_ROMAN, _NUMBERED, _ITEM, _ARTICLE, _DIVISION, _NOTE)
    return any(pattern.match(line) for pattern in patterns)


def _ended(text: str, following: str) -> bool:
    return bool(_SENTENCE_END.search(text)) and following[:1].isupper()


def _block(line: str) -> Block:
    if article := _ARTICLE.match(line):
        if article[2] and not _TITLE_END.search(article[2]):
            return Block("article", label=line)
        return Block("article", article[2], article[1])
    if _DIVISION.match(line):
        return Block("title", line)
    if _NOTE.match(line):
        return Block("note", line)
    if _ROMAN.match(line):
        return Block("heading", line)
    if line.isupper():
        return Block("title", line)
    if _NUMBERED.match(line):
        is_title = not _TITLE_END.search(line) and len(line.split()) <= SUBHEADING_WORDS
        return Block("subheading" if is_title else "item", line)
    return Block("item" if _ITEM.match(line) else "paragraph", line)
