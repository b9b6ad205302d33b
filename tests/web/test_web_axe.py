"""Every page in both themes, wide and narrow, without a finding of axe-core; over corpus/."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from by_symbol import id_of
from flask import Flask
from web_curators import cookie
from web_serving import served

from kb.catalog import documents as catalog
from kb.curation import topic_phrases
from kb.library import Library
from kb.settings import Settings
from web.app import create_app
from web.curating import uploading

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

PAGES = (
    "/", "/?q=ng%C3%A0y+h%E1%BB%99i", "/?q=zzzz+qqqq", "/?q=&view=list&kind=ke-hoach", "/cach-tim",
    "/tinh-trang", "/thuat-ngu", "/chu-de", "/chu-de/phong-trao", "/don-vi/cat-ha-tinh", "/api",
    "/khong-co", "/viec-can-lam", "/dong-thoi-gian", "{plan}?q=ng%C3%A0y+h%E1%BB%99i", "{plan}?lang=en",
    "{circular}", "{circular}/trang/1?find=an+ninh", "{circular}/quy-trinh", "{next}/so-sanh/{plan_id}",
)  # fmt: skip
SAMPLES = {"plan": "12/KH-CAT-PV05", "next": "19/KH-CAT-PV05", "circular": "124/2021/TT-BCA"}


@pytest.fixture(scope="module")
def over_corpus(libraries: dict[str, Library]) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of the pages, and the addresses of some documents."""
    library = libraries["tantivy"]
    found = {}
    for name, symbol in SAMPLES.items():
        found[f"{name}_id"] = document_id = id_of(library, symbol)
        found[name] = f"/van-ban/{document_id}"
    with served(create_app(library, library.settings)) as address:
        yield address, found


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_shuts_anybody_out(
    browser: Any, over_corpus: tuple[str, dict[str, str]], scheme: str, width: int
) -> None:
    address, documents = over_corpus
    context = browser.new_context(
        color_scheme=scheme,
        bypass_csp=True,
        reduced_motion="reduce",
        viewport={"width": width, "height": 900},
    )
    page = context.new_page()
    findings = []
    for path in PAGES:
        page.goto(address + path.format(**documents))
        for violation in axe.Axe().run(page).response["violations"]:
            findings.append((path, violation["id"], violation["nodes"][0]["html"][:120]))
    context.close()
    assert findings == []


def test_nor_does_a_page_for_curators(browser: Any, tmp_path: Path, make_document: Any) -> None:
    settings = Settings(home=tmp_path, jobs=1)
    with Library.writing(settings) as library:
        with library.database.begin() as connection:
            text = "Kế hoạch tổ chức Ngày hội.\n\n" * 80  # longer than what is shown at once
            plan = catalog.store(connection, make_document(text, "/d/a.txt", title="Kế hoạch")).id
        library.reindex()
    library = Library.open(settings)
    app = create_app(library, settings, curation=True)
    inbox = app.extensions[uploading.INBOX]
    inbox.receive("chờ đọc.txt", io.BytesIO(b"x"), "Nguyễn Văn A")
    gone = inbox.receive("đã rút.txt", io.BytesIO(b"y"), "Nguyễn Văn A")
    (inbox.folder.parent / "withdrawn").mkdir()
    (inbox.folder / gone.id).replace(inbox.folder.parent / "withdrawn" / gone.id)
    topic_phrases.add(settings.topics_file, "phong-trao", ["đêm hội"], strong=True)
    with served(app) as address:
        findings = curators_findings(browser, address, app, settings, f"/van-ban/{plan}/sua")
    library.close()
    assert findings == []


def curators_findings(
    browser: Any, address: str, app: Flask, settings: Settings, editing: str
) -> list[tuple[str, str, str]]:
    key = cookie(app, settings, address)
    findings = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
        context.add_cookies([key])
        page = context.new_page()
        page.goto(f"{address}/?q=xyzzy")
        for path in ("/nap-van-ban", "/cum-tu-chu-de", "/cau-hoi-khong-thay", "/dang-nhap", editing):
            page.goto(address + path)
            for violation in axe.Axe().run(page).response["violations"]:
                findings.append((path, violation["id"], violation["nodes"][0]["html"][:120]))
        context.close()
    return findings
