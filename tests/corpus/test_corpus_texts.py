"""The texts of corpus/: enough of them, gold that agrees with the text, citations that agree."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date

import pytest
from build import TEXTS
from samples import KINDS, NEWS_KIND, Sample, read_samples

from kb.vietnamese import kinds, topics

SAMPLES = read_samples(TEXTS)
OFFICIAL = [sample for sample in SAMPLES if sample.style != "news"]

# "12/KH-CAT-PV05 ngày 15/6/2022", "23/2012/TT-BCA ngày 27 tháng 4 năm 2012"
CITATION = re.compile(
    r"(?P<symbol>\d{1,5}(?:/\d{4})?[/-][A-ZĐ][\w&]*(?:[-/][A-ZĐ][\w&]*)*)(?:\(\w+\))?,?\s+"
    r"ngày\s+(?P<day>\d{1,2})(?:/| tháng )(?P<month>\d{1,2})(?:/| năm )(?P<year>\d{4})"
)
SECRECY = re.compile(r"^\s*(?:TUYỆT |TỐI )?MẬT\s*$", re.MULTILINE)


def key(symbol: str) -> str:
    """A symbol without drafter in brackets and hyphens: 333/KHBCĐ is 333/KH-BCĐ."""
    return re.sub(r"\(\w+\)", "", symbol).replace("-", "")


def whole_text(sample: Sample) -> str:
    parts = (sample.title, sample.subject, *sample.grounds, sample.lead, sample.body, sample.annex)
    return "\n".join(part for part in parts if part)


def without_lead_in(subject: str) -> str:
    return re.sub(r"^(?:V/v|Về việc|Về)\s+", "", subject, flags=re.IGNORECASE).casefold()


def test_enough_documents_for_facets() -> None:
    assert len(SAMPLES) >= 60
    assert len({sample.number for sample in SAMPLES}) == len(SAMPLES)
    by_kind = Counter(sample.gold["kind"] for sample in SAMPLES)
    wanted = ("chi-thi", "ke-hoach", "bao-cao", "huong-dan", "cong-van", "quyet-dinh", "thong-bao")
    assert all(by_kind[kind] >= 3 for kind in wanted), by_kind
    assert {"quy-che", "to-trinh", "cong-dien", "thong-tu", "nghi-quyet", "ket-luan"} <= by_kind.keys()
    assert by_kind[NEWS_KIND] >= 10


def test_every_year_from_2016_to_2026() -> None:
    years = Counter((sample.date or sample.published).year for sample in SAMPLES)  # type: ignore[union-attr]
    assert all(years[year] for year in range(2016, 2027)), years


def test_every_level_and_format() -> None:
    issuers = "\n".join(sample.gold["issuer"] for sample in OFFICIAL)
    for level in (
        "Bộ Công an",
        "Công an tỉnh",
        "Công an huyện",
        "xã",
        "phường",
        "Ủy ban nhân dân tỉnh",
    ):
        assert level in issuers, level
    assert {sample.format for sample in SAMPLES} == {"pdf", "docx", "html", "txt"}
    assert {sample.style for sample in SAMPLES} == {"official", "party", "news"}


@pytest.mark.parametrize("sample", OFFICIAL, ids=lambda sample: sample.name)
def test_gold_agrees_with_the_text(sample: Sample) -> None:
    assert sample.symbol and sample.subject and sample.kind is not None
    assert sample.gold["kind"] == KINDS[sample.kind]
    assert sample.gold["symbol"] == re.sub(r"\(\w+\)", "", sample.symbol)
    assert sample.gold["issued_on"] == sample.date
    assert without_lead_in(sample.gold["subject"]) == without_lead_in(sample.subject)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_gold_uses_known_kinds_topics_and_periods(sample: Sample) -> None:
    assert kinds.get(sample.gold["kind"]).id == sample.gold["kind"]
    unknown = [topic for topic in sample.gold["topics"] if topics.get(topic) is None]
    assert unknown == []
    if "covers" in sample.gold:
        start, end = sample.gold["covers"]
        assert start <= end
    if sample.style == "news":
        assert sample.published and sample.gold["published_on"] == date(
            sample.published.year, sample.published.month, sample.published.day
        )


def test_cited_documents_of_the_corpus_carry_the_cited_date() -> None:
    dates: dict[str, set[date]] = defaultdict(set)
    for sample in OFFICIAL:
        assert sample.symbol and sample.date
        dates[key(sample.symbol)].add(sample.date)
    resolved, wrong = 0, []
    for sample in SAMPLES:
        for match in CITATION.finditer(whole_text(sample)):
            symbol = key(match["symbol"])
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
            if day in dates[symbol]:
                resolved += 1
            elif dates[symbol]:
                wrong.append(f"{sample.name}: {match[0]}")
    assert wrong == []
    assert resolved >= 80


def test_same_symbol_of_two_years_is_in_the_corpus() -> None:
    """Numbers restart every year: 09/CT-TTg alone names two documents."""
    found = [sample.date for sample in OFFICIAL if sample.symbol == "09/CT-TTg"]
    assert len(found) == len(set(found)) == 2


def test_nothing_secret_and_no_placeholders_left() -> None:
    for sample in SAMPLES:
        text = whole_text(sample)
        assert not SECRECY.search(text), sample.name
        assert "TODO" not in text and "lorem" not in text.casefold(), sample.name


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_length_is_that_of_a_real_document(sample: Sample) -> None:
    assert 150 <= len(whole_text(sample).split()) <= 1200
