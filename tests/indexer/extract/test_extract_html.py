"""HTML: news without menus, reprinted documents with their header, hostile pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from indexer.extract import html
from indexer.extract.html import HtmlExtractor
from indexer.extract.html_blocks import block_lines
from indexer.extract.html_declared import parse_date, posted_date
from kb.errors import ExtractionFailed

Check = Callable[[Any], None]
Texts = Callable[[Any], list[str]]
TITLE = "Công an tỉnh sơ kết phong trào 6 tháng đầu năm 2020"
LEAD = (
    "Ngày 19/6, Công an tỉnh tổ chức hội nghị sơ kết phong trào toàn dân bảo vệ an ninh Tổ quốc, "
    "đồng chí Phó Giám đốc Công an tỉnh chủ trì hội nghị."
)
STORY = [
    "Trong sáu tháng đầu năm, lực lượng Công an các cấp đã tham mưu cấp ủy, chính quyền ban hành "
    "nhiều văn bản chỉ đạo, hướng dẫn cơ sở xây dựng mô hình tự quản về an ninh, trật tự.",
    "Tại hội nghị, đại biểu các huyện thảo luận, nêu những khó khăn trong tuyên truyền ở khu công "
    "nghiệp và đề nghị bổ sung kinh phí cho các mô hình hoạt động có hiệu quả.",
    "Kết luận hội nghị, đồng chí Phó Giám đốc yêu cầu Công an các đơn vị, địa phương tiếp tục đổi "
    "mới hình thức vận động quần chúng, chú trọng địa bàn phức tạp về an ninh, trật tự./.",
]
SITE = "Cổng thông tin Công an tỉnh"
MENU = '<ul><li><a href="/">Trang chủ</a></li><li><a href="/gt">Giới thiệu</a></li></ul>'


def written(tmp_path: Path, markup: str | bytes, name: str = "a.html") -> Path:
    path = tmp_path / name
    path.write_bytes(markup.encode() if isinstance(markup, str) else markup)
    return path


def read(tmp_path: Path, markup: str | bytes) -> Any:
    return HtmlExtractor().extract(written(tmp_path, markup))


def news(head: str = "", before: str = "", story: list[str] = STORY) -> str:
    paragraphs = "".join(f"<p>{line}</p>\n" for line in story)
    return (
        f"<html><head><meta charset='utf-8'><title>{TITLE} - {SITE}</title>{head}</head>"
        f"<body><div id='menu'>{MENU}</div>"
        f"<div class='content'><h1>{TITLE}</h1>{before}{paragraphs}</div>"
        "<div class='footer'>Bản quyền thuộc Công an tỉnh. Điện thoại: 0239.000.000</div></body></html>"
    )


def test_news_is_title_and_story(tmp_path: Path, texts: Texts, check_offsets: Check) -> None:
    extracted = read(tmp_path, news())
    check_offsets(extracted)
    assert texts(extracted) == [TITLE, *STORY]
    assert extracted.text == "\n\n".join([TITLE, *STORY])
    assert extracted.title == TITLE
    assert (extracted.format, len(extracted.pages)) == ("html", 1)


def test_the_lead_is_not_lost(tmp_path: Path, texts: Texts) -> None:
    page = news(before=f"<div class='tomtat'><b>{LEAD}</b></div>")
    assert texts(read(tmp_path, page)) == [TITLE, LEAD, *STORY]


def test_the_author_is_not_lost(tmp_path: Path, texts: Texts) -> None:
    author = "<p class='post-author'>Anh C</p>"
    page = news().replace("</div><div class='footer'>", f"{author}</div><div class='footer'>")
    assert texts(read(tmp_path, page)) == [TITLE, *STORY, "Anh C"]


def test_pages_laid_out_with_tables(tmp_path: Path, texts: Texts) -> None:
    story = "".join(f"<p>{line}</p>" for line in STORY)
    page = (
        f"<html><head><title>{TITLE}</title></head><body><table width=980 align=center>"
        "<tr><td colspan=2><a href=/>Trang chủ</a> | <a href=/tin>Tin tức</a></td></tr>"
        "<tr><td><a href=#>Chuyên mục</a><br><a href=#>An ninh trật tự</a></td>"
        f"<td><div>Trang chủ / Tin tức / {TITLE}</div><div>{TITLE}</div>"
        f"<div>Cập nhật: 24/09/2022 10:11:07 SA</div><div><b>{LEAD}</b></div>{story}"
        "<table align=center><tr><td><i>Toàn cảnh hội nghị</i></td></tr></table></td></tr></table>"
    )
    extracted = read(tmp_path, page)
    lines = texts(extracted)
    assert lines[:5] == [TITLE, LEAD, *STORY]
    assert set(lines[5:]) <= {"Toàn cảnh hội nghị"}
    assert not any(line.centered for line in extracted.lines[:5])
    assert extracted.published_on == date(2022, 9, 24)


def test_what_the_page_declares(tmp_path: Path) -> None:
    head = (
        "<meta property='og:site_name' content='Cổng thông tin Công an tỉnh'>"
        f"<meta property='og:title' content='{TITLE} - {SITE}'>"
        "<link rel='canonical' href='https://congan.example/tin/1.html'>"
        "<meta property='article:published_time' content='2020-06-19T20:30:00Z'>"
    )
    extracted = read(tmp_path, news(head))
    assert extracted.title == TITLE
    assert extracted.site == "Cổng thông tin Công an tỉnh"
    assert extracted.url == "https://congan.example/tin/1.html"
    assert extracted.published_on == date(2020, 6, 20)  # 20:30 UTC is the next day in Vietnam


@pytest.mark.parametrize(
    ("page", "site"),
    [
        (f"{TITLE} | {SITE}", SITE),
        (f"{TITLE} - Bản tin Cục XDPT - số 3", "Bản tin Cục XDPT - số 3"),
        (SITE, SITE),
        (f"{TITLE} - phần 2", None),
        (f"{TITLE} theo trang tin của xã", None),
    ],
)
def test_the_site_named_at_the_end_of_a_page_title(tmp_path: Path, page: str, site: str | None) -> None:
    body = f"<h1>{TITLE}</h1><p>{LEAD}</p>" + "".join(f"<p>{line}</p>" for line in STORY)
    markup = f"<html><head><title>{page}</title></head><body>{body}</body></html>"
    assert HtmlExtractor().extract(written(tmp_path, markup)).site == site


@pytest.mark.parametrize(
    "markup",
    [
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2020-06-19"}]}</script>',
        '<span itemprop="datePublished" content="2020-06-19">hôm qua</span>',
        "<p>Đăng vào 19/06/2020</p>",
        "<p>Ngày đăng: 19-06-2020</p>",
        "<p>Cập nhật: 19/06/2020 9:30:07 SA</p>",
        "<p>Thứ Sáu, 19/06/2020, 14:58 [GMT+7]</p>",
        "<p>16:53, 19/06/2020</p>",
        '<time datetime="2020-06-19T08:00:00+07:00">19 tháng 6</time>',
    ],
)
def test_ways_to_declare_the_day_of_publication(tmp_path: Path, markup: str) -> None:
    assert read(tmp_path, news(before=markup)).published_on == date(2020, 6, 19)


def test_a_date_in_the_story_is_not_the_day_of_publication(tmp_path: Path) -> None:
    story = ["Ngày 01/5/2019, hội nghị khai mạc; hạn đăng ký 12/3/2020.", "19/6/2020", *STORY]
    assert read(tmp_path, news(story=story)).published_on is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-08-09", date(2025, 8, 9)),
        ("09/08/2025 10:00", date(2025, 8, 9)),
        ("2025-08-09T18:00:00Z", date(2025, 8, 10)),
        ("2025-08-09T18:00:00+07:00", date(2025, 8, 9)),
        ("Thứ Hai, 23/05/2022", date(2022, 5, 23)),
        ("31/02/2022", None),
        ("1970-01-01", None),
        ("hôm qua", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    assert parse_date(text) == day


def test_lines_that_tell_no_day_of_publication() -> None:
    for line in ("Ngày ban hành: 19/06/2020", "19/06/2020", "Hạn cuối đăng ký 19/06/2020 trên cổng"):
        assert posted_date(line) is None


DOCUMENT = """
<html><head><title>Kế hoạch 12/KH-CAT | Thư viện văn bản</title></head><body>
<div class=menu><a href=/>Trang chủ</a><a href=/vb>Văn bản</a></div>
<table class=props><tr><td>Số hiệu:</td><td>12/KH-CAT</td></tr>
<tr><td>Ngày ban hành:</td><td>15/06/2022</td></tr></table>
<div id=noidung>
<table width="100%"><tr>
<td align=center><p>BỘ CÔNG AN<br><b>CÔNG AN TỈNH HÀ TĨNH</b><br>-------</p></td>
<td align=center><b>CỘNG HÒA XÃ HỘI<br>CHỦ NGHĨA VIỆT NAM</b><br>Độc lập - Tự do - Hạnh phúc<br>---</td>
</tr><tr>
<td align=center>Số: 12/KH-CAT</td>
<td align=center><i>Hà Tĩnh, ngày 15 tháng 6 năm 2022</i></td>
</tr></table>
<p align=center><b>KẾ HOẠCH</b></p><p align=center><b>Tổ chức Ngày hội toàn dân</b></p>
<p>Thực hiện Chỉ thị số 06/CT-BCA-V05 ngày 18/8/2021, Công an tỉnh lập kế hoạch:</p>
<p><b>I. MỤC ĐÍCH</b></p><ol><li>Phát huy sức mạnh của nhân dân</li><li>Củng cố phong trào</li></ol>
<table border=1><tr><td>Thời gian</td><td>Việc</td></tr>
<tr><td>Tháng 7</td><td>Tuyên truyền</td></tr></table>
<table><tr><td><b>Nơi nhận:</b><br>- Lưu: VT.</td><td>KT. GIÁM ĐỐC<br>Nguyễn Văn A</td></tr></table>
</div><div class=footer>Bản quyền thuộc về thư viện</div></body></html>
"""


def test_a_reprinted_document_keeps_its_lines(
    tmp_path: Path, texts: Texts, check_offsets: Check
) -> None:
    extracted = read(tmp_path, DOCUMENT)
    check_offsets(extracted)
    columns = [line.column for line in extracted.lines]
    assert list(zip(columns, texts(extracted), strict=True)) == [
        ("left", "BỘ CÔNG AN"),
        ("left", "CÔNG AN TỈNH HÀ TĨNH"),
        ("left", "Số: 12/KH-CAT"),
        ("right", "CỘNG HÒA XÃ HỘI"),
        ("right", "CHỦ NGHĨA VIỆT NAM"),
        ("right", "Độc lập - Tự do - Hạnh phúc"),
        ("right", "Hà Tĩnh, ngày 15 tháng 6 năm 2022"),
        (None, "KẾ HOẠCH"),
        (None, "Tổ chức Ngày hội toàn dân"),
        (
            None,
            "Thực hiện Chỉ thị số 06/CT-BCA-V05 ngày 18/8/2021, Công an tỉnh lập kế hoạch:",
        ),
        (None, "I. MỤC ĐÍCH"),
        (None, "1. Phát huy sức mạnh của nhân dân"),
        (None, "2. Củng cố phong trào"),
        (None, "Thời gian | Việc"),
        (None, "Tháng 7 | Tuyên truyền"),
        ("left", "Nơi nhận:"),
        ("left", "- Lưu: VT."),
        ("right", "KT. GIÁM ĐỐC"),
        ("right", "Nguyễn Văn A"),
        (None, "Số hiệu: | 12/KH-CAT"),
        (None, "Ngày ban hành: | 15/06/2022"),
    ]
    assert extracted.published_on is None
    assert extracted.lines[7].bold and extracted.lines[7].centered


def test_a_mention_of_the_state_is_no_header(tmp_path: Path, texts: Texts) -> None:
    story = [*STORY, "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam quy định quyền của công dân."]
    assert texts(read(tmp_path, news(story=story))) == [TITLE, *story]


def test_spans_set_apart_by_style_only() -> None:
    tree = lxml_html.document_fromstring(
        "<body><p><span>Số hiệu</span><span>16/2023</span> h<b>ai</b></p></body>"
    )
    html._part_spans(tree)
    assert [line.text for line in block_lines(tree)] == ["Số hiệu 16/2023 hai"]


def test_hidden_parts_breaks_and_preformatted_text() -> None:
    tree = lxml_html.document_fromstring(
        "<body><p>một\n hai<br>ba</p><p style='display: none'>ẩn</p><script>x</script>"
        "<pre>bốn\nnăm</pre></body>"
    )
    lines = block_lines(tree)
    assert [(line.text, line.new_paragraph) for line in lines] == [
        ("một hai", True),
        ("ba", False),
        ("bốn", True),
        ("năm", False),
    ]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1258", "utf-16"])
def test_charsets(tmp_path: Path, charset: str) -> None:
    text = "Công an ti\u0309nh Ha\u0300 Ti\u0303nh "  # as windows-1258 has it: tones apart
    page = f"<html><head><meta charset={charset}></head><body><p>{text * 9}</p></body></html>"
    assert read(tmp_path, page.encode(charset)).text.startswith("Công an tỉnh Hà Tĩnh Công an")


@pytest.mark.parametrize("tag", ["div", "font", "b", "table><tr><td"])
def test_deep_nesting_does_not_crash(tmp_path: Path, tag: str) -> None:
    deep = f"<html><body><p>Nội dung ở ngoài.</p>{f'<{tag}>' * 100_000}trong cùng</body></html>"
    extracted = read(tmp_path, deep)
    assert "Nội dung ở ngoài." in extracted.text
    assert any(warning.startswith("cut-off: ") for warning in extracted.warnings)


def test_nothing_but_depth_is_too_big(tmp_path: Path) -> None:
    with pytest.raises(ExtractionFailed) as caught:
        read(tmp_path, f"<html><body>{'<div>' * 100_000}trong cùng</body></html>")
    assert caught.value.code == "too-big"


def test_unclosed_tags_of_old_pages_are_read(tmp_path: Path) -> None:
    page = "<html><body>" + "".join(f"<font>{line} " * 200 for line in STORY) + "</body></html>"
    extracted = read(tmp_path, page)
    assert extracted.text.count("Kết luận hội nghị") == 200


def test_a_page_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_BYTES", 1000)
    with pytest.raises(ExtractionFailed) as caught:
        read(tmp_path, news())
    assert caught.value.code == "too-big"


@pytest.mark.parametrize(
    "markup",
    [
        "<",
        "<html",
        "<!--",
        "<html><body><p>\x00chữ\x01</p>",
        "<html><head><title>x</title></head></html>",
        "</p>",
    ],
)
def test_scraps_never_crash(tmp_path: Path, markup: str) -> None:
    try:
        assert read(tmp_path, markup).text
    except ExtractionFailed as error:
        assert error.code in ("no-text", "corrupt")
