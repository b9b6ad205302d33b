"""Slides: PPTX as python-pptx writes it, PPT and ODP as LibreOffice does (samples/)."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
from legacy_samples import encoded
from pptx import Presentation
from pptx.util import Inches

from indexer.extract import registry
from indexer.extract.legacy_tables import TCVN3
from indexer.extract.ppt import PptExtractor
from kb.errors import ExtractionFailed

SAMPLES = Path(__file__).parent / "samples"
MUTANTS = 100


@pytest.fixture
def ppt(tmp_path):
    path = tmp_path / "slides.ppt"
    path.write_bytes(gzip.decompress((SAMPLES / "slides.ppt.gz").read_bytes()))
    return path


@pytest.mark.parametrize("name", ["ppt", "odp"])
def test_slides_are_pages(name, ppt):
    extracted = registry.extract(ppt if name == "ppt" else SAMPLES / "slides.odp")
    assert extracted.format == name
    assert [extracted.text[p.start : p.end] for p in extracted.pages] == [
        "Kế hoạch năm\n\nNội dung thực hiện trong quý",
        "Kết luận\n\nCác đơn vị báo cáo kết quả",
    ]
    assert any("VNI" in warning for warning in extracted.warnings)


def test_pptx_text_tables_notes_and_a_slide_of_pictures(tmp_path):
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[6])  # nothing on it
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Tổng hợp"
    table = slide.shapes.add_table(1, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Số vụ", "12"
    run = slide.shapes.add_textbox(0, 0, Inches(2), Inches(1)).text_frame.paragraphs[0].add_run()
    run.text, run.font.name = encoded("kèm theo", TCVN3), ".VnTimeH"
    slide.notes_slide.notes_text_frame.text = "Lời ghi chú"
    path = tmp_path / "a.pptx"
    presentation.save(str(path))
    extracted = registry.extract(path)
    assert extracted.text == "Tổng hợp\n\nSố vụ | 12\n\nkèm theo\n\nLời ghi chú"
    assert "KÈM THEO" in extracted.as_printed().text
    assert [p.start for p in extracted.pages] == [0, 0]  # the first slide is empty, the second page 2
    assert {line.page for line in extracted.lines} == {2}


def test_mutants_raise_nothing_but_what_is_said(ppt):
    whole = ppt.read_bytes()
    chance = random.Random(7)
    for _number in range(MUTANTS):
        content = bytearray(whole)
        for _flip in range(chance.randint(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        ppt.write_bytes(content[: chance.randrange(len(content))] if chance.random() < 0.2 else content)
        try:
            PptExtractor().extract(ppt)
        except ExtractionFailed:
            continue
