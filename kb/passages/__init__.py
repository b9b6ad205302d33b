"""The best passages of a document for a query, and the words to mark: one code for every engine.

finding     where the words of a query stand in a text, accents respected
outline     a text with its pages and sections; how people cite a place in it
sentences   where sentences, clauses and lists begin and end
sought      what a query looks for: its words, how much each tells, the answer it asks for
answers     whether a passage holds such an answer
choosing    the passages that show most of what is sought
"""

from kb.passages.choosing import best_passages
from kb.passages.finding import find_marks
from kb.passages.outline import Outline, body_start, page_at
from kb.passages.sought import Sought

__all__ = ["Outline", "Sought", "best_passages", "body_start", "find_marks", "page_at"]
