"""From a search and the engine's arithmetic to an explanation in words."""

from __future__ import annotations

from kb.engines.explanation import Explanation, explain
from kb.engines.port import All, Phrase, Query
from kb.explaining.explained import Explained, Part
from kb.explaining.requirements import requirements
from kb.explaining.wording import Wording, field_label, leaves
from kb.finding import Finder, Page
from kb.i18n import _
from kb.results import SearchRequest, relaxed_text


def explain_document(finder: Finder, request: SearchRequest, document_id: str, title: str) -> Explained:
    """Explain a document the principal may see."""
    found = finder.find(request, Page(limit=max(finder.engine.count(), 1)))
    ranks = {hit.id: rank for rank, hit in enumerate(found.result.hits, 1)}
    wording = Wording(finder.label)
    tree = explain(finder.engine, found.query, document_id)
    return Explained(
        request=request,
        id=document_id,
        title=title,
        rank=ranks.get(document_id),
        total=found.result.total,
        score=tree.contribution,
        relaxed=relaxed_text(found.relaxations),
        understood=found.understood,
        requirements=tuple(requirements(tree, wording)),
        parts=tuple(_parts(tree, wording)),
        tree=tree,
    )


def _parts(tree: Explanation, wording: Wording) -> list[Part]:
    items: dict[tuple[str | None, str], dict[str, float]] = {}
    for node in tree.scoring():
        if node.contribution:
            leaf = next(leaves(node.query))
            field = getattr(leaf, "field", None)
            texts = items.setdefault((field, _kind_of_match(leaf, field)), {})
            text = wording.text(node.query, labelled=False)
            texts[text] = texts.get(text, 0.0) + node.contribution
    parts = [
        Part(field, label, sum(texts.values()), tuple(sorted(texts.items(), key=lambda i: -i[1])))
        for (field, label), texts in items.items()
    ]
    return sorted(parts, key=lambda part: -part.score)


def _kind_of_match(leaf: Query, field: str | None) -> str:
    if field is None:
        return _("Mọi văn bản") if isinstance(leaf, All) else _("Mã văn bản")
    label = field_label(field)
    return _("{field}, liền nhau").format(field=label) if isinstance(leaf, Phrase) else label
