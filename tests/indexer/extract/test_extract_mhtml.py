"""Saved pages of one file, and Markdown."""

from __future__ import annotations

import base64

import pytest

from indexer.extract import registry
from kb.errors import ExtractionFailed

PAGE = (
    "<html><head><title>Thông báo</title></head><body><p>Thông báo về việc nghỉ lễ của cơ quan; các "
    "đơn vị chú ý thực hiện.</p></body></html>"
)
HEAD = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="X"; type="text/html"\n\n'


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_the_page_in_the_file(tmp_path, charset):
    body = base64.encodebytes(PAGE.encode(charset)).decode()
    (tmp_path / "a.mht").write_text(
        f'{HEAD}--X\nContent-Type: text/html; charset="{charset}"\n'
        f"Content-Transfer-Encoding: base64\n\n{body}\n--X\nContent-Type: image/png\n\nxx\n--X--\n"
    )
    extracted = registry.extract(tmp_path / "a.mht")
    assert (extracted.format, extracted.title) == ("mhtml", "Thông báo")
    assert extracted.text == "Thông báo về việc nghỉ lễ của cơ quan; các đơn vị chú ý thực hiện."


def test_as_browsers_save_it(tmp_path):
    head = "From: <Saved by Blink>\nSubject: Thong bao\nDate: Thu, 1 Feb 2024 00:00:00 -0000\n"
    (tmp_path / "a.mhtml").write_text(
        f'{head}{HEAD}--X\nContent-Type: text/html; charset="utf-8"\n'
        f"Content-Transfer-Encoding: 8bit\n\n{PAGE}\n--X--\n",
        encoding="utf-8",
    )
    assert registry.extract(tmp_path / "a.mhtml").format == "mhtml"


def test_a_file_without_a_page_is_refused(tmp_path):
    (tmp_path / "a.mht").write_text(f"{HEAD}--X\nContent-Type: image/png\n\nxx\n--X--\n")
    with pytest.raises(ExtractionFailed) as caught:
        registry.extract(tmp_path / "a.mht")
    assert caught.value.code == "corrupt"


def test_markdown_without_its_marks(tmp_path):
    (tmp_path / "a.md").write_text(
        "# Hướng dẫn\n\nBước **một** xem [ở đây](http://example.vn).\n\n* Việc `a`\n* Việc b\n\n"
        "| Tên | Số |\n|---|---|\n| A | 1 |\n\n<script>x</script>\n",
        encoding="utf-8",
    )
    extracted = registry.extract(tmp_path / "a.md")
    assert extracted.format == "markdown"
    assert extracted.text.startswith(
        "Hướng dẫn\n\nBước một xem ở đây.\n\n- Việc a\n\n- Việc b\n\nTên | Số\n\nA | 1"
    )
    assert extracted.lines[0].bold
