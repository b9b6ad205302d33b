"""Sample documents of corpus/ through their real extractors: fields against what a person reads."""

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.extract import registry
from indexer.metadata.read import read

CORPUS = Path(__file__).parents[3] / "corpus"
# A few of every format, so that the test stays fast; corpus/ has about a hundred.
SAMPLES = [
    "100-chi-thi-09-ct-tw.pdf",
    "105-thong-tu-23-2012.html",
    "107-quyet-dinh-521-2005.txt",
    "124-ke-hoach-12-ngay-hoi-cat-ha-tinh-2022.docx",
    "131-cong-van-5202-quang-nam.pdf",
    "135-bao-cao-quy-1-2025-quang-ngai.pdf",
    "209-ke-hoach-tieng-keng-viet-tien-2021.pdf",
    "210-bao-cao-tieng-keng-viet-tien-2023.txt",
    "216-to-trinh-camera-hung-binh-2023.pdf",
    "232-tin-giao-ban-bac-ninh-2020.html",
    "235-tin-doi-xdpt-ha-tinh-2021.txt",
]
GOLD = CORPUS / "gold.json"

pytestmark = pytest.mark.skipif(not GOLD.is_file(), reason="corpus/ is not built")


def plain(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.lower().split())
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("name", SAMPLES)
def test_fields_of_a_sample(name: str) -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))[name]
    path = CORPUS / "documents" / name
    metadata = read(registry.extract(path), name).metadata
    for field in ("kind", "symbol", "issued_on", "issuer", "subject", "published_on", "event_on"):
        value = getattr(metadata, field)
        assert plain(value.value if value else None) == plain(gold.get(field)), field
    assert {topic.value for topic in metadata.topics} & set(gold["topics"])
