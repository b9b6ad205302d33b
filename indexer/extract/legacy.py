"""Text of legacy Vietnamese encodings to Unicode: by the fonts' names, then by what the words say.

A reader gives all runs of a document once, so that every font is judged by all its text, then decodes
paragraph by paragraph. Do this before any cleaning: U+00AD is the letter ư of TCVN3, and VISCII and
VPS keep letters among the control characters. In doubt a text stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from indexer.extract.legacy_fonts import FontSign, family, sign_of
from indexer.extract.legacy_statistics import (
    CONTROL_LETTERS,
    FEWEST_WORDS,
    UNICODE_LETTERS,
    accented_words,
    best_encoding,
    reading,
    tally,
)
from indexer.extract.legacy_tables import LegacyEncoding
from kb.i18n import _
from kb.vietnamese.syllables import is_syllable

_SAMPLE = 400_000  # characters a font is judged by
_CONTRADICTED = 0.5  # share of good words below which a paragraph is not what its font says


class Run(NamedTuple):
    """A stretch of text in one font, as the format's own code page shows it."""

    text: str
    font: str | None = None


class _Verdict(NamedTuple):
    """How to read the runs of a font."""

    encoding: LegacyEncoding | None
    by_name: bool = False
    capitals: bool = False
    mixed: bool = False  # some paragraphs may be in another encoding


_UNICODE = _Verdict(None)


class LegacyDecoder:
    """Decodes one document."""

    def __init__(self, runs: Iterable[Run]) -> None:
        """`runs` are all those of the document, or enough to know its fonts by."""
        texts: dict[str | None, list[str]] = {}
        lengths: Counter[str | None] = Counter()
        for text, named in runs:
            font = family(named)
            if lengths[font] < _SAMPLE and not text.isspace():
                texts.setdefault(font, []).append(text)
                lengths[font] += len(text)
        # Without a sign in its name, a font is judged with all others that have none: the same person
        # typed them, and a heading alone is too short.
        unnamed = Counter[str]()
        words = {font: accented_words(" ".join(parts)) for font, parts in texts.items()}
        for font, found in words.items():
            if sign_of(font) is None:
                unnamed.update(found)
        self._last = _named_most(words)  # encoding of the paragraph before, where fonts are wrong
        common = best_encoding(unnamed)
        doubtful = self._last is not None
        self._verdicts = {
            font: _verdict(sign_of(font), found, common, doubtful) for font, found in words.items()
        }
        self.found: Counter[str] = Counter()  # characters decoded, by the encoding's name

    @property
    def idle(self) -> bool:
        """True if nothing in the document needs decoding."""
        return all(v.encoding is None and not v.mixed for v in self._verdicts.values())

    def decode(self, runs: Sequence[Run]) -> list[str]:
        """The text of each run of a paragraph. A letter of two codes falls to the run of the first."""
        if self.idle or all(_is_plain(run.text) for run in runs):
            return [run.text for run in runs]
        decoded: list[str] = []
        # What belongs together is what is read alike: a letter's two codes may be in plain and bold.
        for _encoding, group in groupby(runs, key=lambda run: self._verdict(run)[:2]):
            together = list(group)
            mixed = any(self._verdict(run).mixed for run in together)
            verdict = self._verdict(together[0])._replace(mixed=mixed)
            decoded += self._decode_group([run.text for run in together], verdict)
        return decoded

    def printed(self, runs: Sequence[Run], decoded: Sequence[str]) -> list[str]:
        """What was decoded of the runs as their fonts show it: capitals typed small in an H font."""
        return [
            capitals(text) if self._verdict(run).capitals else text
            for run, text in zip(runs, decoded, strict=True)
        ]

    def warnings(self) -> list[str]:
        """What the reader of the document should know; call it when all is decoded."""
        return legacy_warnings(self.found)

    def _verdict(self, run: Run) -> _Verdict:
        return self._verdicts.get(family(run.font), _UNICODE)

    def _decode_group(self, texts: list[str], verdict: _Verdict) -> list[str]:
        joined = "".join(texts)
        encoding = self._encoding_of(joined, verdict)
        if encoding is None:
            return texts
        letters = (
            encoding.decode_each(joined) if verdict.by_name else _decode_doubtful(joined, encoding)
        )
        self.found[encoding.name] += sum(a != b for a, b in zip(letters, joined, strict=True))
        if encoding.capitals_by_font:
            letters = _raised(letters)
        pieces, at = [], 0
        for text in texts:
            pieces.append("".join(letters[at : at + len(text)]))
            at += len(text)
        return pieces

    def _encoding_of(self, text: str, verdict: _Verdict) -> LegacyEncoding | None:
        """The encoding of a paragraph's text in fonts of one verdict: theirs, if it does not object."""
        if not verdict.mixed and (verdict.encoding is None or not UNICODE_LETTERS.search(text)):
            return verdict.encoding
        words = accented_words(text)
        own = tally(words, verdict.encoding)
        if own.words < FEWEST_WORDS:
            # Too short to judge: as the paragraph before, if that makes better words.
            other = self._last if tally(words, self._last).share > own.share else verdict.encoding
            return None if tally(words, None).share > tally(words, other).share else other
        if own.share >= _CONTRADICTED:
            self._last = verdict.encoding
        elif (best := best_encoding(words)) is not None:
            self._last = best
        elif tally(words, None).share > own.share:
            self._last = None
        else:
            return verdict.encoding
        return self._last


