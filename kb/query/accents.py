"""How a query typed without accents is probably accented, by what stands side by side in the documents.

A hidden Markov model over the syllables: its states are the ways a plain syllable is written in
the documents, its transitions the counts of neighbours there. The answer is a distribution for every
syllable (forward-backward), not one guess: where "chong" may be chồng or chống both may rank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.query.vocabulary import Vocabulary

CANDIDATES = 12  # most frequent ways to accent a syllable
RARE = 0.002  # share of a syllable's uses below which a way is not considered
BACKOFF = 0.5  # documents' worth of belief in a syllable alone where its neighbours were never seen
UNLIKELY = 0.03  # probability below which an answer is left out

Chances = dict[str, float]  # form -> probability


def restore(folds: Sequence[str], vocabulary: Vocabulary) -> list[Chances]:
    """For each plain syllable its likely forms with their probabilities, the likeliest first.

    A number is ANY_NUMBER of kb.vietnamese.analyser.

    A syllable the documents do not have stays as it is, with certainty.
    """
    states = [_states(fold, vocabulary) for fold in folds]
    if not states:
        return []
    steps = [
        _transitions(folds[at - 1], folds[at], states[at - 1], states[at], vocabulary)
        for at in range(1, len(states))
    ]
    forward = [states[0]]
    for step, after in zip(steps, states[1:], strict=True):
        before = forward[-1]
        forward.append(_summed({b: sum(before[a] * step[a, b] for a in before) for b in after}))
    backward: list[Chances] = [dict.fromkeys(states[-1], 1.0)]
    for step, before in zip(reversed(steps), reversed(states[:-1]), strict=True):
        after = backward[-1]
        backward.append(_summed({a: sum(step[a, b] * after[b] for b in after) for a in before}))
    backward.reverse()
    return [_likely(ahead, behind) for ahead, behind in zip(forward, backward, strict=True)]


def _states(fold: str, vocabulary: Vocabulary) -> Chances:
    """The ways to accent a syllable, by how often each stands in the documents."""
    forms = vocabulary.forms(fold)
    total = sum(forms.values())
    best = sorted(forms.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]
    return _summed({form: float(n) for form, n in best if n > total * RARE}) or {fold: 1.0}


def _transitions(
    left: str, right: str, before: Chances, after: Chances, vocabulary: Vocabulary
) -> Mapping[tuple[str, str], float]:
    """How likely each form on the right is behind each on the left."""
    pairs = vocabulary.pairs(left, right)
    forms = vocabulary.forms(left)
    return {
        (a, b): (pairs.get((a, b), 0) + BACKOFF * share) / (forms.get(a, 1) + BACKOFF)
        for a in before
        for b, share in after.items()
    }


def _likely(ahead: Chances, behind: Chances) -> Chances:
    joint = _summed({form: chance * behind[form] for form, chance in ahead.items()})
    ordered = sorted(joint.items(), key=lambda item: (-item[1], item[0]))
    return {form: chance for form, chance in ordered if chance >= UNLIKELY}


def _summed(weights: Chances) -> Chances:
    """The weights as shares of their sum."""
    total = sum(weights.values())
    return {key: weight / total for key, weight in weights.items()} if total else weights
