"""Broken and hostile files of every format: read or refused, and nothing worse (SAFETY.md, row 6).

A few mutants each; `python benchmarks/hostile.py` makes many, and times the bombs.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hostile_bombs import BOMBS, ENDED_FROM_OUTSIDE, bombs
from hostile_mutants import mutants
from hostile_reading import DEFECTS, READ, Reading, readings
from hostile_samples import samples

from indexer.extract import registry
from indexer.pipeline import ingest
from kb.library import Library

MUTANTS = 6  # of each format
_PATIENCE = 20.0  # seconds for a bomb, which takes less than two: other work may take the processor
_STOLEN = "def zip_nested"  # stands in hostile_bombs.py, which an external entity would bring in


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return samples(tmp_path_factory.mktemp("sound"))


def test_every_format_has_a_sample_that_is_read(sound: dict[str, Path]) -> None:
    formats = {registry.detect(path) for path in sound.values()}
    assert formats == set(sound)
    # No free program writes these two: they are read by programs alone (test_programs.py).
    assert set(registry._EXTRACTORS) | {"image"} == formats | {"word-old", "xlsb"}
    unread = [reading for reading in readings(sound.values()) if reading.code != READ]
    assert unread == []


def test_mutants_are_read_or_refused(sound: dict[str, Path], tmp_path: Path) -> None:
    written = []
    for name, path in sound.items():
        for number, content in enumerate(mutants(path.read_bytes(), "test", MUTANTS)):
            written.append(tmp_path / f"{name}-{number}{path.suffix}")
            written[-1].write_bytes(content)
    done = list(readings(written))
    assert len(done) == MUTANTS * len(sound)
    assert [reading for reading in done if reading.code in DEFECTS] == []
    # The mutants must reach the readers, not only the first look at a file.
    assert sum(reading.code == READ for reading in done) > len(done) / 4


def test_mutants_are_the_same_each_time(sound: dict[str, Path]) -> None:
    content = sound["rtf"].read_bytes()
    assert list(mutants(content, "a", 5)) == list(mutants(content, "a", 5))
    assert list(mutants(content, "a", 5)) != list(mutants(content, "b", 5))


@pytest.fixture(scope="module")
def bombed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reading]:
    """What became of each bomb that we can defuse ourselves."""
    paths = {str(path): name for name, path in bombs(tmp_path_factory.mktemp("bombs"))}
    return {paths[reading.path]: reading for reading in readings(map(Path, paths), timeout=_PATIENCE)}


def test_bombs_are_refused_or_read(bombed: dict[str, Reading]) -> None:
    assert set(bombed) == set(BOMBS) - ENDED_FROM_OUTSIDE
    defects = {name: r for name, r in bombed.items() if r.code in DEFECTS}
    assert defects == {}


@pytest.mark.parametrize(
    "name",
    [
        *("zip_ratio", "zip_size", "zip_entries", "zip_directory", "zip_nested", "zip_of_zips"),
        *("docx_inflated", "xlsx_inflated", "pptx_inflated", "odt_inflated"),
        *("html_deep", "html_long", "rtf_deep", "mail_parts", "pdf_endless_tree", "png_huge"),
    ],
)
def test_what_is_over_a_limit_says_so(bombed: dict[str, Reading], name: str) -> None:
    assert bombed[name].code == "too-big"


@pytest.mark.parametrize("name", ["docx", "xlsx", "pptx", "odt", "ods"])
def test_entities_neither_multiply_nor_read_files(bombed: dict[str, Reading], name: str) -> None:
    assert bombed[f"{name}_laughs"].code == "corrupt" or bombed[f"{name}_laughs"].characters < 5_000
    assert _STOLEN not in bombed[f"{name}_steals"].text


@pytest.mark.parametrize("name", ["html_fetches", "svg_fetches", "xlsx_corner", "ods_repeated"])
def test_the_text_of_odd_files_is_still_read(bombed: dict[str, Reading], name: str) -> None:
    assert bombed[name].code == READ
    assert _STOLEN not in bombed[name].text
    assert "đơn vị" in bombed[name].text or name in ("xlsx_corner", "ods_repeated")


@pytest.mark.skipif(sys.platform == "win32", reason="memory is not limited there")
def test_what_no_reader_ends_is_ended(tmp_path: Path) -> None:
    (reading,) = readings([BOMBS["pdf_form_in_form"](tmp_path)], timeout=5)
    assert reading.code in ("timeout", "out-of-memory", "crashed")


def test_a_run_goes_on_over_hostile_files(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "van-ban"
    folder.mkdir()
    (folder / "a.txt").write_text("Kế hoạch phòng chống ma túy ở xã.", "utf-8")
    for name in ("zip_nested", "docx_laughs", "html_deep", "pdf_endless_tree", "png_huge"):
        path = BOMBS[name](tmp_path)
        path.rename(folder / f"{name}{path.suffix}")
    (folder / "z.txt").write_text("Báo cáo mô hình camera an ninh.", "utf-8")
    report = ingest(library, [folder], jobs=2)
    assert report.counts["added"] == 2
    assert {Path(item.path).stem: item.code for item in report.rejected} == {
        "zip_nested": "too-big",
        "docx_laughs": "corrupt",
        "html_deep": "too-big",
        "pdf_endless_tree": "too-big",
        "png_huge": "too-big",
    }
