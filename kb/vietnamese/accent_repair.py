"""Accents that a reading program got wrong, mended by what stands side by side in real texts.

OCR reads the letters well and the small marks badly: "Quyêt định", "tô chức", "QUYÉT ĐỊNH". A hidden
Markov model over the syllables of a sentence: the states of a syllable are its forms with
other accents, the transitions come from pairs of neighbours (our sample texts, pyvi's words, and the
document itself), the emissions say which marks are easily taken for which. A change must be clearly
better than what was read; a syllable that cannot be Vietnamese is changed more readily.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from kb.vietnamese.crf import model_files
from kb.vietnamese.normalise import fold, match_form
from kb.vietnamese.syllables import all_syllables, is_syllable

DATA = Path(__file__).parent / "data" / "syllable_pairs.txt"
_AROUND = "“”\"'()[]<>.,;:!?-…"  # marks beside a word
_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]|\d\S*")

_WORD_WEIGHT = 1.0  # what a pair in pyvi's list of words counts, in occurrences in a text
_BACKOFF = 3.0  # occurrences' worth of belief in a syllable alone
_UNSEEN = 0.05  # occurrences of a possible syllable that no text has
_IMPOSSIBLE = 1e-4  # occurrences of what cannot be a syllable
_SURE = 2.5  # log units by which another reading must be better than the one that was read
_SURER = 1.5  # more of them for what was surely read
_WELL_READ = 0.95
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# How unlikely (log units) marks are taken for others. What was read comes first.
_TONE_COST = {
    ("", "\u0301"): 1.5,
    ("", "\u0300"): 1.8,
    ("", "\u0309"): 1.5,
    ("", "\u0303"): 1.8,
    ("", "\u0323"): 2.5,
    ("\u0301", "\u0309"): 1.5,
    ("\u0309", "\u0301"): 1.5,
    ("\u0301", "\u0303"): 2.0,
    ("\u0303", "\u0301"): 2.0,
    ("\u0309", "\u0303"): 1.5,
    ("\u0303", "\u0309"): 1.5,
}
_OTHER_TONE = 3.5
_SHAPE_COST = 2.0  # circumflex, horn, breve or the bar of đ lost or added


K = TypeVar("K")


class SyllablePairs:
    """How often syllables (in `match_form`) stand alone and side by side."""

    def __init__(self, alone: Mapping[str, float], pairs: Mapping[tuple[str, str], float]) -> None:
        self.alone, self.pairs = alone, pairs
        self.total = sum(alone.values())

    def chance(self, left: str | None, right: str) -> float:
        """Log probability of `right` behind `left` (None: at a beginning)."""
        single = (self.alone.get(right, 0.0) + _floor(right)) / (self.total + 1)
        if left is None:
            return math.log(single)
        together = self.pairs.get((left, right), 0.0)
        return math.log((together + _BACKOFF * single) / (self.alone.get(left, 0.0) + _BACKOFF))

    def joined(self, syllable_runs: Iterable[Sequence[str]]) -> SyllablePairs:
        """These counts together with those of a document; only what can be Vietnamese counts.

        What stands there once is no evidence for itself, so everything counts once less.
        """
        alone: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for run in syllable_runs:
            alone.update(s for s in run if is_syllable(s))
            pairs.update((a, b) for a, b in pairwise(run) if is_syllable(a) and is_syllable(b))
        return SyllablePairs(_added(self.alone, alone), _added(self.pairs, pairs))


def _added(counts: Mapping[K, float], own: Mapping[K, int]) -> dict[K, float]:
    return {**counts, **{key: counts.get(key, 0.0) + n - 1 for key, n in own.items() if n > 1}}


@lru_cache(maxsize=1)
def shipped_pairs() -> SyllablePairs:
    """The pairs of our sample texts (data/syllable_pairs.txt) and of pyvi's words."""
    alone: dict[str, float] = {}
    pairs: dict[tuple[str, str], float] = {}
    for line in DATA.read_text(encoding="utf-8").splitlines():
        (syllable, count), *followers = [part.split(":") for part in line.split()]
        alone[syllable] = float(count)
        for follower, times in followers:
            pairs[syllable, follower] = float(times)
    for word in model_files()[1].read_text(encoding="utf-8").splitlines():
        syllables = [match_form(part) for part in word.split()]
        for syllable in syllables:
            alone.setdefault(syllable, _UNSEEN)
        for pair in pairwise(syllables):
            pairs[pair] = pairs.get(pair, 0.0) + _WORD_WEIGHT
    return SyllablePairs(alone, pairs)


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[str, ...]]:
    """The possible syllables by what they are without accents."""
    found: dict[str, list[str]] = {}
    for syllable in sorted(all_syllables()):
        found.setdefault(fold(syllable), []).append(syllable)
    return {key: tuple(forms) for key, forms in found.items()}


