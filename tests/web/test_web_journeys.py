"""The three users of the product at work in a real browser, with JavaScript and without it.

With KB_SCREENSHOTS every station is kept there as a picture, to be looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from web_curators import NAME
from web_serving import served

from kb.cli import kb
from kb.curation import curators
from kb.library import Library
from kb.settings import Settings
from web.app import create_app

PICTURES = os.environ.get("KB_SCREENSHOTS", "")
both = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
sizes = pytest.mark.parametrize("width", [1280, 390], ids=["desktop", "phone"])


@pytest.fixture(scope="module")
def address(corpus_app: Flask) -> Iterator[str]:
    """The pages over corpus/."""
    with served(corpus_app) as place:
        yield place


@pytest.fixture
def station(request: pytest.FixtureRequest) -> Callable[[Any, str], None]:
    """Keeps a picture of where the user is."""

    def keep(page: Any, name: str) -> None:
        if PICTURES:
            test = request.node.name.removeprefix("test_").replace("[", "-").rstrip("]")
            page.screenshot(path=Path(PICTURES) / f"{test}-{name}.png")

    return keep


@both
@sizes
def test_staff_find_last_years_plan(
    open_page: Callable[..., Any], address: str, station: Any, script: bool, width: int
) -> None:
    page = open_page(width=width, script=script)
    page.goto(address)
    page.fill("#q", "ke hoach ngay hoi 2022 ha tinh")  # as one types on the phone with somebody
    page.press("#q", "Enter")
    page.wait_for_selector(".hits")
    station(page, "results")
    assert "Hà Tĩnh" in page.inner_text(".understood")  # what was understood is said
    first = page.locator(".hit").first
    assert "12/KH-CAT-PV05" in first.inner_text()
    first.locator(".hit-link").click()
    page.wait_for_selector(".paper")
    station(page, "document")
    assert page.locator("mark[data-hit]").count() > 0
    assert "12/KH-CAT-PV05" in page.inner_text("#trich-dan")  # ready to be quoted
    page.fill("#find", "an toàn")
    page.press("#find", "Enter")
    page.wait_for_url("**find=*")
    page.wait_for_selector("#hitbar")
    page.click("text=so sánh >> nth=0")
    page.wait_for_selector("h1:has-text('so với'), .compared")
    station(page, "compared")
    page.go_back()
    page.go_back()
    page.click("text=Về kết quả tìm")
    page.wait_for_selector(".hits")
    assert page.input_value("#q") == "ke hoach ngay hoi 2022 ha tinh"
    with page.expect_download() as download:
        page.click(".take-along >> text=hồ sơ Word")
    assert download.value.suggested_filename.endswith(".docx")


@both
@sizes
def test_a_new_officer_starts_on_a_topic(
    open_page: Callable[..., Any], address: str, station: Any, script: bool, width: int
) -> None:
    page = open_page(width=width, script=script)
    page.goto(address)
    page.click(".links >> text=Chủ đề")
    page.click("main >> text=Ngày hội toàn dân >> nth=0")
    page.wait_for_selector(".groups")
    station(page, "topic")
    page.click("text=Dòng thời gian")
    page.wait_for_selector(".month")
    station(page, "timeline")
    page.click(".brand")  # elsewhere the filter would hold
    page.fill("#q", "thủ tục công nhận xã đạt tiêu chuẩn an toàn về an ninh trật tự")
    page.press("#q", "Enter")
    page.wait_for_selector(".hits")
    page.click(".hit:has-text('124/2021/TT-BCA') .hit-link")
    page.wait_for_selector(".paper")
    assert "Còn hiệu lực" in page.inner_text(".doc-head")
    page.click("text=Quy trình")
    page.wait_for_selector(".how")
    station(page, "procedure")
    page.click(".how a >> nth=0")  # each step leads to where it is written
    page.wait_for_selector(".paper")
    page.click(".links >> text=Thuật ngữ")
    page.fill("main input[name=tim]", "ANTQ")
    page.press("main input[name=tim]", "Enter")
    page.wait_for_selector("main >> text=an ninh Tổ quốc")
    station(page, "glossary")


@both
def test_the_administrator_brings_in_new_documents(
    open_page: Callable[..., Any], tmp_path: Path, station: Any, script: bool
) -> None:
    incoming, home = tmp_path / "den", tmp_path / "home"
    incoming.mkdir()
    settings = Settings(home=home, jobs=1)
    env, run = {"KB_HOME": str(home), "KB_JOBS": "1"}, CliRunner()
    (incoming / "cũ.txt").write_text("Kế hoạch tuần tra khu dân cư năm 2024.", "utf-8")
    assert run.invoke(kb, ["add", str(incoming)], env=env).exit_code == 0
    key = curators.add(home, NAME)
    page = open_page(script=script)
    with (
        closing(Library.open(settings)) as library,
        served(create_app(library, settings, curation=True)) as address,
    ):
        page.goto(address)
        assert "1 văn bản" in page.inner_text("h1")
        # New files arrive while people search: one command, no restart.
        (incoming / "mới.txt").write_text(
            "CÔNG AN TỈNH A\nSố: 7/KH-CAT\n\nKẾ HOẠCH\nTổ chức chợ phiên an ninh năm 2026\n",
            "utf-8",
        )
        (incoming / "hỏng.pdf").write_bytes(b"%PDF-1.7\nnothing")
        told = run.invoke(kb, ["reindex"], env=env)
        assert "1 mới" in told.output and "1 không đọc được" in told.output
        page.goto(f"{address}/?q=cho+phien+an+ninh")
        assert page.locator(".hit").count() == 1
        page.goto(f"{address}/tinh-trang")
        assert "hỏng.pdf" in page.inner_text(".rejected")
        station(page, "status")
        # What was read wrongly is put right beside the document.
        page.goto(f"{address}/?q=cho+phien+an+ninh")
        page.click(".hit-link")
        page.click("#thuoc-tinh >> text=sửa")
        page.fill("#f-key", key)
        page.click("main button[type=submit]")
        page.wait_for_selector("#f-issued_on")
        page.fill("#f-issued_on", "5/3/2026")
        page.click("main .edit button[type=submit]")
        page.wait_for_selector("text=Đã sửa")
        station(page, "edited")
        page.click("text=Về văn bản")
        assert "05/03/2026" in page.inner_text(".doc-head")
        page.click(".bottom >> text=Nạp văn bản")
        page.set_input_files(
            "#files",
            {
                "name": "báo cáo.txt",
                "mimeType": "text/plain",
                "buffer": "Báo cáo kết quả chợ phiên an ninh.".encode(),
            },
        )
        if not script:
            page.click("#upload button")
        page.wait_for_selector("#uploads .state.good", timeout=60_000)
        station(page, "uploaded")
        page.click("#uploads >> text=Báo cáo kết quả")
        page.wait_for_selector(".paper")
