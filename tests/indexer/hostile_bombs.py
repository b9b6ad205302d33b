"""Files that are small and mean much: each must be read or refused quickly, in bounded memory.

`BOMBS` maps a name to a function that writes the file into a folder and returns its path.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from hostile_samples import TEXT, samples, zipped

_BILLION = (
    '<!DOCTYPE a [<!ENTITY l0 "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
_DEPTH = 100_000
_MEGA = 1_000_000

Bomb = Callable[[Path], Path]


def _write(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# ---------------------------------------------------------------- archives


def zip_ratio(folder: Path) -> Path:
    return _write(folder, "a.zip", zipped({"a.txt": b"a" * (60 * _MEGA)}))


def zip_size(folder: Path) -> Path:
    """510 MB told in the table of contents, little stored."""
    return _write(folder, "a.zip", _with_told_size(zipped({"a.txt": TEXT * 20}), 510 * _MEGA))


def zip_lies(folder: Path) -> Path:
    """Less is told than is stored."""
    return _write(folder, "a.zip", _with_told_size(zipped({"a.txt": b"a" * 5 * _MEGA}), 100))


def zip_entries(folder: Path) -> Path:
    return _write(folder, "a.zip", zipped({f"{n}.txt": b"" for n in range(10_001)}))


def zip_directory(folder: Path) -> Path:
    """A table of contents of 300,000 entries that tells of one."""
    content = zipped({"a.txt": TEXT})
    at = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entry = content[at:end]
    tail = bytearray(content[end:])
    struct.pack_into("<I", tail, 12, len(entry) * 300_000)
    return _write(folder, "a.zip", content[:at] + entry * 300_000 + tail)


def zip_nested(folder: Path) -> Path:
    content = zipped({"a.txt": TEXT})
    for _ in range(40):
        content = zipped({"a.zip": content})
    return _write(folder, "a.zip", content)


def zip_of_zips(folder: Path) -> Path:
    """Few bytes, 16 x 16 archives of 19 MB each."""
    content = zipped({"a.txt": b"a" * (19 * _MEGA)})
    for _ in range(2):
        content = zipped({f"{n}.zip": content for n in range(16)})
    return _write(folder, "a.zip", content)


def _with_told_size(content: bytes, size: int) -> bytes:
    told = bytearray(content)
    struct.pack_into("<I", told, content.index(b"PK\x01\x02") + 24, size)
    struct.pack_into("<I", told, content.index(b"PK\x03\x04") + 22, size)
    return bytes(told)


# ---------------------------------------------------------------- office


def _office(part: str, change: Callable[[str], str], name: str) -> Bomb:
    """A sound file of that format, one of its XML parts changed."""

    def bomb(folder: Path) -> Path:
        path = samples(folder)[name]
        packed = io.BytesIO()
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.namelist():
                body = old.read(entry)
                if entry == part:
                    body = change(body.decode()).encode()
                new.writestr(entry, body)
        return _write(folder, f"bomb.{name}", packed.getvalue())

    return bomb


def _laughs(xml: str) -> str:
    """A billion laughs before the root, one of them in the text."""
    head, root = _parted(xml)
    return head + _BILLION + _in_text(root, "&l9;")


def _steals(xml: str) -> str:
    head, root = _parted(xml)
    place = Path(__file__).as_uri()
    return f'{head}<!DOCTYPE a [<!ENTITY l9 SYSTEM "{place}">]>' + _in_text(root, "&l9;")


def _inflated(xml: str) -> str:
    """100 MB of blanks in an element."""
    _head, root = _parted(xml)
    return root.replace(">", ">" + " " * (100 * _MEGA), 1)


def _deep(xml: str) -> str:
    head, root = _parted(xml)
    at = root.rindex("</")
    return head + root[:at] + "<b>" * _DEPTH + "</b>" * _DEPTH + root[at:]


def _parted(xml: str) -> tuple[str, str]:
    at = xml.index("?>") + 2 if xml.startswith("<?xml") else 0
    return xml[:at], xml[at:]


def _in_text(root: str, reference: str) -> str:
    for tag in ("</w:t>", "</a:t>", "</text:p>", "</t>", "</si>", "</c>"):
        if tag in root:
            return root.replace(tag, reference + tag)
    raise AssertionError("no text to hang it on")


def xlsx_corner(folder: Path) -> Path:
    """One cell in the last row and column of all."""
    return _office("xl/worksheets/sheet1.xml", _cornered, "xlsx")(folder)


def _cornered(xml: str) -> str:
    cell = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return xml.replace("</sheetData>", cell + "</sheetData>")


def ods_repeated(folder: Path) -> Path:
    """A row and a cell that say they are there a billion times."""
    return _office(
        "content.xml",
        lambda xml: xml.replace(
            "<table:table-cell", '<table:table-cell table:number-columns-repeated="1000000000"', 1
        ).replace("<table:table-row", '<table:table-row table:number-rows-repeated="1000000000"', 1),
        "ods",
    )(folder)


# ---------------------------------------------------------------- text


def html_deep(folder: Path) -> Path:
    return _write(folder, "a.html", f"<html><body>{'<div>' * _DEPTH}{TEXT}")


def html_long(folder: Path) -> Path:
    return _write(folder, "a.html", "<html><body>" + f"<p>{TEXT}</p>\n" * (51 * _MEGA // 240))


def html_attributes(folder: Path) -> Path:
    return _write(folder, "a.html", "<html><body " + 'a="b" ' * 200_000 + f"><p>{TEXT}</p>")


def html_fetches(folder: Path) -> Path:
    """Links to things outside, in every way a page has."""
    out = "http://127.0.0.1:9"
    return _write(
        folder,
        "a.html",
        f'<!DOCTYPE html SYSTEM "{out}/a.dtd"><html><head><base href="{out}">'
        f'<link rel="stylesheet" href="{out}/a.css"><meta http-equiv="refresh" content="0;url={out}">'
        f'</head><body><img src="{out}/a.png"><svg><image href="{out}/b.png"/></svg>'
        f'<iframe src="{out}"></iframe><p>{TEXT}</p></body></html>',
    )


def svg_fetches(folder: Path) -> Path:
    return _write(
        folder,
        "a.svg",
        f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "{Path(__file__).as_uri()}">]>'
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/a.png"/>'
        f"<text>&x;{TEXT}</text></svg>",
    )


def rtf_deep(folder: Path) -> Path:
    return _write(folder, "a.rtf", "{\\rtf1 " + "{" * _DEPTH + "a" + "}" * _DEPTH + "}")


def rtf_giant_numbers(folder: Path) -> Path:
    return _write(folder, "a.rtf", "{\\rtf1\\uc9999999999 \\u9999999999 a\\bin9999999999 b\\f-1 c}")


def markdown_deep(folder: Path) -> Path:
    return _write(folder, "a.md", "> " * _DEPTH + TEXT + "\n" + "[" * _DEPTH + "*a **b " * 20_000)


def markdown_lists(folder: Path) -> Path:
    return _write(folder, "a.md", "".join("  " * n + "* a\n" for n in range(2_000)))


def txt_one_word(folder: Path) -> Path:
    return _write(folder, "a.txt", "ă" * 5 * _MEGA)


def txt_marks(folder: Path) -> Path:
    """A letter with ten million accents."""
    return _write(folder, "a.txt", "Kế hoạch a" + "\u0301" * 5 * _MEGA)


# ---------------------------------------------------------------- mail


def mail_nested(folder: Path) -> Path:
    """A thousand multiparts in each other."""
    parts = 1_000
    heads = "".join(
        f'--b{n}\nContent-Type: multipart/mixed; boundary="b{n + 1}"\n\n' for n in range(parts)
    )
    head = 'From: a@example.vn\nTo: b@example.vn\nContent-Type: multipart/mixed; boundary="b0"\n\n'
    return _write(folder, "a.eml", f"{head}{heads}--b{parts}\n\n{TEXT}\n")


def mail_in_mail(folder: Path) -> Path:
    """A thousand messages in each other."""
    head = "From: a@example.vn\nTo: b@example.vn\nSubject: a\nContent-Type: message/rfc822\n\n"
    return _write(folder, "a.eml", head * 1_000 + TEXT)


def mail_parts(folder: Path) -> Path:
    """Ten thousand attachments."""
    part = '--b\nContent-Type: text/plain; name="a.txt"\nContent-Disposition: attachment\n\na\n'
    head = "From: a@example.vn\nTo: b@example.vn\nContent-Type: multipart/mixed; boundary=b\n\n"
    return _write(folder, "a.eml", head + part * 10_000 + "--b--\n")


def mail_header(folder: Path) -> Path:
    """A list of addresses whose brackets are never closed."""
    addresses = ", ".join(f"(((<a{n}@example.vn>" for n in range(1_500))
    return _write(folder, "a.eml", f"From: a@example.vn\nTo: {addresses}\nSubject: a\n\n{TEXT}")


# ---------------------------------------------------------------- PDF


def _pdf(objects: list[str | bytes]) -> bytes:
    """A file of these objects, of which the first is the catalog."""
    content = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        body = body.encode() if isinstance(body, str) else body
        content += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(content)


def _stream(dictionary: str, body: bytes) -> bytes:
    return f"<<{dictionary}/Length {len(body)}>>stream\n".encode() + body + b"\nendstream"


def pdf_endless_tree(folder: Path) -> Path:
    """A page tree that is its own child."""
    objects: list[str | bytes] = ["<</Type/Catalog/Pages 2 0 R>>"]
    objects.append("<</Type/Pages/Count 1000000/Kids[2 0 R 2 0 R]>>")
    return _write(folder, "a.pdf", _pdf(objects))


def pdf_wide_tree(folder: Path) -> Path:
    """Twenty levels of pages, each twice in the one above: a million of one page."""
    objects: list[str | bytes] = ["<</Type/Catalog/Pages 2 0 R>>"]
    for level in range(20):
        child = f"{level + 3} 0 R"
        objects.append(f"<</Type/Pages/Count {2 ** (20 - level)}/Kids[{child} {child}]>>")
    objects.append("<</Type/Page/MediaBox[0 0 100 100]>>")
    return _write(folder, "a.pdf", _pdf(objects))


def pdf_told_pages(folder: Path) -> Path:
    """One page that says it is two thousand million."""
    objects: list[str | bytes] = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 2147483647/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
    ]
    return _write(folder, "a.pdf", _pdf(objects))


def _one_page(contents: bytes, resources: str, *others: str | bytes) -> bytes:
    return _pdf([
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<{resources}>>>>",
        contents,
        *others,
    ])  # fmt: skip


def pdf_huge_image(folder: Path) -> Path:
    """A picture of 100,000 x 100,000 pixels, told."""
    image = _stream(
        "/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8"
        "/Filter/FlateDecode",
        zlib.compress(b"\0" * 10 * _MEGA),
    )
    contents = _stream("", b"600 0 0 800 0 0 cm /I Do")
    return _write(folder, "a.pdf", _one_page(contents, "/XObject<</I 5 0 R>>", image))


def pdf_huge_page(folder: Path) -> Path:
    content = _one_page(_stream("", b""), "").replace(b"[0 0 600 800]", b"[0 0 9e9 9e9]")
    return _write(folder, "a.pdf", content)


def pdf_inflated_stream(folder: Path) -> Path:
    """100 MB of nothing, packed three times over."""
    body = b"\0" * (100 * _MEGA)
    for _ in range(3):
        body = zlib.compress(body, 9)
    contents = _stream("/Filter[/FlateDecode/FlateDecode/FlateDecode]", body)
    return _write(folder, "a.pdf", _one_page(contents, ""))


def pdf_form_in_form(folder: Path) -> Path:
    """Forms that each draw the next ten times: ten thousand million."""
    forms = [
        _stream(
            "/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + f"/Resources<</XObject<</F {n + 6} 0 R>>>>",
            b"/F Do " * 10,
        )
        for n in range(10)
    ]
    last = _stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"0 0 m 9 9 l S")
    contents = _stream("", b"/F Do")
    return _write(folder, "a.pdf", _one_page(contents, "/XObject<</F 5 0 R>>", *forms, last))


def pdf_object_stream(folder: Path) -> Path:
    """Object streams that extend each other in a circle, each telling of a thousand million objects."""
    objects: list[str | bytes] = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[9 0 R]>>",
    ]
    for other in (4, 3):
        objects.append(
            _stream(
                f"/Type/ObjStm/N 1000000000/First 20/Extends {other} 0 R", b"9 0 9 0 9 0 9 0 9 0 <<>>"
            )
        )
    return _write(folder, "a.pdf", _pdf(objects))


# ---------------------------------------------------------------- pictures


def png_huge(folder: Path) -> Path:
    """100,000 x 100,000 pixels in ten thousand bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    body = (
        chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10 * _MEGA)) + chunk(b"IEND", b"")
    )
    return _write(folder, "a.png", b"\x89PNG\r\n\x1a\n" + body)


