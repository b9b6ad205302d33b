"""Screenshots of the real pages for the README and the journeys: `make screenshots`.

Serves the library of KB_HOME (or --home) on a free port, visits the pages with Debian's Chromium
and writes PNG files. Needs the Python packages playwright and pillow, and a Chromium program.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

from kb.access import PUBLIC
from kb.curation import curators
from kb.library import Library
from kb.results import SearchRequest
from kb.settings import Settings
from web.app import create_app

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
QUERY = "kế hoạch ngày hội 2022 Hà Tĩnh"
NO_ANSWER = "tàu vũ trụ sao Hỏa"


@contextlib.contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of the application, served on a free port of this machine."""
    server = create_server(app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()


def browser_path() -> str:
    """The Chromium of this machine (KB_CHROMIUM names another one)."""
    candidates = (os.environ.get("KB_CHROMIUM", ""), *BROWSERS)
    return next((path for path in candidates if path and Path(path).exists()), "")


@contextlib.contextmanager
def opened(browser: Browser, size: dict[str, int], dark: bool = False) -> Iterator[Page]:
    """A new page of a size, in the light or dark theme."""
    scheme = "dark" if dark else "light"
    context = browser.new_context(viewport=size, color_scheme=scheme, locale="vi-VN")
    try:
        yield context.new_page()
    finally:
        context.close()


def journeys(library: Library, base: str) -> dict[str, str]:
    """The pages of docs/journeys.md, by the name of the picture."""

    def document(symbol: str) -> str:
        hits = library.search(SearchRequest(symbol), PUBLIC).hits
        return f"{base}/van-ban/{next(hit.id for hit in hits if hit.symbol == symbol)}"

    plan, next_plan, circular = map(document, ("12/KH-CAT-PV05", "19/KH-CAT-PV05", "124/2021/TT-BCA"))
    return {
        "scan": f"{circular}/trang/1?find={quote('an toàn')}",
        "compare": f"{next_plan}/so-sanh/{plan.rsplit('/', 1)[1]}",
        "replaced": document("23/2012/TT-BCA"),
        "topic": f"{base}/chu-de/phong-trao",
        "procedure": f"{circular}/quy-trinh",
        "glossary": f"{base}/thuat-ngu?tim={quote('vận động quần chúng')}",
        "unit": f"{base}/don-vi/cat-ha-tinh",
        "todo": f"{base}/viec-can-lam",
        "timeline": f"{base}/dong-thoi-gian?topic=phong-trao",
    }


def take(
    base: str,
    browser: Browser,
    folder: Path,
    query: str,
    told: dict[str, str],
    everything: bool,
) -> list[Path]:
    """Take the pictures of the README and of the journeys, or with `everything` all pages, sizes and
    themes."""
    search = f"{base}/?q={quote(query)}"
    taken = []

    def shoot(
        name: str, address: str, size: dict[str, int], dark: bool = False, hit: bool = False
    ) -> None:
        with opened(browser, size, dark) as page:
            page.goto(address)  # once to warm up: the first search loads the segmenter
            page.goto(address)
            if hit:
                page.click(".hit-link >> nth=0")
                page.wait_for_selector(".paper")
            page.screenshot(path=(path := folder / f"{name}.png"))
        with Image.open(path) as picture:  # a palette: a quarter of the size, looks the same
            picture.convert("RGB").quantize(200, dither=Image.Dither.NONE).save(path, optimize=True)
        taken.append(path)

    shoot("search", search, DESKTOP)
    shoot("document", search, DESKTOP, hit=True)
    shoot("phone", search, PHONE)
    for name, address in told.items():
        shoot(name, address, DESKTOP)
    if everything:
        pages = {
            "start": base,
            "nothing": f"{base}/?q={quote(NO_ANSWER)}&year=2020&kind=ke-hoach",
            "status": f"{base}/tinh-trang",
            "how-to": f"{base}/cach-tim",
            "error": f"{base}/van-ban/khong-co",
        }
        for name, address in pages.items():
            shoot(name, address, DESKTOP)
            shoot(f"{name}-phone", address, PHONE)
        shoot("document-phone", search, PHONE, hit=True)
        for name, address in {"search": search, "start": base}.items():
            shoot(f"{name}-dark", address, DESKTOP, dark=True)
        shoot("document-dark", search, DESKTOP, dark=True, hit=True)
    return taken


def take_uploads(browser: Browser, path: Path) -> Path:
    """The page where curators hand in documents, with a file that was read and one that was refused;
    in a library of its own."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), jobs=1)
        key = curators.add(settings.home, "Nguyễn Văn A")
        with Library.writing(settings) as library:
            library.reindex()
        with (
            contextlib.closing(Library.open(settings)) as library,
            served(create_app(library, settings, curation=True)) as base,
            opened(browser, DESKTOP) as page,
        ):
            page.goto(f"{base}/dang-nhap?den=/nap-van-ban")
            page.fill("#f-key", key)
            page.click("main button[type=submit]")
            plan = "Kế hoạch tổ chức chợ phiên an ninh năm 2026".encode()
            for name, content in (("cho-phien-an-ninh.txt", plan), ("khong-ro.bin", b"\0\1")):
                file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
                page.set_input_files("#files", [file])
                page.wait_for_selector(f"#uploads >> text={name}")
            page.wait_for_selector("text=Mọi tệp đã được đọc.", timeout=60_000)
            page.screenshot(path=path)
    return path


def main() -> None:
    """Read the options and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="library to show (default: KB_HOME)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "screenshots")
    parser.add_argument("--query", default=QUERY)
    parser.add_argument("--all", action="store_true", help="every page, size and theme")
    options = parser.parse_args()
    settings = Settings.load()
    if options.home:
        settings = replace(settings, home=options.home)
    options.out.mkdir(parents=True, exist_ok=True)
    with (
        contextlib.closing(Library.open(settings)) as library,
        served(create_app(library, settings)) as base,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=browser_path(), args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        told = journeys(library, base)
        taken = [take_uploads(browser, options.out / "upload.png")]
        for path in taken + take(base, browser, options.out, options.query, told, options.all):
            print(f"{path} ({path.stat().st_size // 1000} kB)")
        browser.close()


if __name__ == "__main__":
    main()
