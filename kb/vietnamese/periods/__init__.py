"""Dates and periods a text speaks of: "ngày 19/6", "quý I/2024", "6 tháng đầu năm 2020".

`find_all` reads running text, `find_typed` and `query_range` what users type; `role_of` says what
a mention means for its document. A year is never invented: what has none stays partial.
"""

from kb.vietnamese.dates import parse_day
from kb.vietnamese.periods.finding import find_all, find_typed
from kb.vietnamese.periods.mention import Mention
from kb.vietnamese.periods.query import query_range
from kb.vietnamese.periods.roles import role_of

__all__ = ["Mention", "find_all", "find_typed", "parse_day", "query_range", "role_of"]
