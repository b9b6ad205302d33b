"""What a page costs: bytes of our own style and scripts, requests, and how much it jumps about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from web_shelf import Shelf

STATIC = Path(__file__).parents[2] / "web" / "static"
OWN = 100_000  # bytes of our own CSS and JavaScript, uncompressed
VENDORED = 60_000
SHIFT = 0.1  # cumulative layout shift that web.dev still calls good; ours are to be far below

_SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


def size(*patterns: str) -> int:
    return sum(path.stat().st_size for pattern in patterns for path in STATIC.glob(pattern))


def test_our_own_style_and_scripts_are_small() -> None:
    assert 10_000 < size("*.css", "*.js") < OWN
    assert size("vendor/*.js") < VENDORED


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["/", "/?q=phong", "{plan}?q=phong", "/chu-de", "/dong-thoi-gian"])
def test_pages_do_not_jump(
    open_page: Callable[..., Any], address: str, shelf: Shelf, path: str, width: int
) -> None:
    page = open_page(width=width)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address + path.format(plan=shelf.plan), wait_until="networkidle")
    assert page.evaluate(_SHIFT) < SHIFT / 5
    assert all(url.startswith(address) for url in requests)  # nothing from outside
    assert len(requests) < 20


def test_results_come_on_paper_without_the_controls(
    open_page: Callable[..., Any], address: str, shelf: Shelf
) -> None:
    page = open_page()
    page.emulate_media(media="print")
    page.goto(f"{address}{shelf.plan}?q=phong")
    assert page.locator(".paper").is_visible() and page.locator("h1").is_visible()
    for part in (".top", ".bottom", ".about", ".hitbar", ".actions"):
        assert not page.locator(part).first.is_visible(), part
    page.goto(f"{address}/dong-thoi-gian")
    assert page.locator(".month").first.is_visible() and not page.locator(".top").is_visible()
