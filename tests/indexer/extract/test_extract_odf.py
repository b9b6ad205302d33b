"""OpenDocument text from XML of our own."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from legacy_samples import encoded

from indexer.extract import registry
from indexer.extract.legacy_tables import TCVN3
from indexer.extract.odf_styles import _NAMESPACES
from indexer.programs import libreoffice
from kb.errors import ExtractionFailed

NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
STYLES = """
<style:style style:name="base" style:family="paragraph">
 <style:paragraph-properties fo:text-align="center"/>
 <style:text-properties style:font-name="F1" fo:font-weight="bold"/></style:style>
<style:style style:name="head" style:family="paragraph" style:parent-style-name="base"/>
<style:style style:name="loop" style:parent-style-name="loop2"/>
<style:style style:name="loop2" style:parent-style-name="loop"/>
<style:style style:name="vn" style:family="text">
 <style:text-properties fo:font-family="'.VnTime'"/></style:style>
<style:style style:name="page" style:family="paragraph">
 <style:paragraph-properties fo:break-before="page"/></style:style>
"""


def write(path: Path, body: str, kind: str = "text", styles: str = STYLES) -> Path:
    content = (
        f"<office:document-content {NAMESPACES}>"
        '<office:font-face-decls><style:font-face style:name="F1" svg:font-family="\'.VnTimeH\'"/>'
        f"</office:font-face-decls><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", content)
    return path


def test_styles_through_their_parents(tmp_path):
    body = (
        f'<text:p text:style-name="head">{encoded("quyết định", TCVN3)}</text:p>'
        f'<text:p text:style-name="loop">Số <text:span text:style-name="vn">{encoded("năm", TCVN3)}'
        '</text:span><text:s text:c="2"/>rồi<text:line-break/>hết</text:p>'
    )
    extracted = registry.extract(write(tmp_path / "a.odt", body))
    assert extracted.text == "quyết định\n\nSố năm rồi\nhết"
    assert extracted.as_printed().text.startswith("QUYẾT ĐỊNH")
    assert (extracted.lines[0].bold, extracted.lines[0].centered) == (True, True)


def test_lists_tables_frames_notes_and_what_is_left_out(tmp_path):
    body = (
        "<text:tracked-changes><text:p>đã xóa</text:p></text:tracked-changes>"
        "<text:list><text:list-item><text:p>Một</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
        "<table:table-cell><text:p>B</text:p></table:table-cell>"
        "<table:table-cell><text:p>C</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>Thân<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Cước chú</text:p></text:note-body></text:note> bài"
        "<draw:frame><draw:text-box><text:p>Trong khung</text:p></draw:text-box></draw:frame></text:p>"
        '<text:p text:style-name="page">Trang hai</text:p>'
    )
    extracted = registry.extract(write(tmp_path / "a.odt", body))
    assert extracted.text == "Một\n\nA | B | C\n\nThân bài\n\nTrong khung\n\nTrang hai\n\nCước chú"
    assert len(extracted.pages) == 2


def test_entities_are_not_expanded(tmp_path, monkeypatch):
    monkeypatch.setattr(libreoffice, "available", lambda: False)
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)).replace("&a0;", "&a;")
        + "]>"
    )
    path = tmp_path / "bomb.odt"
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"{bomb}<office:document-content {NAMESPACES}><office:body><office:text>"
            "<text:p>&a11;x</text:p></office:text></office:body></office:document-content>",
        )
    try:
        assert len(registry.extract(path).text) < 100
    except ExtractionFailed as failure:
        assert failure.code in ("corrupt", "no-text")


def test_a_password_is_told(tmp_path):
    path = write(tmp_path / "a.odt", "<text:p>x</text:p>")
    with ZipFile(path, "a") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
    with pytest.raises(ExtractionFailed) as caught:
        registry.extract(path)
    assert caught.value.code == "encrypted"
