"""Why a document ranks where it does for a request, or why it is not found: in words.

Generic over the logical query: it names what the nodes of the tree ask for, whatever made them.
The arithmetic is `kb.engines.explanation`; this turns it into requirements (what has to match) and
parts (what the score is made of).
"""

from kb.explaining.explained import Explained, Part
from kb.explaining.reading import explain_document
from kb.explaining.requirements import Requirement

__all__ = ["Explained", "Part", "Requirement", "explain_document"]