def runs(text: str) -> Iterator[list[str]]:
    """The syllables of `text` (in `match_form`) that follow each other without a mark or a number."""
    run: list[str] = []
    for token in _TOKEN.findall(text):
        if fold(token) in _forms():
            run.append(match_form(token))
        elif run:
            yield run
            run = []
    if run:
        yield run


def repair(words: Sequence[str], pairs: SyllablePairs, confidence: Sequence[float] = ()) -> list[str]:
    """The words of a text with their accents mended; letters, case and marks stay as they are.

    `confidence` (0..1, one a word) is how surely they were read: what was surely read changes less.
    """
    done = list(words)
    at: list[int] = []
    for index, word in enumerate(words):
        core = word.strip(_AROUND)
        is_one = core.isalpha() and fold(core) in _forms()
        if at and not (is_one and word.startswith(core)):
            _repair_run(done, at, pairs, confidence)
            at = []
        if is_one:
            at.append(index)
            if not word.endswith(core):
                _repair_run(done, at, pairs, confidence)
                at = []
    if at:
        _repair_run(done, at, pairs, confidence)
    return done


def _repair_run(
    words: list[str], at: Sequence[int], pairs: SyllablePairs, confidence: Sequence[float]
) -> None:
    cores = [words[index].strip(_AROUND) for index in at]
    sure = [_SURE + (_SURER if confidence and confidence[index] > _WELL_READ else 0.0) for index in at]
    for index, core, better in zip(
        at, cores, likeliest([match_form(c) for c in cores], pairs, sure), strict=True
    ):
        if better != match_form(core):
            words[index] = words[index].replace(core, _in_case_of(core, better))


def likeliest(read: Sequence[str], pairs: SyllablePairs, sure: Sequence[float]) -> list[str]:
    """The likeliest forms of the syllables of a run (in `match_form`).

    `sure` says for each by how much (log units) another form must be better than the one read.
    """
    best: dict[str, tuple[float, list[str]]] = {}
    for step, syllable in enumerate(read):
        reached: dict[str, tuple[float, list[str]]] = {}
        for form in {syllable, *_forms().get(fold(syllable), ())}:
            cost = _misreading(syllable, form) + (sure[step] if form != syllable else 0.0)
            if step == 0:
                reached[form] = pairs.chance(None, form) - cost, [form]
                continue
            score, path = max(
                (before + pairs.chance(left, form), path) for left, (before, path) in best.items()
            )
            reached[form] = score - cost, [*path, form]
        ranked = sorted(reached.items(), key=lambda item: -item[1][0])
        best = dict(ranked[:8])
    return max(best.values())[1] if best else []


@lru_cache(maxsize=100_000)
def _misreading(read: str, form: str) -> float:
    """How unlikely `form` is read as `read`, in log units; 0 for the same."""
    if read == form:
        return 0.0
    (tone_read, shapes_read), (tone, shapes) = _marks(read), _marks(form)
    cost = 0.0
    if tone_read != tone:
        cost += _TONE_COST.get((tone_read, tone), _OTHER_TONE)
    return cost + _SHAPE_COST * sum(a != b for a, b in zip(shapes_read, shapes, strict=True))


def _marks(syllable: str) -> tuple[str, tuple[str, ...]]:
    """The tone, and the letters without it."""
    decomposed = unicodedata.normalize("NFD", syllable)
    tone = "".join(c for c in decomposed if c in _TONES)
    letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    return tone, tuple(letters)


def _floor(syllable: str) -> float:
    return _UNSEEN if is_syllable(syllable) else _IMPOSSIBLE


def _in_case_of(model: str, syllable: str) -> str:
    """`syllable` with the case of `model`, letter by letter: both have as many."""
    if model.isupper():
        return syllable.upper()
    return "".join(
        new.upper() if old.isupper() else new for old, new in zip(model, syllable, strict=True)
    )
