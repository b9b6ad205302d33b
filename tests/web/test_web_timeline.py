"""The timeline, and the drawing of a document among its relations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from by_symbol import id_of
from web_shelf import text_of

from kb.catalog.reading import Listed
from kb.library import Library
from kb.relations.network import Edge, Network
from web.network import ROW, draw

Get = Callable[[str], Any]


def listed(id_: str, day: date | None = None) -> Listed:
    return Listed(id_, f"Văn bản {id_}", f"{id_}/KH-CAT", None, None, None, day, None)


def months(page: Any) -> list[int]:
    return [int(each.split()[-1]) for each in page.xpath("//section[@class='month']/h3/text()")]


def test_documents_stand_under_their_month(corpus_get: Get) -> None:
    page = corpus_get("/dong-thoi-gian?kind=ke-hoach&year=2022")
    assert page.xpath("//h2[@class='year']/text()") == ["2022"]
    assert months(page) and months(page) == sorted(months(page), reverse=True)
    turned = corpus_get("/dong-thoi-gian?kind=ke-hoach&year=2022&sort=oldest")
    assert months(turned) == sorted(months(page))
    assert "Từ mới đến cũ" in text_of(turned)
    assert turned.xpath("//p[@class='chips']//a[contains(@href, 'dong-thoi-gian')]")


def test_pages_and_nothing(corpus_get: Get) -> None:
    first = corpus_get("/dong-thoi-gian")
    assert first.xpath("//a[@rel='next']") and not first.xpath("//a[@rel='prev']")
    assert len(first.xpath("//section[@class='month']//li")) == 50
    second = corpus_get("/dong-thoi-gian?page=2")
    assert second.xpath("//a[@rel='prev']")
    assert "Không tìm thấy" in text_of(corpus_get("/dong-thoi-gian?q=xyzzyqq"))
    assert "Dòng thời gian" in text_of(corpus_get("/?q=an+ninh"))


def test_the_drawing_joins_the_rows() -> None:
    documents = tuple(listed(name, date(2020 + n, 1, 1)) for n, name in enumerate("abc"))
    edges = (Edge("c", "replaces", "a"), Edge("b", "cites", "a"))
    drawing = draw(Network(documents, edges, 3))
    assert drawing is not None
    assert drawing.points == (ROW // 2, ROW // 2 + ROW, ROW // 2 + 2 * ROW)
    assert drawing.height == 3 * ROW and drawing.left_out == 3
    wide, near = drawing.arcs
    assert (wide.kind, near.kind) == ("ends", "mentions")
    assert wide.path.startswith(f"M{drawing.x} {drawing.points[2]}")
    assert wide.path.endswith(f" {drawing.points[0]}")
    assert wide.told == "c/KH-CAT – Thay thế: a/KH-CAT"
    xs = [int(arc.path.split("C")[1].split()[0]) for arc in drawing.arcs]
    assert 0 < xs[0] < xs[1] < drawing.x  # the farther, the wider
    assert draw(Network(documents[:2], edges[1:], 0)) is None


def test_a_document_shows_its_drawing_and_hits_their_later_issue(
    corpus: Library, corpus_get: Get
) -> None:
    page = corpus_get(f"/van-ban/{id_of(corpus, '124/2021/TT-BCA')}")
    assert "Sơ đồ theo thời gian" in text_of(page)
    assert page.xpath("//*[@class='arc ends']")
    found = corpus_get("/?q=12/KH-CAT-PV05")
    assert "có bản mới hơn: " in text_of(found)
