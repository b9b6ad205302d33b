"""pyvi's word segmentation model, read from pyvi's own files without importing pyvi.

Importing pyvi costs seconds, because its model is a pickled scikit-learn object. All that counts in
there is a crfsuite model of two labels: 11,416 weights. They are taken out here; nothing
of the pickle is executed, and the files are used only where their checksums are known.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kb.errors import KbError
from kb.i18n import _

# models/pyvi3.pkl and models/words.txt of pyvi 0.1.1.
KNOWN_MODEL = "6cdd73aee04b6a4ad7320ca85d27d931a7ef870cfdd41beb148e86bdb8aca134"
KNOWN_WORDS = "517743d27e71d43343e4b8e9e89015cdc68d84ebe1d48106449e501d918ece4a"

Pair = tuple[float, float]  # a weight for each label: a word begins here (B_W), goes on (I_W)
NOTHING: Pair = (0.0, 0.0)

# What may come after a syllable: second syllable -> (the two are a word, thirds that make a word).
Followers = dict[str, tuple[bool, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a two-label linear-chain CRF.

    `states`: attribute ("word.lower():công") -> weight of each label; `transitions[a][b]`: from
    label a to label b, where 0 begins a word and 1 goes on with it.
    """

    states: dict[str, Pair]
    transitions: tuple[Pair, Pair]

    def of(self, attribute: str) -> Pair:
        """The weights of an attribute; zeros where the model does not know it."""
        return self.states.get(attribute, NOTHING)


class Lexicon:
    """pyvi's list of known words of two and three syllables, lower case."""

    def __init__(self, words: Iterable[str]) -> None:
        self._followers: dict[str, Followers] = {}
        for word in words:
            first, *rest = word.split(" ")
            if len(rest) in (1, 2):
                followers = self._followers.setdefault(first, {})
                is_word, thirds = followers.get(rest[0], (False, frozenset()))
                followers[rest[0]] = (is_word or len(rest) == 1, thirds | {*rest[1:]})

    def followers(self, first: str) -> Followers:
        """What may come after the syllable `first`."""
        return self._followers.get(first, {})


def model_files() -> tuple[Path, Path]:
    """Where the installed pyvi keeps its model and its words. Raises KbError without pyvi."""
    spec = find_spec("pyvi")
    if spec is None or spec.origin is None:
        raise KbError(_("Không có gói pyvi, không tách từ được."), _("Chạy: pip install pyvi==0.1.1"))
    folder = Path(spec.origin).parent / "models"
    return folder / "pyvi3.pkl", folder / "words.txt"


@cache
def checksums() -> tuple[str, str]:
    """SHA-256 (hex) of the installed model and word list; empty where there is none."""
    try:
        model, words = (hashlib.sha256(path.read_bytes()).hexdigest() for path in model_files())
    except (KbError, OSError):
        return "", ""
    return model, words


def is_known() -> bool:
    """True where the installed files are those this module can read."""
    return checksums() == (KNOWN_MODEL, KNOWN_WORDS)


def load() -> tuple[Weights, Lexicon]:
    """The weights and words of the installed pyvi; only for files that `is_known`."""
    model, words = model_files()
    lines = words.read_text(encoding="utf-8").split("\n")
    return read_weights(_crfsuite_bytes(model.read_bytes())), Lexicon(lines)


# ---------------------------------------------------------------- the pickle


class _Inert:
    """Stands for every class in the pickle: keeps the state it is given, does nothing."""

    def __new__(cls, *_args: object) -> _Inert:
        return super().__new__(cls)

    def __init__(self, *_args: object) -> None:
        self.state: object = None

    def __setstate__(self, state: object) -> None:
        self.state = state


def _latin1(text: str, _encoding: str = "latin1") -> bytes:
    """What protocol 2 pickles write bytes with: a call of _codecs.encode."""
    return text.encode("latin1")


class _InertUnpickler(pickle.Unpickler):
    """Builds the object graph out of placeholders: no code named by the pickle ever runs."""

    def find_class(self, module: str, name: str) -> object:
        return _latin1 if (module, name) == ("_codecs", "encode") else _Inert


def _crfsuite_bytes(pickled: bytes) -> bytes:
    estimator = _InertUnpickler(io.BytesIO(pickled)).load()
    content = estimator.state["modelfile"].state["__FILE_RESOURCE_DATA__"]
    assert isinstance(content, bytes)
    return content


# ---------------------------------------------------------------- the crfsuite format

# magic, size, kind, version; features, labels, attributes; where the chunks of these three begin
_HEADER = struct.Struct("<4sI4sI 3I 3I")
_FEATURE = struct.Struct("<IIId")  # state (0) or transition (1), source, label, weight


def read_weights(data: bytes) -> Weights:
    """A crfsuite model file (first-order CRF, labels B_W and I_W in this order) as weights.

    Raises ValueError for anything else.
    """
    if data[:4] != b"lCRF" or data[8:12] != b"FOMC":
        raise ValueError("not a crfsuite model")
    *_counts, features_at, labels_at, attributes_at = _HEADER.unpack_from(data)
    if _names(data, labels_at) != ["B_W", "I_W"]:
        raise ValueError("not a model with the labels B_W and I_W")
    attributes = _names(data, attributes_at)
    states: dict[str, list[float]] = {}
    transitions = [[0.0, 0.0], [0.0, 0.0]]
    _tag, size, _count = struct.unpack_from("<4sII", data, features_at)
    for is_transition, source, label, weight in _FEATURE.iter_unpack(
        data[features_at + 12 : features_at + size]
    ):
        if is_transition:
            transitions[source][label] = weight
        else:
            states.setdefault(attributes[source], [0.0, 0.0])[label] = weight
    begin, go_on = transitions
    return Weights(
        {name: (pair[0], pair[1]) for name, pair in states.items()},
        ((begin[0], begin[1]), (go_on[0], go_on[1])),
    )


def _names(data: bytes, at: int) -> list[str]:
    """The strings of a CQDB chunk, by id."""
    count, table = struct.unpack_from("<II", data, at + 16)
    names = []
    for offset in struct.unpack_from(f"<{count}I", data, at + table):
        (length,) = struct.unpack_from("<I", data, at + offset + 4)  # with the final NUL
        start = at + offset + 8
        names.append(data[start : start + length - 1].decode("utf-8"))
    return names
