"""Questions: whether a query is one, what kind of answer it asks for, which of its words say only that.

The words of a question are mostly grammar, and few of them stand in the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from kb.vietnamese.analyser import Token
from kb.vietnamese.normalise import fold


class Asked(Enum):
    """What kind of answer a question wants."""

    TIME = "time"  # a day, a deadline, a duration
    NUMBER = "number"
    AGENT = "agent"  # a person, a unit, an authority
    LIST = "list"
    MEANING = "meaning"  # a definition, what an abbreviation stands for
    WAY = "way"  # papers and steps
    CONDITION = "condition"  # what has to be given: standards, requirements
    EXAMPLE = "example"  # a form to fill in, how something is to be written
    SIGNER = "signer"


@dataclass(frozen=True, slots=True)
class Question:
    """What a query asks. `empty` are the places of tokens that stand for the answer, not for a thing
    it is about: in "dân vận là gì" the last two."""

    asked: frozenset[Asked]
    empty: frozenset[int]


_MARKERS = tuple(
    tuple(words.split())
    for words in (
        *("gì", "nào", "ai", "mấy", "bao nhiêu", "ở đâu", "vì sao", "tại sao"),
        *("đúng hay sai", "hay không", "có phải"),
    )
)
WORDS = frozenset(("gì", "nào", "ai", "mấy", "đâu", "sao"))
"""What asks by itself. Documents answer: they hold these words seldom, and beside other ones."""

# Words that ask for an answer of a kind; also some without an interrogative ("thời hạn nộp hồ sơ").
_ASKING = {
    tuple(words.split()): asked
    for asked, phrases in {
        Asked.TIME: (
            *("khi nào", "bao giờ", "lúc nào", "ngày nào", "tháng nào", "năm nào", "thời gian nào"),
            *("bao lâu", "thời hạn", "hạn chót", "hạn nộp", "hạn gửi", "mấy ngày", "bao nhiêu ngày"),
            "chế độ báo cáo",  # on which days: Nghị định 09/2019, Điều 8
        ),
        Asked.NUMBER: ("bao nhiêu", "mấy", "số lượng", "tỷ lệ", "mức"),
        Asked.AGENT: (
            *("ai", "người nào", "cơ quan nào", "đơn vị nào", "cấp nào", "nơi nào"),
            *("thẩm quyền", "ở đâu"),
        ),
        Asked.LIST: (
            *("những gì", "gồm gì", "gồm những", "gồm các", "gồm có", "bao gồm", "những nội dung nào"),
            *("những loại nào", "loại nào", "các loại giấy tờ", "giấy tờ gì", "giấy tờ nào"),
        ),
        Asked.MEANING: (
            *("là gì", "nghĩa là", "là ngày gì", "ý nghĩa", "thế nào là", "khái niệm", "định nghĩa"),
            *("viết tắt của", "viết tắt là", "là viết tắt", "tên viết tắt"),
        ),
        Asked.WAY: (
            *("thế nào", "như thế nào", "ra sao", "làm sao", "cách", "quy trình", "trình tự"),
            *("thủ tục", "các bước"),
        ),
        Asked.CONDITION: (
            *("điều kiện gì", "điều kiện nào", "điều kiện thế nào", "tiêu chuẩn gì", "tiêu chuẩn nào"),
            *("tiêu chí gì", "tiêu chí nào", "yêu cầu gì", "khi nào được"),
        ),
        Asked.EXAMPLE: (
            *("cách viết", "cách ghi", "viết thế nào", "viết như thế nào", "ghi thế nào"),
            *("ghi như thế nào", "ví dụ"),
        ),
        Asked.SIGNER: ("ai ký", "người ký", "ai là người ký"),
    }.items()
    for words in phrases
}
# What asks for an answer of a kind only where a query begins with it: "tiêu chuẩn tham gia", but
# "thủ tục công nhận tiêu chuẩn" wants steps.
_LEADING = {
    tuple(words.split()): asked
    for asked, phrases in {
        Asked.CONDITION: ("điều kiện", "tiêu chuẩn", "tiêu chí", "yêu cầu"),
        Asked.EXAMPLE: ("mẫu", "biểu mẫu", "mẫu đơn", "đề cương"),
    }.items()
    for words in phrases
}
# What of these phrases is empty: the rest ("thời hạn", "gồm") stands in answers, too.
_EMPTY = frozenset(
    (
        *("gì", "nào", "ai", "mấy", "bao", "nhiêu", "giờ", "lâu", "khi", "lúc", "những", "là", "thế"),
        *("như", "sao", "ra", "làm", "ở", "đâu", "vì", "tại", "có", "phải", "hay", "không", "đúng"),
        *("sai", "của", "ý", "nghĩa"),
    )
)
# What is laid down, by law or guidance; news and reports only tell of it.
_RULES = tuple(
    tuple(phrase.split())
    for phrase in (
        *("thủ tục", "trình tự", "quy trình", "hồ sơ", "thời hạn", "thẩm quyền", "điều kiện"),
        *("tiêu chuẩn", "chế độ", "thể thức", "còn không", "còn hiệu lực"),
    )
)
# Beside the interrogative: "được định nghĩa là gì", "khái niệm X".
_DEFINING = frozenset(("được", "hiểu", "gọi", "định", "nghĩa", "khái", "niệm", "có", "là", "thì"))
_LAID_DOWN = frozenset((Asked.WAY, Asked.LIST, Asked.CONDITION, Asked.EXAMPLE))
_ANY_DOCUMENT = (("văn", "bản"), ("tài", "liệu"))
# Without accents "ai" and "mấy" are too many other words (ái, ải; may, máy).
_AMBIGUOUS = {("ai",), ("mấy",), ("mức",), ("cách",), ("mẫu",)}


def _plain(phrases: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(fold, phrase)) for phrase in phrases if phrase not in _AMBIGUOUS)


_PLAIN_MARKERS = _plain(_MARKERS)
_PLAIN_ASKING = {
    plain: _ASKING[phrase]
    for phrase in _ASKING
    if phrase not in _AMBIGUOUS
    for plain in _plain((phrase,))
}
_PLAIN_EMPTY = frozenset(map(fold, _EMPTY))
_PLAIN_LEADING = {
    tuple(map(fold, phrase)): asked for phrase, asked in _LEADING.items() if phrase not in _AMBIGUOUS
}
_PLAIN_DEFINING = frozenset(map(fold, _DEFINING))
_PLAIN_RULES, _PLAIN_ANY_DOCUMENT = _plain(_RULES), _plain(_ANY_DOCUMENT)


def is_question(tokens: Sequence[Token]) -> bool:
    """True where the tokens hold an interrogative, also in a text without any accents."""
    forms = [token.form for token in tokens]
    markers = _MARKERS if any(token.accented for token in tokens) else _PLAIN_MARKERS
    return any(True for marker in markers for _at in _places(marker, forms))


def read_question(forms: Sequence[str]) -> Question:
    """What the tokens of a query, given by their forms, ask for; nothing for most queries."""
    accented = any(fold(form) != form for form in forms)
    asking, markers = (_ASKING, _MARKERS) if accented else (_PLAIN_ASKING, _PLAIN_MARKERS)
    words_of_grammar = _EMPTY if accented else _PLAIN_EMPTY
    asked: dict[Asked, int] = {}  # with the length of the longest phrase that says so
    empty: set[int] = set()
    present = set(forms)
    for phrase in (*asking, *markers):
        if phrase[0] not in present:
            continue
        for at in _places(phrase, forms):
            places = range(at, at + len(phrase))
            empty.update(place for place in places if forms[place] in words_of_grammar)
            if phrase in asking:
                kind = asking[phrase]
                asked[kind] = max(asked.get(kind, 0), len(phrase))
    for phrase, kind in (_LEADING if accented else _PLAIN_LEADING).items():
        if tuple(forms[: len(phrase)]) == phrase:
            asked[kind] = max(asked.get(kind, 0), len(phrase))
    if forms and forms[-1] in ("không", "khong") and not {"được", "duoc"}.isdisjoint(forms):
        asked[Asked.CONDITION] = 2  # "có được … không"
    if Asked.TIME in asked and asked[Asked.TIME] > asked.get(Asked.NUMBER, 0):
        asked.pop(Asked.NUMBER, None)  # "bao nhiêu ngày" wants a time
    if Asked.MEANING in asked and asked[Asked.MEANING] >= asked.get(Asked.WAY, 0):
        asked.pop(Asked.WAY, None)  # "thế nào là" wants a definition
    if asked.get(Asked.EXAMPLE, 0) > asked.get(Asked.WAY, 0):
        asked.pop(Asked.WAY, None)  # "cách viết" wants to see it written
    return Question(frozenset(asked), frozenset(empty))


def asks_for_rules(tokens: Sequence[Token]) -> bool:
    """True where the tokens ask what is laid down: procedures, papers, deadlines, standards; how
    something is done, on which conditions, whether it is still so."""
    forms = [token.form for token in tokens]
    if not _LAID_DOWN.isdisjoint(read_question(forms).asked):
        return True
    phrases = _RULES if any(token.accented for token in tokens) else _PLAIN_RULES
    return any(True for phrase in phrases for _at in _places(phrase, forms))


def defined(tokens: Sequence[Token]) -> Sequence[Token]:
    """The thing whose meaning is asked for: in "hộ chiếu được hiểu là gì" the first two tokens.

    Nothing where no meaning is asked for, or more than one thing stands beside that.
    """
    forms = [token.form for token in tokens]
    question = read_question(forms)
    if Asked.MEANING not in question.asked:
        return ()
    grammar = _DEFINING if any(token.accented for token in tokens) else _PLAIN_DEFINING
    rest = [at for at, form in enumerate(forms) if at not in question.empty and form not in grammar]
    if not rest or rest[-1] - rest[0] >= len(rest):
        return ()
    return tokens[rest[0] : rest[-1] + 1]


def unneeded(tokens: Sequence[Token]) -> frozenset[int]:
    """Which of the tokens an answer need not hold: what only asks, and a "văn bản" in front."""
    forms = [token.form for token in tokens]
    accented = any(token.accented for token in tokens)
    leading = tuple(forms[:2]) in (_ANY_DOCUMENT if accented else _PLAIN_ANY_DOCUMENT)
    return read_question(forms).empty.union((0, 1) if leading else ())


def _places(phrase: tuple[str, ...], forms: Sequence[str]) -> Iterator[int]:
    """Where the phrase begins among the forms."""
    size = len(phrase)
    for at in range(len(forms) - size + 1):
        if forms[at] == phrase[0] and tuple(forms[at : at + size]) == phrase:
            yield at
