"""The one analyser: index, query, highlighting and find-in-page call it and nothing else.

A text becomes *tokens*: runs of letters and digits with their offsets ("12/KH-CAT-PV05" is four).
From the tokens come streams, joined by position or not as kb.engines.fields says:

syllable  as written, lower case, old tone placement        hòa  bình
fold      the same without accents                          hoa  binh
word      what the segmenter joins; single syllables too    hòa_bình
pair      neighbouring folded syllables                     hoa_binh

Two more are no text of their own: `bare`, folded passages that were typed without accents, and
`accents`, which says how a folded syllable or pair is written with accents (hoa_binh=hòa_bình).
Matching is on syllables, so segmentation never costs recall; words and pairs only rank.
`fingerprint()` names this analysis. It is stored with every index, and a change of any
part (VERSION, the field table, the segmenter's model) asks for a reindex.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import groupby, pairwise

from kb.engines.fields import SCHEMA_FINGERPRINT
from kb.vietnamese.normalise import fold_form, match_form
from kb.vietnamese.segment import MODEL_FINGERPRINT, segment
from kb.vietnamese.symbols import protect_spans

VERSION = 3

_TOKEN = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.!?;:()]|\n\s*\n")  # neighbours across one of these are no pair
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
MAX_TOKEN = 64  # characters; longer runs are noise: base64, a broken font

ANY_NUMBER = "#"  # among the neighbours that tell how a syllable is accented

# So many syllables in a row without any accent were typed without accents: proper text has
# an accent in about three syllables of four.
BARE_RUN = 4

PART = 200_000  # characters analysed at a time: a token with its offsets takes 200 bytes
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Token:
    """One run of letters and digits: its two matching forms and where it stands in the text."""

    form: str  # lower case, old tone placement; numbers without leading zeros
    fold: str  # the same without accents
    start: int
    end: int

    @property
    def accented(self) -> bool:
        """True where the form carries accents (đ counts)."""
        return self.form != self.fold


@dataclass(frozen=True, slots=True)
class Streams:
    """The token streams of one zone of a document or of a query."""

    syllable: list[str]
    fold: list[str]
    word: list[str]
    pair: list[str]
    bare: list[str]
    accents: list[str]


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """The identity of this analysis, 16 hex digits."""
    parts = f"{VERSION}:{SCHEMA_FINGERPRINT}:{MODEL_FINGERPRINT}"
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


@lru_cache(maxsize=200_000)
def _forms(raw: str) -> tuple[str, str]:
    form = match_form(raw)
    if form[0] == "0":
        form = _LEADING_ZEROS.sub("", form)  # 04/8 and 4/8 are the same day
    return form, fold_form(form) or form  # a letter of another script may be all mark


def tokens(text: str) -> list[Token]:
    """The tokens of an NFC text, in order, with offsets into it."""
    found = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if end - start <= MAX_TOKEN:
            form, fold = _forms(match[0])
            found.append(Token(form, fold, start, end))
    return found


def analyse(text: str) -> Streams:
    """All streams of an NFC text.

    A long text is analysed in parts, so that its tokens are never in memory together; equal
    strings of the streams are one object.
    """
    whole = Streams(*([] for _ in fields(Streams)))
    shared: dict[str, str] = {}
    for part in _parts(text):
        found = tokens(part)
        for stream, strings in (
            (whole.syllable, (token.form for token in found)),
            (whole.fold, (token.fold for token in found)),
            (whole.word, words(part, found)),
            (whole.pair, pairs(part, found)),
            (whole.bare, _bare(found)),
            (whole.accents, _accents(part, found)),
        ):
            stream.extend(shared.setdefault(string, string) for string in strings)
    return whole


def _parts(text: str) -> Iterator[str]:
    """The text cut every PART characters or somewhat later: at an empty line, else at any space."""
    start = 0
    while len(text) - start > 2 * PART:
        wanted, last = start + PART, start + 2 * PART
        cut = _EMPTY_LINE.search(text, wanted, last) or _SPACE.search(text, wanted, last)
        end = cut.end() if cut else last
        yield text[start:end]
        start = end
    yield text[start:]


def segmented(text: str) -> list[Sequence[Token]]:
    """The words of an NFC text as their tokens, in order."""
    return list(_segmented(text, tokens(text)))


def words(text: str, found: Sequence[Token]) -> Iterator[str]:
    """The words of the text: segmented syllables joined by "_", symbols and dates whole."""
    return map(_joined, _segmented(text, found))


def _joined(word: Sequence[Token]) -> str:
    return "_".join(token.form for token in word)


def _segmented(text: str, found: Sequence[Token]) -> Iterator[Sequence[Token]]:
    spans = _word_spans(text)
    index = 0
    for start, end in spans:
        while index < len(found) and found[index].start < start:
            index += 1
        first = index
        while index < len(found) and found[index].start < end:
            index += 1
        if index > first:
            yield found[first:index]


def _word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Segment line by line, between the protected symbols and dates (which stay whole)."""
    protected = protect_spans(text)
    position = 0
    for span in protected:
        yield from _segment_lines(text, position, span.start)
        yield span.start, span.end
        position = span.end
    yield from _segment_lines(text, position, len(text))