def legacy_warnings(found: Counter[str]) -> list[str]:
    """The warning that tells of `found` characters by encoding; none if there are none."""
    if not found.total():
        return []
    names = ", ".join(name for name, count in found.most_common() if count)
    told = _("Đã chuyển bảng mã cũ ({names}) sang Unicode.").format(names=names)
    return [f"encoding-repaired: {told}"]


def _named_most(words: Mapping[str | None, Counter[str]]) -> LegacyEncoding | None:
    """The encoding that the names of most text's fonts stand for; None if no name says anything."""
    named: Counter[LegacyEncoding] = Counter()
    for font, found in words.items():
        sign = sign_of(font)
        if sign is not None and found:
            named[sign.encoding] += found.total()
    return named.most_common(1)[0][0] if named else None


def _verdict(
    sign: FontSign | None, words: Counter[str], common: LegacyEncoding | None, doubtful: bool
) -> _Verdict:
    """`doubtful`: the document is in a legacy encoding, so words in other fonts may be as well."""
    encoding = common if sign is None else sign.encoding
    share = tally(words, encoding)
    # A few words in doubt are foreign names and slips; more may be paragraphs from another machine.
    mixed = (sign is None and doubtful) or share.words - share.good >= FEWEST_WORDS
    by_name = sign is not None
    if by_name and share.words >= FEWEST_WORDS and share.share < _CONTRADICTED:
        # Text put into other letters by a program that left the fonts as they were.
        other = best_encoding(words)
        if other is not None or tally(words, None).share > share.share:
            encoding, by_name = other, False
    return _Verdict(encoding, by_name, sign is not None and sign.capitals, mixed)


def _is_plain(text: str) -> bool:
    """True if there is nothing to decode in `text`."""
    return text.isascii() and not CONTROL_LETTERS.search(text)


def _decode_doubtful(text: str, encoding: LegacyEncoding) -> list[str]:
    """As `decode_each`, but leaving alone the words that read well as they stand and only so."""
    letters: list[str] = []
    # Not str.isspace: VPS and VISCII have letters among what Python calls separators.
    for blank, group in groupby(text, key=" \t\n\xa0".__contains__):
        word = "".join(group)
        if blank or (reading(word, None) and not reading(word, encoding)):
            letters += word
        else:
            letters += encoding.decode_each(word)
    return letters


def capitals(text: str) -> str:
    """`text` in capitals, letter for letter."""
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)


def _raised(letters: list[str]) -> list[str]:
    """Capitals for the small accented letters among capitals, which have no codes of their own.

    A word of two ASCII capitals and no ASCII small letter is one in capitals (`NGHIệP`). Where such
    words stand and no others of two ASCII letters do, so are those of one (`Ký` in `ĐăNG Ký`).
    """
    if not any(map(str.isupper, letters)):
        return letters
    words: list[tuple[bool, list[str]]] = [
        (letter, list(group))
        for letter, group in groupby(letters, key=lambda c: c == "" or c.isalpha())
    ]
    shapes = {_shape("".join(word)) for is_word, word in words if is_word}
    raised_shapes = {"typed"}
    if "typed" in shapes and "small" not in shapes:
        raised_shapes.add("single")
    return [
        capitals(letter) if is_word and _shape("".join(word)) in raised_shapes else letter
        for is_word, word in words
        for letter in word
    ]


def _shape(word: str) -> str:
    """typed: in capitals, but for accented letters perhaps; single: one ASCII letter, a capital."""
    ascii_letters = "".join(c for c in word if c.isascii())
    if not word.isascii() and word.isupper() and len(ascii_letters) >= 2 and is_syllable(word):
        return "typed"  # ĐĂNG, but not TSCĐ
    if any(map(str.islower, ascii_letters)):
        return "small" if len(ascii_letters) >= 2 else ""
    if not ascii_letters or not any(map(str.islower, word)):
        return ""
    return "typed" if len(ascii_letters) >= 2 else "single"
