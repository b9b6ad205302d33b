"""The pages, as a browser without JavaScript sees them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, quote, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html
from web_fake_library import FakeLibrary
from web_shelf import Get, Shelf

from kb.errors import IndexMissing
from kb.model import Span
from kb.query.ast import Repair
from kb.results import Relaxation, Understood


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def by_class(page: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    return page.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def link(page: html.HtmlElement, words: str) -> str:
    """The address of the first link whose text holds the words."""
    return next(a.get("href") for a in page.iter("a") if words in text(a))


def titles(page: html.HtmlElement) -> list[str]:
    return [text(a) for a in by_class(page, "hit-link")]


# ---------------------------------------------------------------- start page


def test_the_start_page_offers_ways_in(get: Get) -> None:
    page = get("/")
    assert text(page.find(".//h1")) == "Tìm trong 39 văn bản"
    assert len(by_class(page, "cards")[0].findall("li")) == 6
    assert [text(h) for h in page.xpath("//h2[starts-with(@id, 'facet-')]")] == [
        "Năm",
        "Loại văn bản",
        "Chủ đề",
        "Đơn vị",
        "Định dạng",
    ]
    assert "36/BC-CAT" in text(by_class(page, "examples")[0])  # a real symbol as an example


def test_every_link_of_the_start_page_leads_somewhere(get: Get, client: FlaskClient) -> None:
    for address in {a.get("href") for a in get("/").iter("a")}:
        assert client.get(urljoin("/", address)).status_code == 200, address


def test_an_empty_library_says_what_to_do(fake_get: Get, fake: FakeLibrary) -> None:
    fake.documents = []
    assert "kb add" in text(fake_get("/"))


# ---------------------------------------------------------------- results


def test_results(get: Get) -> None:
    page = get("/?q=" + quote("ngày hội"))
    assert "38 văn bản cho ngày hội" in text(page.find(".//h1"))
    assert len(titles(page)) == 10
    card = by_class(page, "hit")[0]
    for part in ("Kế hoạch", "12/KH-CAT-PV05", "15/06/2022", "Công an tỉnh Hà Tĩnh", "Trang 1"):
        assert part in text(card)
    assert "/srv" not in html.tostring(page, encoding="unicode")
    assert text(card.find(".//mark[2]")) and page.xpath("//input[@name='q']/@value") == ["ngày hội"]


def test_dates_nobody_knows_are_said_to_be_unknown(get: Get) -> None:
    page = get("/?q=" + quote("tái thành lập đội"))
    assert "04/8, không rõ năm" in text(by_class(page, "meta")[0])
    assert "không rõ ngày" in text(by_class(get("/?q=" + "script"), "meta")[0])


def test_a_facet_is_a_link_that_can_be_taken_back(get: Get) -> None:
    page = get("/?q=" + quote("ngày hội") + "&page=2")
    address = link(by_class(page, "filters")[0], "Báo cáo")
    assert parse_qs(urlsplit(address).query) == {"q": ["ngày hội"], "kind": ["bao-cao"]}
    filtered = get(address)
    assert "36 văn bản" in text(filtered.find(".//h1"))
    chip = by_class(filtered, "chip")[0]
    assert "Loại văn bản: Báo cáo" in text(chip)
    assert chip.get("href") == "/?" + "q=ng%C3%A0y+h%E1%BB%99i"


def test_filters_of_one_kind_add_up(get: Get) -> None:
    page = get("/?kind=bao-cao&kind=ke-hoach")
    assert "37 văn bản" in text(page.find(".//h1"))
    assert len(by_class(page, "chip")) == 2
    assert "Bỏ tất cả bộ lọc" in text(page)


def test_sub_topics_open_under_their_topic(get: Get) -> None:
    closed, opened = get("/?q=phong"), get("/?q=phong&topic=phong-trao")

    def children(page: html.HtmlElement) -> int:
        return len(by_class(page, "child"))

    assert (children(closed), children(opened)) == (0, 1)


def test_year_bars(get: Get) -> None:
    page = get("/?q=" + quote("ngày hội"))
    bars = by_class(page, "bars")[0].findall("li")
    assert [text(by_class(bar, "sr")[-1]) for bar in bars][-2:] == [
        "2022: 4 văn bản",
        "2023: 3 văn bản",
    ]
    assert "year=2022" in bars[-2].find("a").get("href")
    assert "h20" in bars[-2].find("a/span[2]").get("class")


def test_a_date_range(get: Get) -> None:
    page = get("/?q=" + quote("ngày hội") + "&from=2022&to=06/2022")
    assert "01/01/2022 – 30/06/2022" in text(by_class(page, "chips")[0])
    assert page.xpath("//input[@name='from']/@value") == ["2022"]
    assert page.xpath("//input[@name='to']/@value") == ["30/06/2022"]
    assert page.xpath("//input[@name='to']/@form") == ["search"]
    assert "3 văn bản" in text(page.find(".//h1"))


def test_sorting(get: Get) -> None:
    query = "/?q=" + quote("báo cáo")
    newest = titles(get(link(get(query), "Mới nhất")))
    oldest = titles(get(link(get(query), "Cũ nhất")))
    assert "2023" in newest[0] and "2012" in oldest[0]


def test_paging(get: Get) -> None:
    page, seen = get("/?q=" + quote("ngày hội")), []
    while True:
        seen += titles(page)
        following = page.xpath("//a[@rel='next']/@href")
        if not following:
            break
        page = get(following[0])
    assert len(seen) == len(set(seen)) == 38
    assert by_class(page, "hits")[0].get("start") == "31"
    assert page.xpath("//a[@rel='prev']/@href")[0].endswith("page=3")


def test_a_page_too_far_leads_back(get: Get) -> None:
    page = get("/?q=" + quote("ngày hội") + "&page=40")
    assert "Không có trang 40: kết quả chỉ có 4 trang" in text(page)
    assert "page" not in link(page, "Về trang đầu")


def test_notices_are_shown(get: Get) -> None:
    assert "Không hiểu ngày “mai”" in text(get("/?q=a&from=mai"))


def test_nothing_found_helps(get: Get) -> None:
    page = get("/?q=" + quote('"tàu vũ trụ"') + "&kind=ke-hoach&year=2020")
    advice = by_class(page, "nothing")[0]
    assert "Không tìm thấy" in text(page.find(".//h1"))
    for words in ("Bỏ tất cả bộ lọc", "Bỏ bộ lọc Năm: 2020", "Tìm không dấu: tau vu tru", "12/KH-CAT"):
        assert words in text(advice)
    assert "year" not in link(advice, "Bỏ bộ lọc Năm")


def test_the_way_back_from_keystrokes(fake_get: Get, fake: FakeLibrary) -> None:
    read = Repair("keystrokes", "Đã đọc phím gõ Telex/VNI: “phong trào”.", Span(9, 20))
    fake.change = lambda results: replace(results, repairs=(read,))
    page = fake_get("/?kind=ke-hoach&q=" + quote("ngày hội phong trafo xã"))
    back = parse_qs(urlsplit(link(by_class(page, "notice")[0], "Tìm đúng như đã gõ")).query)
    assert back == {"q": ['ngày hội "phong trafo" xã'], "kind": ["ke-hoach"]}
    assert "Tìm đúng như đã gõ" not in text(fake_get("/?q=" + quote('ngày hội "phong trafo" xã')))


def test_what_was_understood_is_shown(fake_get: Get, fake: FakeLibrary) -> None:
    fake.change = lambda results: replace(
        results,
        repairs=(Repair("unclosed-quote", "Thiếu dấu ngoặc kép đóng.", Span(0, 1)),),
        relaxations=(Relaxation("words", "Chỉ tìm được khi bỏ bớt từ."),),
        suggestion="phong trào",
        understood=(
            Understood("kind", "kế hoạch", "ke-hoach", filters=(("kind", "ke-hoach"),)),
            Understood("symbol", "12", "12/KH"),
        ),
    )
    page = fake_get("/?q=" + quote("ngày hội"))
    assert "Đã hiểu lại câu hỏi: Thiếu dấu ngoặc kép đóng." in text(page)
    assert "Chỉ tìm được khi bỏ bớt từ." in text(page)
    assert parse_qs(urlsplit(link(by_class(page, "suggestion")[0], "phong trào")).query)["q"] == [
        "phong trào"
    ]
    chips = by_class(page, "understood")[0]
    assert "kind=ke-hoach" in link(chips, "Kế hoạch")
    assert "Số, ký hiệu: 12/KH" in text(chips)


# ---------------------------------------------------------------- document


def test_the_document_page(get: Get, shelf: Shelf) -> None:
    page = get(shelf.plan)
    assert text(page.find(".//h1")).startswith("Kế hoạch tổ chức Ngày hội")
    about = " ".join(" ".join(by_class(page, "about")[0].itertext()).split())
    for part in (
        "Số, ký hiệu 12/KH-CAT-PV05",
        "Ngày ban hành 15/06/2022",
        "Hà Tĩnh, ngày 15 tháng 6 năm 2022",  # the evidence
        "độ tin cậy 97%",
        "Nguyễn Văn A",
        "cần kiểm tra",
        "năm 2022",
        "Căn cứ 1 521/QĐ-TTg 13/06/2005",
        "Thực hiện 1 06/CT-BCA-V05",
        "ke-hoach-ngay-hoi-2022.pdf",
        "Phiên bản 1/1",
        "Chất lượng chữ 99%",
    ):
        assert part in about, part
    assert "/srv" not in html.tostring(page, encoding="unicode")
    assert page.xpath("//section[@id='trang-2']")
    assert not page.xpath("//mark")
    assert not by_class(page, "back")


def test_links_inside_a_document_lead_to_anchors(get: Get, shelf: Shelf) -> None:
    page = get(shelf.plan + "?q=" + quote("ngày hội"))
    anchors = set(page.xpath("//@id"))
    inside = [a.get("href")[1:] for a in page.iter("a") if a.get("href", "").startswith("#")]
    assert len(inside) > 10 and set(inside) <= anchors
    assert len(anchors) == len(page.xpath("//@id"))  # no id twice


def test_evidence_names_the_place(get: Get, shelf: Shelf) -> None:
    page = get(shelf.plan)
    (there,) = [a for a in by_class(page, "there") if "521/QĐ-TTg" in a.get("title")]
    anchor = there.get("href")[1:]
    assert text(page.get_element_by_id(anchor)).startswith("Căn cứ Quyết định số 521/QĐ-TTg")


def test_hits_are_marked_and_can_be_stepped_through(get: Get, shelf: Shelf) -> None:
    page, steps = get(shelf.plan + "?q=" + quote("ngày hội")), []
    while True:
        (current,) = page.xpath("//mark[@id='cho-nay']")
        steps.append(int(current.get("data-hit")))
        assert text(by_class(page, "position")[0]) == f"{steps[-1]}/7"
        following = page.xpath("//a[@id='hit-next']/@href")
        if not following:
            break
        assert following[0].endswith("#cho-nay")
        page = get(following[0])
    assert steps == list(range(1, 8))
    assert len(page.xpath("//mark[@data-hit]")) == 7
    assert "Theo trang: 1 (5) 2 (2)" in text(page.get_element_by_id("hitbar"))


def test_a_place_without_a_hit_is_shown_too(get: Get, shelf: Shelf) -> None:
    offset = shelf.documents[0].text.index("III. TỔ CHỨC")
    page = get(f"{shelf.plan}?q={quote('ngày hội')}&at={offset}")
    (wanted,) = by_class(page, "wanted")
    assert text(wanted) == "III. TỔ CHỨC THỰC HIỆN"
    assert page.get_element_by_id("cho-nay").getnext() is wanted


def test_finding_inside_keeps_the_way_back(get: Get, shelf: Shelf) -> None:
    page = get(shelf.plan + "?q=" + quote("ngày hội") + "&kind=ke-hoach&find=camera")
    assert page.xpath("//mark/text()") == ["Camera"]
    back = link(page, "Về kết quả tìm")
    assert parse_qs(urlsplit(back).query) == {"q": ["ngày hội"], "kind": ["ke-hoach"]}


def test_words_that_are_not_there_are_said_to_be_missing(get: Get, shelf: Shelf) -> None:
    assert "không chứa các từ" in text(get(shelf.plan + "?find=xyzzy"))


def test_poor_text_and_warnings_are_told(get: Get, shelf: Shelf) -> None:
    page = text(get(shelf.hostile))
    assert "Chất lượng chữ khoảng 60%" in page and "Cảnh báo" in page


@pytest.mark.parametrize(
    ("number", "mime"),
    [(0, "application/pdf"), (1, "text/html; charset=utf-8"), (3, "text/plain; charset=utf-8")],
)
def test_the_original_is_a_download(client: FlaskClient, number: int, mime: str, shelf: Shelf) -> None:
    response = client.get(f"/van-ban/{shelf.ids[number]}/tap-goc")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == mime
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert response.data.decode() == shelf.documents[number].text


def test_a_vanished_original_is_a_clear_error(fake_client: FlaskClient) -> None:
    response = fake_client.get("/van-ban/d0/tap-goc")  # its folder is empty
    assert response.status_code == 404
    assert "Tệp gốc không còn" in response.get_data(as_text=True)


# ---------------------------------------------------------------- the other pages


def test_the_status_page(get: Get) -> None:
    page = get("/tinh-trang")
    assert [text(d) for d in by_class(page, "figures")[0].iter("dd")] == ["39", "39", "0", "2"]
    assert [text(cell) for cell in page.xpath("//tbody/tr[2]/*")] == [
        "ban-quet.pdf",
        "Tệp chỉ có ảnh quét, không có chữ.",
        "Nhận dạng chữ (OCR) rồi thêm lại.",
    ]
    assert "kb reindex" in text(page)


def test_health(client: FlaskClient, fake_client: FlaskClient, fake: FakeLibrary) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    fake.fails = IndexMissing("Chưa có chỉ mục ở /srv/kho/index.")
    assert fake_client.get("/healthz").status_code == 200
    answer = fake_client.get("/readyz")
    assert answer.status_code == 503 and "/srv" not in answer.get_data(as_text=True)
    response = client.get("/readyz")
    assert response.get_json() == {
        "status": "ok",
        "engine": "tantivy",
        "documents": 39,
        "indexed": 39,
        "pending": 0,
    }


def test_metrics_count_requests_and_tell_nothing_of_them(client: FlaskClient) -> None:
    client.get("/?q=xyzzy")
    client.get("/khong-co")
    told = client.get("/metrics")
    assert told.content_type.startswith("text/plain")
    lines = told.get_data(as_text=True).splitlines()
    assert "tracuu_documents 39.0" in lines and "tracuu_ready 1.0" in lines
    assert any(
        line.startswith('tracuu_requests_total{route="search.index",status="200"}') for line in lines
    )
    assert any(line.startswith('tracuu_requests_total{route="none",status="404"}') for line in lines)
    assert not any("xyzzy" in line for line in lines)


def test_how_to_search_has_examples_that_run(get: Get, client: FlaskClient) -> None:
    addresses = [a.get("href") for a in by_class(get("/cach-tim"), "query")]
    assert len(addresses) > 12
    assert {client.get(address).status_code for address in addresses} == {200}


def test_the_icon_and_the_files_of_the_page(client: FlaskClient, get: Get) -> None:
    assert client.get("/favicon.ico").mimetype == "image/svg+xml"
    page = get("/")
    for address in page.xpath("//link/@href | //script/@src | //img/@src"):
        response = client.get(address)
        assert response.status_code == 200
        assert "max-age=31536000" in response.headers["Cache-Control"]


def test_own_style_and_script_stay_small() -> None:
    static = Path(__file__).parents[2] / "web" / "static"
    assert (static / "app.css").stat().st_size < 40_000
    assert sum(file.stat().st_size for file in static.iterdir()) < 100_000


def test_no_address_points_outside() -> None:
    web = Path(__file__).parents[2] / "web"
    served = [file for file in web.glob("static/*") if file.suffix in (".css", ".js", ".svg")]
    assert len(served) > 4
    for file in (*web.glob("templates/*"), *served):
        addresses = re.findall(r"(?:https?:)?//[\w.-]+\.\w+", file.read_text("utf-8"))
        assert set(addresses) <= {"http://www.w3.org"}, file


def test_pages_have_landmarks_and_labels(get: Get, shelf: Shelf) -> None:
    for address in ("/", "/?q=phong", shelf.plan, "/tinh-trang", "/cach-tim"):
        page = get(address)
        assert page.xpath("count(//main)") == 1 == page.xpath("count(//h1)")
        assert page.xpath("//html/@lang") == ["vi"]
        assert page.xpath("//a[@class='skip']/@href") == ["#noi-dung"]
        for field in page.xpath("//input[not(@type='hidden')]"):
            named = page.xpath("//label[@for=$id]", id=field.get("id")) or field.xpath(
                "ancestor::label"
            )
            assert named, (address, field.get("name"))
        for image in page.iter("img"):
            assert image.get("alt") is not None
        for element in page.iter():
            assert not [a for a in element.attrib if a == "style" or a.startswith("on")]


def test_a_kind_is_left_out_and_let_in_again(get: Get) -> None:
    everything, reports = get("/?q=phong"), get("/?q=phong&kind=bao-cao")
    page = get("/?q=phong&not=kind:bao-cao")
    count = [int(text(each.find(".//h1")).split()[0]) for each in (everything, reports, page)]
    assert count[0] == count[1] + count[2]
    (chip,) = by_class(page, "chip")[:1]
    assert "Trừ Loại văn bản" in text(chip)
    assert "not=" not in chip.get("href")
    assert "Báo cáo" in text(by_class(page, "out")[0])  # still there, to be let in again
    assert "not=" not in by_class(page, "set")[0].get("href")


def test_a_format_is_chosen(get: Get) -> None:
    page = get("/?q=phong&format=txt")
    assert by_class(page, "hit")
    assert all("TXT" in text(file) for file in by_class(page, "file"))
    assert not by_class(get("/?q=phong&format=docx"), "hit")


def test_a_dense_list_has_no_passages(get: Get) -> None:
    page = get("/?q=phong&view=list")
    assert by_class(page, "hit") and not by_class(page, "passage")
    assert all("view=list" in a.get("href") for a in by_class(page, "not"))


@pytest.mark.parametrize("wrong", ["not=kind", "not=label:internal", "not=:x", "not=x:"])
def test_an_exclusion_that_makes_no_sense_is_told(get: Get, wrong: str) -> None:
    assert "Bỏ qua giá trị lọc" in text(by_class(get(f"/?q=phong&{wrong}"), "notices")[0])
