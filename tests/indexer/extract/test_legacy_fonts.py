"""What font names say."""

from __future__ import annotations

import pytest

from indexer.extract.legacy_fonts import family, sign_of
from indexer.extract.legacy_tables import TCVN3, VISCII, VNI, VPS


@pytest.mark.parametrize(
    ("name", "encoding", "capitals"),
    [
        (".VnTime", TCVN3, False),
        (".VnTimeH", TCVN3, True),
        (".VnTimeh", TCVN3, True),
        (".vntime", TCVN3, False),
        ("VnTime", TCVN3, False),
        ("VNTimeH", TCVN3, True),
        ("ABCDEF+.VnTime", TCVN3, False),
        ("ABCDEF+VnTimeHBold", TCVN3, True),
        (".VnTimeH,Bold", TCVN3, True),
        (".VnArial NarrowH1", TCVN3, True),
        (".VnArial Narrow", TCVN3, False),
        (".VnTimeH Tur", TCVN3, True),
        ("VnTimeBold", TCVN3, False),
        (".VnSouthern", TCVN3, False),
        (".VnBook-AntiquaH", TCVN3, True),
        (".VnCentury Schoolbook", TCVN3, False),
        (".Vn3DH", TCVN3, True),
        ("'.VnTime'", TCVN3, False),
        ("VNI-Times", VNI, False),
        ("VNI Helve", VNI, False),
        ("vni-times", VNI, False),
        ("XYZABC+VNI-Times,Bold", VNI, False),
        ("VPS Times", VPS, False),
        ("VI Times", VISCII, False),
        ("HoangYen", VISCII, False),
        ("VISCII Arial", VISCII, False),
    ],
)
def test_names_that_say_something(name, encoding, capitals):
    sign = sign_of(name)
    assert sign is not None
    assert (sign.encoding, sign.capitals) == (encoding, capitals)


@pytest.mark.parametrize(
    "name",
    [
        *("Times New Roman", "Arial", "VNtimes new roman", "Verdana", "Vivaldi", "UVN Thang Vu"),
        *("Symbol", "Calibri", "Viner Hand ITC", "Vrinda", "", None),
    ],
)
def test_names_that_say_nothing(name):
    assert sign_of(name) is None


def test_the_subset_mark_of_pdfs_is_no_part_of_the_name():
    assert family("ABCDEF+.VnTime") == ".VnTime"
    assert family("") is None
