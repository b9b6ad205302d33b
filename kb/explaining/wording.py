"""What to call the nodes of a logical query, and the fields of the index, in front of a user."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kb.engines.fields import BY_NAME
from kb.engines.port import (
    AnyOf,
    Bool,
    Boost,
    Constant,
    DisMax,
    Ids,
    Nothing,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)
from kb.i18n import N_, _
from kb.vietnamese.normalise import fold

NAMED = 3  # alternatives of one thing that are named
LABELS = {
    "title_syllable": N_("Tiêu đề, âm tiết"),
    "title_fold": N_("Tiêu đề, âm tiết không dấu"),
    "title_word": N_("Tiêu đề, từ"),
    "title_pair": N_("Tiêu đề, cặp âm tiết"),
    "body_syllable": N_("Nội dung, âm tiết"),
    "body_fold": N_("Nội dung, âm tiết không dấu"),
    "body_word": N_("Nội dung, từ"),
    "body_pair": N_("Nội dung, cặp âm tiết"),
    "lead_syllable": N_("Phần đầu, âm tiết"),
    "lead_word": N_("Phần đầu, từ"),
    "lead_pair": N_("Phần đầu, cặp âm tiết"),
    "phrase": N_("Cụm từ trong tiêu đề"),
    "accents": N_("Dấu của âm tiết"),
    "bare": N_("Đoạn gõ không dấu"),
    "kind": N_("Loại"),
    "unit": N_("Đơn vị"),
    "topic": N_("Chủ đề"),
    "year": N_("Năm"),
    "month": N_("Tháng"),
    "validity": N_("Hiệu lực"),
    "format": N_("Định dạng"),
    "symbol": N_("Số, ký hiệu"),
    "cites": N_("Văn bản được viện dẫn"),
    "label": N_("Quyền xem"),
    "date": N_("Ngày"),
    "covers_from": N_("Kỳ nói tới, từ ngày"),
    "covers_to": N_("Kỳ nói tới, đến ngày"),
}


def field_label(name: str) -> str:
    """The label of an index field; its name where it has none."""
    return _(LABELS[name]) if name in LABELS else name


@dataclass(frozen=True, slots=True)
class Wording:
    """Names nodes; `label` gives the label of a value of a keyword field."""

    label: Callable[[str, str], str]

    def text(self, query: Query, *, labelled: bool = True) -> str:
        """What a node asks for: its words, for other fields with the name of the field before them."""
        if isinstance(query, Constant):
            return self.text(query.child, labelled=labelled)
        if isinstance(query, Bool) and query == Bool(must_not=query.must_not):
            unwanted = ", ".join(self.text(each, labelled=labelled) for each in query.must_not)
            return _("không {text}").format(text=unwanted)
        texts: dict[str, str] = {}
        for leaf in leaves(query):
            text = self._leaf_text(leaf, labelled=labelled)
            texts.setdefault(fold(text), text)
        named = list(texts.values())
        return " / ".join(named[:NAMED]) + (" …" if len(named) > NAMED else "")

    def _leaf_text(self, leaf: Query, *, labelled: bool) -> str:
        match leaf:
            case Term(field=field, token=token):
                values = [token]
            case Phrase(field=field, tokens=tokens):
                values = [" ".join(tokens)]
            case Prefix(field=field, prefix=prefix):
                values = [f"{prefix}*"]
            case AnyOf(field=field, tokens=tokens):
                values = list(tokens)
            case Range(field=field, low=low, high=high):
                values = [f"{_day(low)}–{_day(high)}"]
            case Ids(ids=ids):
                return _("mã {ids}").format(ids=", ".join(ids))
            case Nothing():
                return _("không văn bản nào")
            case _:
                return _("mọi văn bản")
        text_field = BY_NAME[field].kind == "text"
        shown = ", ".join(v.replace("_", " ") if text_field else self.label(field, v) for v in values)
        return shown if text_field or not labelled else f"{field_label(field)}: {shown}"


def leaves(query: Query) -> Iterator[Query]:
    """The leaves below a node that say what it asks for, in order."""
    match query:
        case Bool():
            wanted = (*query.must, *query.should, *query.filter)
            for child in wanted or query.must_not:
                yield from leaves(child)
        case DisMax():
            for child in query.children:
                yield from leaves(child)
        case Boost() | Constant():
            yield from leaves(query.child)
        case _:
            yield query


def _day(number: int | None) -> str:
    if number is None:
        return "…"
    return f"{number % 100:02d}/{number // 100 % 100:02d}/{number // 10_000}"
