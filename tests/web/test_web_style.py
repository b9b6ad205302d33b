"""The style sheet: contrast of its colours in both themes (WCAG 2 AA), no rule for a lost class."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
CSS = (WEB / "static" / "app.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block))
    for block in re.findall(r":root \{(.*?)\n *\}", CSS, re.DOTALL)[:2]
)

TEXT_ON = [
    ("ink", "bg"),
    ("ink", "surface"),
    ("ink", "accent-soft"),
    ("ink-soft", "bg"),
    ("ink-soft", "surface"),
    ("ink-soft", "accent-soft"),
    ("link", "bg"),
    ("link", "surface"),
    ("visited", "surface"),
    ("accent", "surface"),
    ("accent-strong", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("mark-ink", "mark"),
    ("mark-now-ink", "mark-now"),
    ("warn", "warn-soft"),
    ("warn", "surface"),
]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
@pytest.mark.parametrize(("ink", "paper"), TEXT_ON)
def test_text_can_be_read(theme: str, colours: dict[str, str], ink: str, paper: str) -> None:
    assert contrast(colours[ink], colours[paper]) >= 4.5, theme


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_controls_stand_out(colours: dict[str, str]) -> None:
    assert contrast(colours["accent"], colours["bg"]) >= 3  # the focus ring
    assert contrast(colours["bar"], colours["surface"]) >= 1.5  # decoration: the numbers say it too


def test_every_class_is_used() -> None:
    sources = "".join(
        f.read_text("utf-8")
        for f in (*WEB.glob("templates/*"), *WEB.glob("static/*.js"), *WEB.glob("*.py"))
    )
    without_comments = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    selectors = re.findall(r"([^{}]+)\{", without_comments)
    classes = {name for selector in selectors for name in re.findall(r"\.([a-z][\w-]*)", selector)}
    heights = {f"h{step}" for step in range(21)}
    levels = {f"level{level}" for level in range(1, 5)}
    assert {
        c for c in classes - heights - levels if not re.search(rf"(?<![\w-]){c}(?![\w-])", sources)
    } == set()
    assert heights <= classes
