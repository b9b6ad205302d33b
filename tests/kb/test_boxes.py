"""Packed boxes behave as a tuple of boxes would."""

import pickle

import pytest

from kb.boxes import NONE, Box, Boxes

TWO = [Box(0, 3, 72.0, 80.5, 95.25, 92.0), Box(4, 6, 100.0, 80.5, 120.0, 92.0)]


def test_packed_boxes_are_a_sequence() -> None:
    boxes = Boxes.of(TWO)
    assert list(boxes) == TWO
    assert (len(boxes), boxes[0], boxes[-1], boxes[:1]) == (2, TWO[0], TWO[1], (TWO[0],))
    assert TWO[1] in boxes
    with pytest.raises(IndexError):
        boxes[2]


def test_packed_boxes_are_values() -> None:
    boxes = Boxes.of(TWO)
    assert boxes == Boxes.of(TWO)
    assert boxes != Boxes.of(TWO[:1])
    assert len({boxes, Boxes.of(TWO)}) == 1
    assert pickle.loads(pickle.dumps(boxes)) == boxes
    assert not NONE


def test_places_are_exact_to_a_thousandth_of_a_point() -> None:
    (box,) = Boxes.of([Box(0, 1, 1234.567, 0.001, 595.276, 841.89)])
    assert box[2:] == pytest.approx((1234.567, 0.001, 595.276, 841.89), abs=0.001)
