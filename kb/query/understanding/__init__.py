"""What the plain words of a query name: kinds, units, places, periods, topics, persons, symbols.

Recognising is pure: words in, `Recognised` out; what exists in a catalog comes in as functions. By
default the recognised only ranks, and its words need not stand in a document that has the value;
a person can make it a filter, or have it taken as plain words only (`SearchRequest.ignore`).
"""

from kb.query.understanding.reading import understand
from kb.query.understanding.recognised import Recognised

__all__ = ["Recognised", "understand"]
