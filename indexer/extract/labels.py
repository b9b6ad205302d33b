"""The labels that begin a part of a document: Điều 4., II., 2.1., a), - (see NĐ 30/2020, Phụ lục I)."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"""(?:Điều|ĐIỀU|Khoản|Mẫu\ số|MẪU\ SỐ|Biểu\ số|BIỂU\ SỐ)\ \d
    | (?:Chương|CHƯƠNG|Mục|MỤC|Tiểu\ mục|TIỂU\ MỤC|Phần|PHẦN)\ (?:thứ|THỨ|[IVXLC]+\b|\d)
    | (?:Phụ\ lục|PHỤ\ LỤC)\b
    | [IVXLC]{1,6}(?:[.)-]|/(?!v))      # I. II- IV/ but not V/v
    | \d{1,3}(?:\.\d{1,3}){0,4}[.)]     # 1. 2.1. 3)
    | \d{1,3}(?:\.\d{1,3}){1,4}\s       # 2.1
    | \d{1,2}/\s                        # 1/
    | [a-zđA-ZĐ]\d?[.)]                 # a) đ) A.
    | [-–+•*●▪]\s?\S
    """,
    re.VERBOSE,
)


def starts_with_label(line: str) -> bool:
    """True if `line` begins with the label of a part, an article, a clause, a point or a dash."""
    return _LABEL.match(line) is not None
