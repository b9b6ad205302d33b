"""What to give up, and in which order, where a request finds nothing.

1. accents: every way to accent the words counts
2. quotes among other words: the words in them count as the others do
3. words that no document has, then the commonest ones, which say least
4. the period: a year more at both ends, then any time
5. filters, one at a time: topic, unit, kind, chosen or written in the query
6. any single word is enough

Of a long query or a question, whose words are mostly grammar and of which few have to match
anyway, any single word is enough at once, before 4 and 5, instead of 1 and 3.

Each step comes on top of those before it, as one alone may not do; in the end the steps that
turn out not to have been needed are taken back. Only the accents are kept by every other step: a
few words without their accents are too many other words. What is excluded, what the principal may see,
document numbers in quotes or in their field are never given up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from kb.i18n import N_, _
from kb.query.ast import Dates, Fielded, Group, Node, Phrase, Word
from kb.query.matching import LONG
from kb.query.vocabulary import Vocabulary
from kb.query.words import Leaf, flat, leaves, map_leaves, word_runs
from kb.results import Relaxation, SearchRequest
from kb.vietnamese.analyser import tokens
from kb.vietnamese.normalise import fold, has_accents
from kb.vietnamese.questions import is_question
from kb.vietnamese.symbols import query_keys

MOST_WORDS_DROPPED = 3  # and fewer than half of them
FILTERS = ("topic", "unit", "kind")

_TEXTS = {
    "accents": N_("Không văn bản nào khớp đúng dấu đã gõ; đã tìm không phân biệt dấu."),
    "quotes": N_("Không văn bản nào có nguyên cụm {values} cùng các từ kia; đã tìm như từ thường."),
    "unknown-words": N_("Không văn bản nào có {values}; đã tìm các từ còn lại."),
    "words": N_("Không văn bản nào có đủ các từ; đã bỏ {values}."),
    "period-widened": N_("Không có gì trong thời gian này; đã tìm thêm một năm trước và một năm sau."),
    "period": N_("Không có gì trong thời gian này; đã tìm mọi thời gian."),
    "topic": N_("Không có gì thuộc chủ đề {values}; đã bỏ điều kiện này."),
    "unit": N_("Không có gì của đơn vị {values}; đã bỏ điều kiện này."),
    "kind": N_("Không có gì thuộc loại {values}; đã bỏ điều kiện này."),
    "any-word": N_("Không văn bản nào khớp đa số các từ; đây là văn bản khớp một phần."),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the documents: the query's tree, the request's filters, how many words."""

    node: Node | None
    request: SearchRequest
    loose: bool = False  # any word is enough


@dataclass(frozen=True, slots=True)
class _Step:
    code: str
    apply: Callable[[Asked], Asked | None]  # None: nothing to give up
    values: tuple[str, ...] = ()  # named in the sentence


def relax(
    asked: Asked,
    words: Vocabulary,
    label: Callable[[str, str], str],
    finds: Callable[[Asked], bool],
) -> tuple[Asked, tuple[Relaxation, ...]] | None:
    """What is asked with as few demands given up as needed, and which; None where nothing helps.

    `label` gives the name of a filter's value (filter, id); `finds` tells whether any document matches.
    """
    typed = [word for run in word_runs(asked.node) for word in run]
    wordy = len(typed) >= LONG or is_question(tokens(" ".join(word.text for word in typed)))
    folded = None if wordy else _without_accents(asked)
    if folded and folded != asked and finds(folded):
        return folded, _told([_Step("accents", _without_accents)])
    any_word = _Step("any-word", _any_word)
    conditions = _condition_steps(asked, label)
    quoted = _Step("quotes", _without_quotes, _quoted(asked.node) if typed else ())
    steps = (
        chain((quoted, any_word), conditions)
        if wordy
        else chain((quoted,), _word_steps(typed, words), conditions, (any_word,))
    )
    applied: list[_Step] = []
    current = asked
    for step in steps:
        following = step.apply(current)
        if following is None or following == current:
            continue
        current = following
        applied.append(step)
        if finds(current):
            break
    else:
        return None
    for step in applied[:-1]:
        if step.code == "unknown-words" and current.loose:
            continue  # worth telling
        fewer = [other for other in applied if other is not step]
        if finds(_all(fewer, asked)):
            applied = fewer
    return _all(applied, asked), _told(applied)


def _all(steps: Sequence[_Step], asked: Asked) -> Asked:
    for step in steps:
        asked = step.apply(asked) or asked
    return asked


def _told(steps: Sequence[_Step]) -> tuple[Relaxation, ...]:
    codes = dict.fromkeys(step.code for step in steps)
    if "period" in codes:
        codes.pop("period-widened", None)
    named = {
        code: ", ".join(f"“{value}”" for step in steps if step.code == code for value in step.values)
        for code in codes
    }
    return tuple(Relaxation(code, _(_TEXTS[code]).format(values=named[code])) for code in codes)


