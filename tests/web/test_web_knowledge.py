"""Glossary, figures, chains and comparisons on the pages; over corpus/."""

from __future__ import annotations

import io

import openpyxl
from by_symbol import id_of
from flask.testing import FlaskClient
from web_shelf import Get, text_of

from kb.library import Library

PLAN, NEXT_PLAN = "12/KH-CAT-PV05", "19/KH-CAT-PV05"


def test_the_glossary_by_letter_and_by_word(corpus_get: Get) -> None:
    page = corpus_get("/thuat-ngu")
    letters = [text_of(a) for a in page.find_class("letters")[0]]
    assert letters[0] == "A" and "Đ" in letters
    page = corpus_get("/thuat-ngu?tim=van+dong+quan+chung")
    terms = text_of(page.find_class("terms")[0])
    assert "việc tuyên truyền, giáo dục" in terms and "06/2014/NĐ-CP" in terms
    assert "Không có thuật ngữ" in text_of(corpus_get("/thuat-ngu?tim=xyzzy"))


def test_a_definition_leads_to_its_place(corpus_get: Get) -> None:
    page = corpus_get("/thuat-ngu?tim=van+dong+quan+chung")
    address = next(a for a in page.xpath("//dl//a/@href") if a.startswith("/van-ban/"))
    (there,) = corpus_get(address).find_class("wanted")
    assert text_of(there).startswith("1. Vận động quần chúng là")


def test_figures_beside_a_report_and_as_a_file(
    corpus: Library, corpus_get: Get, corpus_client: FlaskClient
) -> None:
    report = id_of(corpus, "145/BC-V28")
    panel = corpus_get(f"/van-ban/{report}").get_element_by_id("so-lieu")
    assert "38.400 buổi tuyên truyền" in text_of(panel)
    response = corpus_client.get(f"/van-ban/{report}/so-lieu.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(response.data)).active.iter_rows(values_only=True))
    assert (38400, "buổi") in [(row[3], row[5]) for row in rows]
    response = corpus_client.get(f"/van-ban/{report}/so-lieu.csv?lang=en")
    assert response.get_data(as_text=True).startswith("\ufeffDocument")
    assert corpus_client.get("/van-ban/ffffffffffff/so-lieu.csv").status_code == 404
    assert corpus_client.get(f"/van-ban/{report}/so-lieu.exe").status_code == 404


def test_a_chain_and_the_other_years(corpus: Library, corpus_get: Get) -> None:
    page = corpus_get(f"/van-ban/{id_of(corpus, PLAN)}")
    chain = text_of(page.get_element_by_id("chuoi"))
    assert chain.index("09-CT/TW") < chain.index("06/CT-BCA-V05") < chain.index("văn bản này")
    assert chain.index("văn bản này") < chain.index("21/KH-BCĐ") < chain.index("34/BC-BCĐ")
    years = page.get_element_by_id("cac-nam")
    address = next(a for a in years.xpath(".//a/@href") if "so-sanh" in a)
    assert address == f"/van-ban/{id_of(corpus, NEXT_PLAN)}/so-sanh/{id_of(corpus, PLAN)}"


def test_two_documents_compared(corpus: Library, corpus_get: Get, corpus_client: FlaskClient) -> None:
    old, new = id_of(corpus, PLAN), id_of(corpus, NEXT_PLAN)
    page = corpus_get(f"/van-ban/{new}/so-sanh/{old}")
    changes = page.find_class("changes")[0]
    assert any("dành ít nhất 30 phút" in text_of(each) for each in changes.find_class("added"))
    assert changes.find_class("dropped") and changes.xpath(".//p[@class='changed']//del")
    assert corpus_client.get(f"/van-ban/{new}/so-sanh/ffffffffffff").status_code == 404


def test_a_topic_for_whoever_starts_on_it(corpus_get: Get, corpus_client: FlaskClient) -> None:
    tree = corpus_get("/chu-de")
    assert "/chu-de/phong-trao/ngay-hoi" in tree.xpath("//a/@href")
    page = corpus_get("/chu-de/phong-trao")
    first = text_of(page.find_class("start-here")[0])
    assert "124/2021/TT-BCA" in first and "09-CT/TW" in first
    assert "23/2012/TT-BCA" not in text_of(page)  # no longer in force
    headings = [text_of(h) for h in page.xpath("//h2")]
    assert any(h.startswith("Chỉ đạo") for h in headings) and any(
        h.startswith("Kế hoạch") for h in headings
    )
    matrix = page.find_class("matrix")[0]
    cell = next(a for a in matrix.xpath(".//td/a"))
    results = corpus_get(cell.get("href"))
    assert f"{text_of(cell)} văn bản" in text_of(results)
    assert corpus_client.get("/chu-de/khong-co").status_code == 404


def test_a_unit_in_time(corpus_get: Get, corpus_client: FlaskClient) -> None:
    page = corpus_get("/don-vi/cat-binh-duong")
    notice = text_of(page.find_class("notice")[0])
    assert "Đến hết ngày 30/06/2025" in notice and "Công an thành phố Hồ Chí Minh" in notice
    assert "/don-vi/cat-ho-chi-minh" in page.xpath("//a/@href")
    heir = corpus_get("/don-vi/cat-ho-chi-minh")
    assert "Công an tỉnh Bình Dương" in text_of(heir)
    assert corpus_client.get("/don-vi/xyz").status_code == 404
    district = text_of(corpus_get("/don-vi/cah-nghi-xuan-ha-tinh"))
    assert "28/02/2025" in district and "quận Nghi Xuân" not in district
