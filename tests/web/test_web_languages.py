"""Vietnamese by default, English when asked for, and every text translated."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

WEB = Path(__file__).parents[2] / "web"
ENGLISH = WEB / "translations" / "en" / "LC_MESSAGES"
HOW = "see web/translations/README.md"


def english() -> Catalog:
    with (ENGLISH / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


def extracted() -> set[str]:
    with (WEB / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(WEB, methods, options)
    return {m if isinstance(m, str) else m[0] for _file, _line, m, _comments, _context in found}


def test_the_english_catalog_is_complete() -> None:
    catalog = english()
    translated = {
        (m.id if isinstance(m.id, str) else m.id[0]): m for m in catalog if m.id and not m.fuzzy
    }
    assert extracted() - set(translated) == set(), HOW
    assert set(translated) - extracted() == set(), HOW
    assert [m.id for m in translated.values() if not m.string or not all(m.string)] == []


def test_placeholders_survive_translation() -> None:
    for message in english():
        if message.id:
            assert list(message.check(english())) == [], message.id


def test_the_compiled_catalog_is_up_to_date() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, english())
    compiled.seek(0)
    with (ENGLISH / "messages.mo").open("rb") as file:
        kept = {str(m.id): m.string for m in read_mo(file) if m.id}
    assert kept == {str(m.id): m.string for m in read_mo(compiled) if m.id}, HOW


def test_english_is_asked_for_once(client: FlaskClient) -> None:
    assert "Tình trạng" in client.get("/", headers={"Accept-Language": "en"}).get_data(as_text=True)
    response = client.get("/?q=b&lang=en")
    assert "Best match" in response.get_data(as_text=True)
    cookie = response.headers["Set-Cookie"]
    assert "lang=en" in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    page = client.get("/tinh-trang").get_data(as_text=True)
    assert '<html lang="en">' in page and "Status of the collection" in page
    assert '<html lang="vi">' in client.get("/?lang=vi").get_data(as_text=True)
    assert '<html lang="vi">' in client.get("/").get_data(as_text=True)


@pytest.mark.parametrize("language", ["xx", "../../en", "", "EN"])
def test_other_languages_are_ignored(client: FlaskClient, language: str) -> None:
    response = client.get("/", query_string={"lang": language})
    assert '<html lang="vi">' in response.get_data(as_text=True)
    assert "Set-Cookie" not in response.headers


def test_the_link_to_the_other_language_keeps_the_search(client: FlaskClient) -> None:
    page = client.get("/?q=a&kind=b&kind=c&lang=vi").get_data(as_text=True)
    assert 'href="?q=a&amp;kind=b&amp;kind=c&amp;lang=en"' in page
