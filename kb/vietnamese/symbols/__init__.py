"""Symbols of documents (số, ký hiệu): read, found in running text, looked up.

"12/KH-CAT-PV05", "30/2020/NĐ-CP", "09-CT/TW" and the ways people spell them. A symbol is not
the identity of a document: numbers start again every year, and every issuer counts its own.
"""

from kb.vietnamese.symbols.finding import Found, find_all, protect_spans
from kb.vietnamese.symbols.keys import Typed, find_typed, query_keys, search_keys
from kb.vietnamese.symbols.reading import parse
from kb.vietnamese.symbols.symbol import Symbol, kind_id

__all__ = [
    "Found",
    "Symbol",
    "Typed",
    "find_all",
    "find_typed",
    "kind_id",
    "parse",
    "protect_spans",
    "query_keys",
    "search_keys",
]
