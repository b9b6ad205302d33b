"""What the web tests read: an indexed library of the samples, and pages as parsed HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask.testing import FlaskClient
from lxml import html

from kb.library import Library
from kb.model import Document
from kb.settings import Settings

Get = Callable[[str], html.HtmlElement]


@dataclass(frozen=True)
class Shelf:
    """An indexed library whose originals are files. `ids` and `documents` are in sample order."""

    settings: Settings
    library: Library
    ids: tuple[str, ...]
    documents: tuple[Document, ...]

    @property
    def plan(self) -> str:
        """The address of the plan of two pages."""
        return f"/van-ban/{self.ids[0]}"

    @property
    def hostile(self) -> str:
        """The address of the document full of scripts."""
        return f"/van-ban/{self.ids[2]}"


def getter(client: FlaskClient) -> Get:
    """A function that gets a page that must be there, parsed."""

    def fetch(address: str) -> html.HtmlElement:
        response = client.get(address)
        assert response.status_code == 200, address
        return html.fromstring(response.get_data(as_text=True))

    return fetch


def text_of(element: html.HtmlElement) -> str:
    """The words of an element, with single blanks."""
    return " ".join(" ".join(element.itertext()).split())