def tiff_circle(folder: Path) -> Path:
    """A TIFF whose first page is also the one after it."""
    entries = [(256, 4, 1, 8), (257, 4, 1, 8), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]
    entries += [(273, 4, 1, 200), (277, 3, 1, 1), (278, 4, 1, 8), (279, 4, 1, 64)]
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *e) for e in entries)
    content = b"II*\0" + struct.pack("<I", 8) + directory + struct.pack("<I", 8)
    return _write(folder, "a.tif", content.ljust(200, b"\0") + b"\xff" * 64)


_PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/worksheets/sheet1.xml",
    "pptx": "ppt/slides/slide1.xml",
    "odt": "content.xml",
    "ods": "content.xml",
}
_CHANGES = {"laughs": _laughs, "steals": _steals, "inflated": _inflated, "deep": _deep}
BOMBS: dict[str, Bomb] = {
    bomb.__name__: bomb
    for bomb in (
        zip_ratio, zip_size, zip_lies, zip_entries, zip_directory, zip_nested, zip_of_zips,
        xlsx_corner, ods_repeated, html_deep, html_long, html_attributes, html_fetches,
        svg_fetches, rtf_deep, rtf_giant_numbers, markdown_deep, markdown_lists, txt_one_word,
        txt_marks, mail_nested, mail_in_mail, mail_parts, mail_header, pdf_endless_tree,
        pdf_wide_tree, pdf_told_pages, pdf_huge_image, pdf_huge_page, pdf_inflated_stream,
        pdf_form_in_form, pdf_object_stream, png_huge, tiff_circle,
    )
} | {
    f"{name}_{what}": _office(part, change, name)
    for name, part in _PARTS.items()
    for what, change in _CHANGES.items()
    if (name, what) != ("ods", "inflated")
}  # fmt: skip
# PDFium draws forms in forms without a limit; only those of the process end it.
ENDED_FROM_OUTSIDE = {"pdf_form_in_form"}


def bombs(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and file of each bomb that we can defuse ourselves, each in a folder of its own."""
    for name in sorted(set(BOMBS) - ENDED_FROM_OUTSIDE):
        (folder / name).mkdir()
        yield name, BOMBS[name](folder / name)
