"""Fields and positions survive being stored."""

from datetime import date

from kb.boxes import NONE, Box, Boxes
from kb.catalog import codec
from kb.model import (
    Document,
    Metadata,
    Ocr,
    Page,
    Period,
    Reading,
    Reference,
    Section,
    Source,
    Span,
    Value,
)


def test_everything_a_document_knows_comes_back():
    metadata = Metadata(
        title=Value("Kế hoạch tổ chức Ngày hội", 0.9, Span(3, 9), "subject"),
        symbol=Value("12/KH-CAT-PV05", 1.0, None, "sidecar"),
        issued_on=Value(date(2022, 6, 15), 0.95, Span(1, 2), "date-line"),
        topics=(Value("phong-trao/ngay-hoi", 0.7, Span(0, 4), "cue"),),
        event_partial="--08-04",
        periods=(Period(date(2020, 1, 1), None, "half", "covers", "từ 2020", Span(5, 6)),),
        issuer_as_written="Công an tỉnh",
    )
    document = Document(
        source=Source("/a", "00", 1, 2),
        format="pdf",
        text="…",
        pages=(Page(1, 0, 1),),
        metadata=metadata,
        sections=(Section(0, 9, 1, "Điều 1", "Phạm vi"),),
        references=(Reference("based_on", "09-CT/TW", "Chỉ thị 09", Span(2, 5), date(2011, 12, 1)),),
        warnings=("cid",),
        ocr=Ocr("tesseract 5", ((1, 0.93),), (Reading(4, 9, "Quyêt"),)),
    )
    found = codec.decode_fields(codec.encode_fields(document))
    assert found == (
        metadata,
        document.sections,
        document.references,
        document.warnings,
        document.ocr,
    )


def test_unknown_and_missing_fields_of_other_versions_do_no_harm():
    metadata = codec.metadata_from_plain({"event_partial": "--01-02", "from_the_future": 1})
    assert metadata == Metadata(event_partial="--01-02")


def test_boxes_come_back_to_float_precision():
    boxes = Boxes.of([Box(0, 4, 1.5, 2.25, 3.0, 4.0), Box(5, 9, 10.0, 20.0, 30.0, 40.5)])
    assert codec.decode_boxes(codec.encode_boxes(boxes)) == boxes
    assert codec.encode_boxes(NONE) is None
    assert codec.decode_boxes(None) == NONE