def _word_steps(typed: Sequence[Word], words: Vocabulary) -> Iterator[_Step]:
    texts = {word.text.lower(): word.text for word in typed}
    frequent = {text: _documents(text, words) for text in texts}
    unknown = [text for text, count in frequent.items() if not count]
    if unknown:
        named = tuple(texts[text] for text in unknown)
        yield _Step("unknown-words", lambda asked: _without_words(asked, unknown), named)
    known = sorted((text for text in texts if frequent[text]), key=lambda text: -frequent[text])
    for text in known[: min((len(known) - 1) // 2, MOST_WORDS_DROPPED)]:
        if not query_keys(text):
            yield _Step("words", _dropping(text), (texts[text],))


def _condition_steps(asked: Asked, label: Callable[[str, str], str]) -> Iterator[_Step]:
    yield _Step("period-widened", _wider)
    yield _Step("period", _any_time)
    for name in FILTERS:
        values = _filter_values(asked, name, label)
        if values:
            yield _Step(name, _lifting(name), values)


# ---------------------------------------------------------------- words


def _without_accents(asked: Asked) -> Asked | None:
    def folded(leaf: Leaf) -> Leaf:
        match leaf:
            case Word() | Phrase() | Fielded(name="title") if has_accents(leaf.text):
                return replace(leaf, text=fold(leaf.text))
        return leaf

    return replace(asked, node=map_leaves(asked.node, folded))


def _quoted(node: Node | None) -> tuple[str, ...]:
    """The phrases, but for numbers of documents."""
    phrases = (leaf.text for leaf in leaves(node) if isinstance(leaf, Phrase))
    return tuple(text for text in phrases if not query_keys(text))


def _without_quotes(asked: Asked) -> Asked | None:
    def words(leaf: Leaf) -> Node:
        if not isinstance(leaf, Phrase) or query_keys(leaf.text):
            return leaf
        return Group(tuple(Word(text, leaf.span) for text in leaf.text.split()), leaf.span)

    if not any(True for _run in word_runs(asked.node)) or not _quoted(asked.node):
        return None
    return replace(asked, node=flat(map_leaves(asked.node, words)))


def _documents(text: str, words: Vocabulary) -> int:
    """How many documents have the word, however accented; of glued signs the rarest part."""
    return min((words.documents(token.fold) for token in tokens(text)), default=0)


def _without_words(asked: Asked, texts: Sequence[str]) -> Asked | None:
    dropped = {fold(text) for text in texts}

    def keep(leaf: Leaf) -> Leaf | None:
        is_dropped = isinstance(leaf, Word) and not leaf.prefix and fold(leaf.text) in dropped
        return None if is_dropped else leaf

    node = map_leaves(asked.node, keep)
    has_text = any(isinstance(leaf, Word | Phrase) for leaf in leaves(node))
    return replace(asked, node=node) if has_text else None


def _dropping(text: str) -> Callable[[Asked], Asked | None]:
    return lambda asked: _without_words(asked, [text])


def _any_word(asked: Asked) -> Asked | None:
    count = sum(isinstance(leaf, Word) and not leaf.prefix for leaf in leaves(asked.node))
    return replace(asked, loose=True) if count > 1 else None


# ---------------------------------------------------------------- period


def _wider(asked: Asked) -> Asked | None:
    request = asked.request
    years = {year + more for year in request.years for more in (-1, 0, 1)}
    request = replace(
        request,
        years=tuple(sorted(years)),
        date_from=_moved(request.date_from, -1),
        date_to=_moved(request.date_to, 1),
    )

    def widen(leaf: Leaf) -> Leaf:
        if not isinstance(leaf, Dates):
            return leaf
        return replace(leaf, start=_moved(leaf.start, -1), end=_moved(leaf.end, 1))

    return replace(asked, node=map_leaves(asked.node, widen), request=request)


def _moved(day: date | None, years: int) -> date | None:
    """The day some years later, as far as the calendar goes; of 29 February the day before."""
    if day is None or not date.min.year <= day.year + years <= date.max.year:
        return day
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)


def _any_time(asked: Asked) -> Asked | None:
    request = replace(asked.request, years=(), date_from=None, date_to=None)
    node = map_leaves(asked.node, lambda leaf: None if isinstance(leaf, Dates) else leaf)
    return _if_anything_is_left(replace(asked, node=node, request=request))


# ---------------------------------------------------------------- filters


def _filter_values(asked: Asked, name: str, label: Callable[[str, str], str]) -> tuple[str, ...]:
    """The values a filter has, chosen or written, as a person calls them."""
    chosen: tuple[str, ...] = getattr(asked.request, f"{name}s")
    written = (
        leaf.text for leaf in leaves(asked.node) if isinstance(leaf, Fielded) and leaf.name == name
    )
    return (*(label(name, value) for value in chosen), *written)


def _lifting(name: str) -> Callable[[Asked], Asked | None]:
    def lift(asked: Asked) -> Asked | None:
        def keep(leaf: Leaf) -> Leaf | None:
            return None if isinstance(leaf, Fielded) and leaf.name == name else leaf

        request = replace(asked.request, **{f"{name}s": ()})  # type: ignore[arg-type]
        return _if_anything_is_left(Asked(map_leaves(asked.node, keep), request, asked.loose))

    return lift


def _if_anything_is_left(asked: Asked) -> Asked | None:
    """None where every document would match, which is no answer."""
    request = asked.request
    filters = (*request.kinds, *request.topics, *request.units, *request.years)
    dated = request.date_from or request.date_to
    return asked if filters or dated or any(True for _leaf in leaves(asked.node)) else None
