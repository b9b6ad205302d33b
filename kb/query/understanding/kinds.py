"""Kinds of documents among the plain words: "kế hoạch ...", "kh ...", "... công điện ..."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kb.model import Span
from kb.query.understanding import clauses
from kb.query.understanding.phrases import Phrases
from kb.query.understanding.recognised import Recognised, overlaps
from kb.query.understanding.runs import Run
from kb.results import Understood
from kb.vietnamese import kinds
from kb.vietnamese.analyser import Token

# At the start of a query every kind is one. Further on only these: the others are verbs and common
# words as well ("theo quy định", "đã quyết định", "hướng dẫn người dân").
FIRM = frozenset(
    ("ke-hoach", "bao-cao", "chi-thi", "nghi-quyet", "nghi-quyet-lien-tich", "nghi-dinh", "thong-tu",
     "thong-tu-lien-tich", "to-trinh", "cong-dien", "cong-van", "quy-che", "thong-tri")
)  # fmt: skip
# What may stand before the kind at the start of a query.
_BEFORE = frozenset(("cac", "nhung", "ban", "tim", "xem", "cho", "toi", "ve", "mot"))
# "Chế độ báo cáo", "mẫu báo cáo" and "báo cáo viên" are no reports, "cơ quan báo cáo" reports.
_NOT_AFTER = frozenset(("do", "mau", "cuong", "phai", "duoc", "gui", "quan"))
_NOT_BEFORE = frozenset(("vien", "su"))
# "Quy định về ..." asks for what is regulated, by a document of whatever kind.
_ASKS = frozenset(("quy-dinh",))
_ASKED_WITH = frozenset(("ve", "cua", "gi", "nao"))
# Codes typed at the start in any case; others only in capitals. "tt" and "ct" mean too much.
_CODES = frozenset(("kh", "bc", "qd", "cv", "nq", "nd"))
_RELATED = {"bao-cao": (kinds.NEWS,)}  # news tells what was reported


def kinds_named(run: Run, taken: Sequence[Span]) -> Iterator[Recognised]:
    """The kinds a run names outside of `taken`, in order, each once."""
    words, told = run.tokens, set()
    start = 0
    while start < len(words) and words[start].fold in _BEFORE and _names().at(words, start) is None:
        start += 1
    code = _code(run, start)
    found = [*([(code, start, start + 1)] if code else []), *_names().find(words)]
    for kind, first, after in found:
        span = run.span(words[first].start, words[after - 1].end)
        if kind in told or overlaps(span, taken):
            continue
        if (first == start or kind in FIRM) and _is_noun(kind, words, first, after):
            told.add(kind)
            yield _recognised(run, kind, span)


def _is_noun(kind: str, words: Sequence[Token], first: int, after: int) -> bool:
    before = words[first - 1].fold if first else ""
    behind = words[after].fold if after < len(words) else ""
    if kind in _ASKS and behind in _ASKED_WITH:
        return False
    return before not in _NOT_AFTER and behind not in _NOT_BEFORE


def _code(run: Run, start: int) -> str | None:
    """The kind whose code stands at the start: "KH ngày hội", "kh ngay hoi"."""
    if len(run.tokens) < start + 2:
        return None
    token = run.tokens[start]
    written = run.text[token.start : token.end]
    kind = kinds.by_code(written if written != written.lower() else written.upper())
    if kind is None and token.fold in _CODES:  # "qd", "nd" for QĐ and NĐ
        kind = next(iter(kinds.by_code_folded(written)), None)
    if kind is None or len(written) < 2:
        return None
    shouted = not any(character.islower() for character in run.text)
    return kind.id if token.fold in _CODES or (written[:2].isupper() and not shouted) else None


def _recognised(run: Run, kind: str, span: Span) -> Recognised:
    ranks, stands_for = clauses.kind((kind, *_RELATED.get(kind, ())))
    written = run.text[span.start - run.start : span.end - run.start]
    told = Understood(
        "kind",
        written,
        kind,
        label=kinds.label(kind),
        span=span,
        filters=(("kind", kind),),
        soft=True,
    )
    return Recognised(told, ranks, stands_for)


@lru_cache(maxsize=1)
def _names() -> Phrases:
    return Phrases(
        (name, kind.id)
        for kind in kinds.all()
        if kind.id != kinds.OTHER
        for name in (kind.name, *kind.aliases)
        if name != "Tin"  # "tin báo tội phạm", "tin nhắn"
    )
