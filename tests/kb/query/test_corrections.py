"""Did-you-mean and left-over keystrokes through the whole library, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kb.access import PUBLIC, Principal
from kb.catalog import documents as stored
from kb.library import Library
from kb.query.did_you_mean import corrected
from kb.query.parser import parse
from kb.query.rewrite import convert_keystrokes
from kb.results import Results, SearchRequest
from kb.settings import Settings
from kb.vietnamese.normalise import fold_form

STAFF = Principal("staff", frozenset({"public", "internal"}))

TEXTS = (
    "Kế hoạch tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2022. Xây dựng phong trào toàn dân.",
    "Báo cáo kết quả xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc của Công an xã.",
    "Hướng dẫn xây dựng kế hoạch ngày hội toàn dân; nghĩa vụ của cán bộ, chiến sĩ công an.",
    "Nghị quyết về hòa bình; họp bàn đông đủ cán bộ; mô hình camera an ninh; khổ giấy A4, mẫu PV05.",
    "Trao đổi kinh nghiệm; trao giấy khen cho cán bộ. Mang nước ngay cho dân; chuyển công văn hoả tốc.",
    "Quy định về văn hoá đọc và phòng đọc sách của thư viện xã, không thu tiền của người đọc.",
)


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def library(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    settings = Settings(home=tmp_path_factory.mktemp("home"), engine=request.param, jobs=1)
    make = request.getfixturevalue("make_document")
    texts = [(f"Số {n}. {text}", "public") for text in TEXTS for n in range(1, 9)] + [
        ("Mật khẩu dự phòng: zenit quang trung", "internal")
    ]
    with Library.writing(settings) as opened:
        with opened.database.begin() as connection:
            for number, (text, label) in enumerate(texts):
                kind = "bao-cao" if "Báo cáo" in text else None
                document = make(text, f"/d/{number}.txt", label=label, kind=kind)
                stored.store(connection, document)
        opened.reindex()
        yield opened


def search(library: Library, query: str, principal: Principal = PUBLIC, **fields: object) -> Results:
    return library.search(replace(SearchRequest(query), **fields), principal)  # type: ignore[arg-type]


# ---------------------------------------------------------------- did you mean

SUGGESTED = """
xây dụng -> xây dựng
xay dựng -> xây dựng
phong trao tòan dân -> phong trào toàn dân
ke hoạch ngay hội tòan dân -> kế hoạch ngày hội toàn dân
xay dung fong trao toan dzan -> xây dựng phong trào toàn dân
kế hoach -> kế hoạch
kê hoạch -> kế hoạch
KÊ HOẠCH -> KẾ HOẠCH
Kê hoạch Ngày hội -> Kế hoạch Ngày hội
nghiã vụ -> nghĩa vụ
kế hoạcch -> kế hoạch
phong tàro -> phong trào
ke haoch ngay hoi -> kế hoạch ngày hội
sây dựng phong trào -> xây dựng phong trào
bảo vệ an nihn tổ quốc -> bảo vệ an ninh tổ quốc
xây dụng -camera -> xây dựng -camera
xây dụng loại:"báo cáo" -> xây dựng loại:"báo cáo"
xây dụng (kế hoach OR "phong trào") -> xây dựng (kế hoạch OR "phong trào")
kê hoạch 2022 -> kế hoạch 2022
hoạcch -> hoạch
"""

LEFT_ALONE = """
xây dựng phong trào toàn dân
xay dung phong trao toan dan
ke hoach ngay hoi
hoà bình
hòa bình
văn hóa
hỏa tốc
ngày hội tòan dân
công an
trao đổi kinh nghiệm
asdfgh
camera an ninh
PV05
A4
test
wto
Amsterdam
UBND xã
Nguyễn Văn A
"xây dụng"
-"xây dụng" công an
12/KH-CAT
2022
xây*
"""


def rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split(" -> ")) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("typed", "meant"), rows(SUGGESTED))
def test_a_correction_is_suggested(library: Library, typed: str, meant: str) -> None:
    results = search(library, typed)
    assert results.suggestion == meant
    assert search(library, meant).total
    assert search(library, meant).suggestion is None


@pytest.mark.parametrize("typed", [row[0] for row in rows(LEFT_ALONE)])
def test_nothing_is_suggested(library: Library, typed: str) -> None:
    assert search(library, typed).suggestion is None


def test_a_suggestion_knows_only_what_the_principal_may_see(library: Library) -> None:
    assert search(library, "zenit quag trung", STAFF).suggestion == "zenit quang trung"
    assert search(library, "zenit quag trung").suggestion is None


def test_a_suggestion_finds_something_with_the_filters_of_the_request(library: Library) -> None:
    assert search(library, "nghiã vụ").suggestion == "nghĩa vụ"
    assert search(library, "nghiã vụ", kinds=("bao-cao",)).suggestion is None
    assert search(library, "xây dụng", kinds=("bao-cao",)).suggestion == "xây dựng"


def test_only_the_first_page_suggests(library: Library) -> None:
    assert search(library, "xây dụng", page=2).suggestion is None


def test_a_suggestion_reaches_json(library: Library) -> None:
    assert search(library, "xây dụng").to_json()["suggestion"] == "xây dựng"


# ---------------------------------------------------------------- keystrokes

READ = """
phong trafo -> trào
kees hoachj -> kế hoạch
ke61 hoach5 -> kế hoạch
ca1n bo65 -> cán bộ
xaay duwngj -> xây dựng
xaay duwngj phong traof -> xây dựng phong trào
XAAY DUWNGJ -> xây dựng
ddoong -> đông
coong an -> công
Phong Trafo -> trào
(kees hoachj) OR camera -> kế hoạch
"""

AS_TYPED = """
"phong trafo"
-trafo phong
test
mass
boss
class
camera
PV05
V28
m2
H5N1
A4
khổ giấy A4
trafo
tiêu đề:trafo
phong trào
phong trao
zenits quangs
"""


@pytest.mark.parametrize(("typed", "meant"), rows(READ))
def test_keystrokes_are_read(library: Library, typed: str, meant: str) -> None:
    results = search(library, typed)
    (repair,) = results.repairs
    assert repair.code == "keystrokes"
    assert f"“{meant}”" in repair.message
    assert results.relaxed is None and results.suggestion is None
    marked = {p.text[s:e].lower() for hit in results.hits for p in hit.passages for s, e in p.marks}
    assert set(meant.split()) <= marked


@pytest.mark.parametrize("typed", [row[0] for row in rows(AS_TYPED)])
def test_what_is_no_keystroke_stays(library: Library, typed: str) -> None:
    assert "keystrokes" not in {repair.code for repair in search(library, typed).repairs}


def test_keystrokes_are_marked_in_the_document_too(library: Library) -> None:
    hit = search(library, "kees hoachj").hits[0]
    marks = library.passages_marks(hit.id, "kees hoachj", PUBLIC)
    text = library.get(hit.id, PUBLIC).document.text
    assert {text[start:end].lower() for start, end in marks} == {"kế", "hoạch"}


# ---------------------------------------------------------------- anything

PIECES = st.sampled_from(
    [
        "xây",
        "dụng",
        "fong",
        "trafo",
        "ke61",
        '"',
        "(",
        ")",
        "-",
        " OR ",
        "ngày:2020",
        "*",
        "12/KH",
        "ă̂",
        "đ",
        ",",
    ]
)


@hypothesis_settings(deadline=None)  # the first call makes the table of all syllables
@given(st.lists(PIECES | st.text(max_size=6), max_size=12).map(" ".join))
def test_any_query(query: str) -> None:
    words = Everything()
    parsed = convert_keystrokes(parse(query), words)  # type: ignore[arg-type]
    for thorough in (False, True):
        text = corrected(parsed, words, thorough=thorough)  # type: ignore[arg-type]
        assert text is None or isinstance(text, str)


class Everything:
    """A vocabulary that knows a few words, all beside each other."""

    size = 100
    WORDS = ("xây", "dựng", "phong", "trào", "kế", "hoạch", "dung")

    def forms(self, fold: str) -> dict[str, int]:
        return {word: 50 for word in self.WORDS if fold_form(word) == fold}

    def pairs(self, left: str, right: str) -> dict[tuple[str, str], int]:
        return {(a, b): 40 for a in self.forms(left) for b in self.forms(right)}

    def symbols(self, beginning: str) -> dict[str, int]:
        return {}

    def documents(self, form: str) -> int:
        return 50 if form in self.WORDS else 0
