"""Topics by phrases: each topic's phrases are counted, the subject counts more (kb.vietnamese.topics).

score = sum over phrases of weight x min(count, 3), and 3 x weight more for a phrase in title or
subject; strong phrases weigh 3, weak ones 1. Kept are scores of at least 4 and 15 % of the best, at
most 8, where the main topic reaches 5. Not counted: recipients, captions, the author, and what is
only part of a steering board's long name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from kb.model import Span, Value
from kb.vietnamese import topics
from kb.vietnamese.normalise import match_form
from kb.vietnamese.symbols import Symbol

STRONG, WEAK = 3, 1
IN_TITLE = 3  # times the weight, on top
MAX_COUNT = 3  # of one phrase
MIN_SCORE, MIN_SHARE, MAX_TOPICS = 4, 0.15, 8
MIN_MAIN = 5  # sum of a main topic's kept topics
PRIOR = 2  # for a topic that the drafter's office or the kind makes likely and a phrase supports

# Written out before phrases are compared; other abbreviations hardly occur in phrases.
_WRITTEN_OUT = {
    "antq": "an ninh tổ quốc",
    "antt": "an ninh trật tự",
    "xdpt": "xây dựng phong trào",
    "ttatxh": "trật tự an toàn xã hội",
    "cand": "công an nhân dân",
    "pccc": "phòng cháy chữa cháy",
    "cnch": "cứu nạn cứu hộ",
    "anct": "an ninh chính trị",
}
# Whose field is whose: drafters' codes in symbols.
_DRAFTERS = {
    "V05": "phong-trao", "PV05": "phong-trao", "V28": "phong-trao", "PV28": "phong-trao",
    "C06": "hanh-chinh", "PC06": "hanh-chinh", "C07": "pccc", "PC07": "pccc",
    "C08": "giao-thong", "PC08": "giao-thong", "C04": "te-nan/ma-tuy", "PC04": "te-nan/ma-tuy",
    "X03": "thi-dua", "PX03": "thi-dua", "PA02": "an-ninh", "PA03": "an-ninh",
}  # fmt: skip
_KINDS = {"bao-cao": "dieu-hanh", "to-trinh": "thi-dua", "quyet-dinh": "thi-dua"}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    topic: str
    weight: int


@dataclass(slots=True)
class _Score:
    points: int = 0
    evidence: Span | None = None
    counts: dict[tuple[str, ...], int] = field(default_factory=dict)

    def add(self, phrase: _Phrase, found: Span) -> None:
        """Count one occurrence of a phrase."""
        seen = self.counts.get(phrase.words, 0)
        self.counts[phrase.words] = seen + 1
        if seen < MAX_COUNT:
            self.points += phrase.weight
        self.evidence = self.evidence or found


def read_topics(
    text: str,
    title: Span | None,
    counted: Iterable[Span],
    *,
    supporting: Iterable[Span] = (),
    symbol: Symbol | None = None,
    kind: str | None = None,
) -> tuple[Value[str], ...]:
    """The topics of a text, best first, each with its first evidence.

    `counted` are the stretches that count, `supporting` (captions) only add to topics found there;
    `title` is where title or subject stand.
    """
    scores: dict[str, _Score] = defaultdict(_Score)
    for span in counted:
        for phrase, found in _phrases_in(text, span):
            scores[phrase.topic].add(phrase, found)
    for span in supporting:
        for phrase, found in _phrases_in(text, span):
            if phrase.topic in scores:
                scores[phrase.topic].add(phrase, found)
    for phrase, found in _unique(_phrases_in(text, title)) if title else ():
        score = scores[phrase.topic]
        score.points += IN_TITLE * phrase.weight
        score.evidence = found
    for likely in _likely(symbol, kind):
        for topic, score in scores.items():
            if topic == likely or topics.parent(topic) == likely:
                score.points += PRIOR
    return _kept(scores)


def _kept(scores: dict[str, _Score]) -> tuple[Value[str], ...]:
    if not scores:
        return ()
    least = max(MIN_SCORE, MIN_SHARE * max(score.points for score in scores.values()))
    kept = sorted(
        ((topic, score) for topic, score in scores.items() if score.points >= least),
        key=lambda each: (-each[1].points, each[0]),
    )[:MAX_TOPICS]
    mains: dict[str | None, int] = defaultdict(int)
    for topic, score in kept:
        mains[topics.parent(topic)] += score.points
    return tuple(
        Value(topic, _confidence(score.points), score.evidence, "phrases")
        for topic, score in kept
        if mains[topics.parent(topic)] >= MIN_MAIN
    )


def _confidence(points: int) -> float:
    return round(points / (points + 5), 2)


def _likely(symbol: Symbol | None, kind: str | None) -> Iterator[str]:
    if symbol is not None:
        for code in [*(symbol.drafter or "").split("-"), symbol.issuer or ""]:
            if code in _DRAFTERS:
                yield _DRAFTERS[code]
    if kind in _KINDS:
        yield _KINDS[kind]


# ---------------------------------------------------------------- phrases


@lru_cache(maxsize=2)
def _by_first_word(_now: topics.State) -> dict[str, tuple[_Phrase, ...]]:
    found: dict[str, list[_Phrase]] = defaultdict(list)
    for topic in topics.all():
        for phrases, weight in ((topic.strong, STRONG), (topic.weak, WEAK)):
            for phrase in phrases:
                words = tuple(_words(phrase, 0, len(phrase))[0])
                found[words[0]].append(_Phrase(words, topic.id, weight))
    return {word: tuple(phrases) for word, phrases in found.items()}


def _words(text: str, start: int, end: int) -> tuple[list[str], list[tuple[int, int]]]:
    """Words in small letters, old tone placement, abbreviations written out, and where each stands.

    Punctuation is gone. Two lists: a document has ten thousands of words.
    """
    words: list[str] = []
    places: list[tuple[int, int]] = []
    for match in _WORD.finditer(text, start, end):
        word = match_form(match[0])
        written_out = _WRITTEN_OUT.get(word)
        if written_out is None:
            words.append(word)
            places.append(match.span())
        else:
            for each in written_out.split():
                words.append(each)
                places.append(match.span())
    return words, places


def _phrases_in(text: str, span: Span) -> Iterator[tuple[_Phrase, Span]]:
    """Every phrase in a stretch; a phrase inside a longer one of its topic supports it."""
    words, places = _words(text, span.start, span.end)
    boards, by_first_word = _board_names(text, span), _by_first_word(topics.state())
    for index, word in enumerate(words):
        phrases = by_first_word.get(word)
        if phrases is None:
            continue
        start = places[index][0]
        if any(board.start < start < board.end for board in boards):
            continue
        for phrase in phrases:
            last = index + len(phrase.words)
            if tuple(words[index:last]) == phrase.words:
                yield phrase, Span(start, places[last - 1][1])


def _unique(found: Iterable[tuple[_Phrase, Span]]) -> Iterator[tuple[_Phrase, Span]]:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for phrase, span in found:
        if (phrase.topic, phrase.words) not in seen:
            seen.add((phrase.topic, phrase.words))
            yield phrase, span


_BOARD = re.compile(
    r"Ban\s+Chỉ\s+đạo\s+(?:công\s+tác\s+)?(?:phòng,?\s*chống|(?:xây\s+dựng\s+|thực\s+hiện\s+)?phong\s+trào)"
    r"[^.;:\n]{0,160}?(?:Tổ\s+quốc|ANTQ|tệ\s+nạn\s+xã\s+hội)(?:\s+và\s[^.;:\n]{0,80}?(?:Tổ\s+quốc|ANTQ))?",
    re.I,
)


def _board_names(text: str, span: Span) -> list[Span]:
    """The long names of steering boards: only their beginning speaks for a topic."""
    return [Span(m.start(), m.end()) for m in _BOARD.finditer(text, span.start, span.end)]
