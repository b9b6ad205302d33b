"""What documents say of each other, and whether they are in force, on the pages; over corpus/."""

from __future__ import annotations

from web_shelf import Get, text_of

from kb.access import PUBLIC
from kb.library import Library
from kb.results import SearchRequest

OLD, NEW = "23/2012/TT-BCA", "124/2021/TT-BCA"


def page_of(library: Library, symbol: str) -> str:
    """The address of the document that has the symbol."""
    hit = library.search(SearchRequest(symbol), PUBLIC).hits[0]
    assert hit.symbol == symbol
    return f"/van-ban/{hit.id}"


def test_a_state_is_told_with_its_proof(corpus: Library, corpus_get: Get) -> None:
    page = corpus_get(page_of(corpus, OLD))
    (proof,) = page.find_class("proof")
    assert text_of(proof) == f"Hết hiệu lực bị thay thế {NEW} (từ 15/02/2022)"
    address = proof.xpath(".//a/@href")[0]
    assert address.split("?")[0] == page_of(corpus, NEW)
    there = corpus_get(address)  # where it says so
    assert "thay thế Thông tư số 23/2012/TT-BCA" in text_of(there.find_class("wanted")[0])


def test_links_go_both_ways_and_tell_what_is_not_here(corpus: Library, corpus_get: Get) -> None:
    panel = corpus_get(page_of(corpus, NEW)).get_element_by_id("lien-quan")
    groups = {text_of(each.find(".//h3")): each for each in panel.find_class("relation")}
    assert page_of(corpus, OLD) in groups["Thay thế"].xpath(".//a/@href")
    assert "Là căn cứ của" in groups
    panel = corpus_get(page_of(corpus, OLD)).get_element_by_id("lien-quan")
    assert "09-CT/TW" in text_of(panel)


def test_a_hit_that_no_longer_holds_names_what_took_its_place(corpus: Library, corpus_get: Get) -> None:
    page = corpus_get("/?q=23%2F2012%2FTT-BCA")
    links = {text_of(a): a.get("href") for a in page.xpath("//p[@class='meta']//a")}
    assert links[f"nay là {NEW}"].split("?")[0] == page_of(corpus, NEW)


def test_in_english(corpus: Library, corpus_get: Get) -> None:
    page = corpus_get(page_of(corpus, OLD) + "?lang=en")
    assert text_of(page.find_class("proof")[0]).startswith("No longer in force replaced")
    assert "Replaced by" in text_of(page.get_element_by_id("lien-quan"))


def test_the_state_is_a_facet_and_a_filter(corpus: Library, corpus_get: Get) -> None:
    page = corpus_get("/?q=th%C3%B4ng+t%C6%B0&validity=het-hieu-luc")
    states = {text_of(each) for each in page.xpath("//li//*[contains(@class, 'state ')]")}
    assert states == {"Hết hiệu lực"}
    assert "validity=con-hieu-luc" in " ".join(page.xpath("//aside//a/@href"))