def _segment_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in text[start:end].splitlines(keepends=True):
        # The model was trained on running text: capitals only would hide every compound.
        shown = line.lower() if line.isupper() else line
        if len(shown) != len(line):
            shown = line
        for first, last in segment(shown):
            yield start + first, start + last
        start += len(line)


def pairs(text: str, found: Sequence[Token]) -> Iterator[str]:
    """Neighbouring folded syllables joined by "_", not across the end of a clause."""
    for left, right in _neighbours(text, found):
        yield f"{left.fold}_{right.fold}"


def _neighbours(text: str, found: Iterable[Token]) -> Iterator[tuple[Token, Token]]:
    for left, right in pairwise(found):
        gap = right.start - left.end
        if gap == 1 or not _BREAK.search(text, left.end, right.start):
            yield left, right


def accent_key(*folded: str) -> str:
    """What the `accents` tokens of a folded syllable, or of two neighbours, begin with.

    All numbers are one neighbour, ANY_NUMBER: "nam_#=năm_#", "#_ty=#_tỷ".
    """
    return "_".join(folded) + "="


def accent_forms(token: Token) -> tuple[str, str]:
    """(folded, as written): how a token stands among the `accents`."""
    return (ANY_NUMBER, ANY_NUMBER) if token.fold.isdigit() else (token.fold, token.form)


def _accents(text: str, found: Sequence[Token]) -> Iterator[str]:
    """How the syllables and their neighbours are accented, behind what one would look them up by."""
    kept = {id(token) for token in _accented_runs(found) if token.fold.isalpha()}
    for token in found:
        if id(token) in kept:
            yield accent_key(token.fold) + token.form
    for left, right in _neighbours(text, found):
        if (id(left) in kept or id(right) in kept) and all(
            id(t) in kept or t.fold.isdigit() for t in (left, right)
        ):
            (left_fold, left_form), (right_fold, right_form) = accent_forms(left), accent_forms(right)
            yield f"{accent_key(left_fold, right_fold)}{left_form}_{right_form}"


def _bare(found: Iterable[Token]) -> Iterator[str]:
    """Folded tokens of passages that were typed without accents."""
    for run, is_bare in _runs(found):
        if is_bare:
            yield from (token.fold for token in run if _has_letters(token))


def _accented_runs(found: Iterable[Token]) -> Iterator[Token]:
    """Tokens of all other passages."""
    for run, is_bare in _runs(found):
        if not is_bare:
            yield from run


def _runs(found: Iterable[Token]) -> Iterator[tuple[list[Token], bool]]:
    """Runs of tokens with or without accents, and whether they were typed without."""
    for accented, group in groupby(found, key=lambda token: token.accented):
        run = list(group)
        yield run, not accented and sum(map(_has_letters, run)) >= BARE_RUN


def _has_letters(token: Token) -> bool:
    return not token.fold[0].isdigit()
