"""The five portal articles this project started from, field by field.

What is expected was written by a person who read them; the articles themselves are not part of the
project (TRACUU_DATA, or the folder ../shared/data beside the checkout).
"""

import os
from datetime import date
from pathlib import Path

import pytest
from field_samples import evidence

from indexer.extract.base import Extracted
from indexer.extract.text import TextExtractor
from indexer.metadata.read import Fields, read

DATA = Path(os.environ.get("TRACUU_DATA") or Path(__file__).parents[4] / "shared" / "data")
SEEDS = DATA / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"no seed articles in {SEEDS}")


def seed(number: str) -> tuple[Extracted, Fields]:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    source = TextExtractor().extract(path)
    return source, read(source, path.name)


TITLES = {
    "000": "Phó Giám đốc Công an tỉnh làm việc về công tác xây dựng phong trào toàn dân bảo vệ ANTQ",
    "001": "Hội nghị giao ban công tác xây dựng phong trào toàn dân bảo vệ ANTQ 6 tháng đầu năm 2020",
    "002": "Nâng cao chất lượng, hiệu quả công tác xây dựng phong trào toàn dân bảo vệ An ninh Tổ quốc",
    "003": "Hội nghị sơ kết 6 tháng đầu năm 2017",  # from a caption: the text has no title
    "004": "Bộ Công an: Huy động sức mạnh tổng hợp của cả hệ thống chính trị",
}
EVENTS = {
    "000": (date(2025, 3, 12), None),
    "001": (date(2020, 6, 19), None),
    "002": (None, "--08-04"),  # its year stands nowhere
    "003": (None, None),
    "004": (date(2022, 9, 23), None),
}
PUBLISHED = {"000": None, "001": date(2020, 6, 19), "002": None, "003": None, "004": None}
UNITS = {
    "000": ("cat-chua-ro", "Công an tỉnh"),  # the text never names the province
    "001": ("cat-bac-ninh", "Công an tỉnh"),  # by the district Quế Võ
    "002": ("cat-ha-tinh", "Công an tỉnh Hà Tĩnh"),
    "003": ("bca-v28", "Cục XDPT toàn dân bảo vệ ANTQ"),  # V05 only since August 2018
    "004": ("bca", "Cổng thông tin điện tử Bộ Công an"),
}
LAST_LINE = object()  # who wrote it stands there; names of people stay out of this project
AUTHORS = {
    "000": "XDPT",
    "001": "Phòng Công tác Đảng và Công tác chính trị",
    "002": LAST_LINE,  # a person
    "003": LAST_LINE,
    "004": None,
}
COVERS = {
    "000": None,
    "001": (date(2020, 1, 1), date(2020, 6, 30)),
    "002": None,
    "003": (date(2017, 1, 1), date(2017, 6, 30)),
    "004": (date(2022, 1, 1), date(2022, 12, 31)),
}
PERIODS = {  # the ones a person listed, whatever their role
    "000": {(date(2025, 1, 1), date(2025, 3, 12)), (date(2025, 1, 1), date(2025, 12, 31))},
    "001": {
        (date(2020, 1, 1), date(2020, 6, 30)),
        (date(2020, 1, 1), date(2025, 12, 31)),
        (date(2019, 1, 1), date(2019, 12, 31)),
    },
    "002": set(),
    "003": {(date(2017, 1, 1), date(2017, 6, 30)), (date(2017, 7, 1), date(2017, 12, 31))},
    "004": {(date(2022, 1, 1), date(2022, 12, 31)), (None, date(2030, 12, 31))},
}
# Those of the gold list that phrases can find; what they cannot: bo-may and lam-viec (000),
# ban-chuyen-trach and khen-thuong (001), giao-ban-so-ket (002), bo-may (003), each named once.
TOPICS = {
    "000": {"dan-van/dan-van-cand", "phong-trao/chi-dao", "cong-an-co-so/nhiem-vu-cap-xa"},
    "001": {
        "dieu-hanh/giao-ban-so-ket", "phong-trao/chi-dao", "phong-trao/phan-loai",
        "phong-trao/ngay-hoi", "mo-hinh/dan-van-kheo-mh", "phoi-hop/so-nganh",
    },
    "002": {"to-chuc/bo-may", "phong-trao/chi-dao", "phong-trao/ngay-hoi"},
    "003": {
        "dieu-hanh/giao-ban-so-ket", "to-chuc/can-bo", "phong-trao/chi-dao", "dan-van/dan-van-cand",
    },
    "004": {
        "cong-an-co-so/phuong-kieu-mau", "phong-trao/ngay-hoi", "phong-trao/chi-dao",
        "dieu-hanh/lam-viec",
    },
}  # fmt: skip
SEED_NUMBERS = sorted(TITLES)


@pytest.mark.parametrize("number", SEED_NUMBERS)
def test_every_seed_is_news_with_its_title(number: str) -> None:
    source, fields = seed(number)
    metadata = fields.metadata
    assert metadata.kind is not None and metadata.kind.value == "tin-tuc"
    assert metadata.title is not None and metadata.title.value.startswith(TITLES[number])
    assert evidence(source, metadata.title) == metadata.title.value
    assert metadata.symbol is None
    assert metadata.issued_on is None
    assert fields.warnings == ()


@pytest.mark.parametrize("number", SEED_NUMBERS)
def test_days_of_seeds(number: str) -> None:
    metadata = seed(number)[1].metadata
    event = metadata.event_on.value if metadata.event_on else None
    assert (event, metadata.event_partial) == EVENTS[number]
    assert (metadata.published_on.value if metadata.published_on else None) == PUBLISHED[number]
    assert metadata.covers == COVERS[number]
    assert {(period.start, period.end) for period in metadata.periods} >= PERIODS[number]


@pytest.mark.parametrize("number", SEED_NUMBERS)
def test_units_and_authors_of_seeds(number: str) -> None:
    source, fields = seed(number)
    metadata = fields.metadata
    assert metadata.unit is not None and metadata.issuer is not None
    assert (metadata.unit.value, metadata.issuer_as_written) == UNITS[number]
    last_line = source.text.strip().rsplit("\n", 1)[-1].strip()
    expected = last_line if AUTHORS[number] is LAST_LINE else AUTHORS[number]
    assert (metadata.author.value if metadata.author else None) == expected


def test_how_sure_a_unit_is_follows_its_evidence() -> None:
    sure = {number: seed(number)[1].metadata.unit for number in SEED_NUMBERS}
    confidence = {number: unit.confidence for number, unit in sure.items() if unit is not None}
    assert confidence["002"] > confidence["001"] > confidence["000"]


@pytest.mark.parametrize("number", SEED_NUMBERS)
def test_topics_of_seeds(number: str) -> None:
    source, fields = seed(number)
    topics = fields.metadata.topics
    assert {topic.value for topic in topics} >= TOPICS[number]
    assert len(topics) <= len(TOPICS[number]) + 2
    assert all(evidence(source, topic) for topic in topics)
