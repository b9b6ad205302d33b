"""Units: names as written, ids, labels, superiors, and what must stay open."""

from datetime import date

import pytest

from kb.vietnamese import places, units
from kb.vietnamese.unit_table import table

RESOLVED = [
    ("CÔNG AN TỈNH HÀ TĨNH", "cat-ha-tinh"),
    ("CONG AN TINH HA TINH", "cat-ha-tinh"),
    ("CAT Hà Tĩnh", "cat-ha-tinh"),
    ("cat ha tinh", "cat-ha-tinh"),
    ("CA tỉnh Hà Tĩnh", "cat-ha-tinh"),
    ("UBND tỉnh Bắc Ninh", "ubnd-tinh-bac-ninh"),
    ("ubnd bac ninh", "ubnd-tinh-bac-ninh"),
    ("Công an tỉnh Bà Rịa - Vũng Tàu", "cat-ba-ria-vung-tau"),
    ("Công an TP.HCM", "cat-ho-chi-minh"),
    ("Công an thành phố Hà Nội", "cat-ha-noi"),
    ("Công an thành phố Hà Tĩnh", "catp-ha-tinh-ha-tinh"),
    ("Công an huyện Nghi Xuân", "cah-nghi-xuan-ha-tinh"),
    ("cong an huyen nghi xuan", "cah-nghi-xuan-ha-tinh"),
    ("Công an TX. Kỳ Anh", "catx-ky-anh-ha-tinh"),
    ("Công an huyện Kỳ Anh", "cah-ky-anh-ha-tinh"),
    ("Công an quận 1", "caq-1-ho-chi-minh"),
    ("Công an huyện Ea H'leo", "cah-ea-h-leo-dak-lak"),
    ("CAX Thạch Hà", "cax-thach-ha-chua-ro"),
    ("Công an xã Thạch Hà, huyện Thạch Hà, tỉnh Hà Tĩnh", "cax-thach-ha-ha-tinh"),
    ("Công an phường Nguyễn Du, TP Hà Tĩnh", "cap-nguyen-du-ha-tinh"),
    ("ỦY BAN NHÂN DÂN XÃ CẨM BÌNH", "ubnd-xa-cam-binh-chua-ro"),
    ("Bộ Công an", "bca"),
    ("Cục XDPT toàn dân bảo vệ ANTQ", "bca-v05"),
    ("Cục Xây dựng phong trào bảo vệ an ninh Tổ quốc", "bca-v05"),
    ("V05 Bộ Công an", "bca-v05"),
    ("V28", "bca-v28"),
    ("X17", "bca-x17"),
    ("Phòng PV05", "pv05"),
    ("phòng phong trào", "pv05"),
    ("PHÒNG THAM MƯU, CÔNG AN TỈNH HÀ TĨNH", "cat-ha-tinh-pv01"),
    ("CAT Hà Tĩnh (PV05)", "cat-ha-tinh-pv05"),
    ("Phòng Cảnh sát môi trường", "pc05"),
    ("TỈNH ỦY QUẢNG NGÃI", "tu-quang-ngai"),
    ("Thành ủy Hà Nội", "tu-ha-noi"),
    ("Huyện ủy Nghi Xuân", "hu-nghi-xuan-ha-tinh"),
    ("Đảng ủy Công an tỉnh Hà Tĩnh", "du-ca-tinh-ha-tinh"),
    ("Đảng uỷ Công an Trung ương", "ducatw"),
    ("BAN CHỈ ĐẠO 138 TỈNH HÀ TĨNH", "bcd138-tinh-ha-tinh"),
    (
        "BAN CHỈ ĐẠO PHÒNG, CHỐNG TỘI PHẠM, TỆ NẠN XÃ HỘI\n"
        "VÀ XÂY DỰNG PHONG TRÀO TOÀN DÂN BẢO VỆ ANTQ TỈNH BÌNH THUẬN",
        "bcd138-tinh-binh-thuan",
    ),
    ("BỘ LAO ĐỘNG - THƯƠNG BINH\nVÀ XÃ HỘI", "bldtbxh"),
    ("Thủ tướng Chính phủ", "ttg"),
    ("Hà Tĩnh", "tinh-ha-tinh"),
    ("tỉnh Hà Tĩnh", "tinh-ha-tinh"),
]  # fmt: skip

NO_UNIT = [
    "Công an cấp huyện",
    "Công an các đơn vị, địa phương",
    "Công an phường điển hình, kiểu mẫu",
    "cong an cap xa",
    "ba ca trực",
    "Chương trình phối hợp",
    "",
]


@pytest.mark.parametrize(("text", "expected"), RESOLVED)
def test_names_resolve(text: str, expected: str) -> None:
    match = units.resolve(text)
    assert match is not None
    assert match.id == expected


@pytest.mark.parametrize("text", NO_UNIT)
def test_what_names_no_unit_resolves_to_nothing(text: str) -> None:
    assert units.resolve(text) is None


@pytest.mark.parametrize(("text", "expected"), RESOLVED)
def test_every_id_has_a_label_and_a_path_of_ids_with_labels(text: str, expected: str) -> None:
    for unit in units.path(expected):
        label = units.label(unit)
        assert label
        assert label != unit
    assert units.path(expected)[0] == expected


def test_labels_say_where_a_unit_is() -> None:
    assert units.label("cat-ha-tinh") == "Công an tỉnh Hà Tĩnh"
    assert units.label("cat-ha-noi") == "Công an thành phố Hà Nội"
    assert units.label("cah-nghi-xuan-ha-tinh") == "Công an huyện Nghi Xuân, tỉnh Hà Tĩnh"
    assert units.label("ubnd-tinh-bac-ninh") == "Ủy ban nhân dân tỉnh Bắc Ninh"
    assert units.label("cat-ha-tinh-pv01") == "Phòng Tham mưu, Công an tỉnh Hà Tĩnh"
    assert units.label("bca-v05") == "Cục Xây dựng phong trào bảo vệ an ninh Tổ quốc"
    assert units.label("bca-v28").endswith("(V28)")
    assert units.label("pv05").endswith("(PV05)")
    assert units.label("cat-chua-ro") == "Công an tỉnh (chưa rõ tỉnh)"


def test_a_commune_keeps_the_accents_of_the_document() -> None:
    match = units.resolve("CÔNG AN XÃ THẠCH HÀ, TỈNH HÀ TĨNH")
    assert match is not None
    assert match.name == "Công an xã Thạch Hà"
    assert match.label == "Công an xã Thạch Hà, tỉnh Hà Tĩnh"
    assert units.label(match.id, match.name) == match.label
    assert units.label(match.id) == match.label  # a former district has the name
    assert units.label("cax-cam-binh-ha-tinh") == "Công an xã Cam Binh, tỉnh Hà Tĩnh"


def test_the_path_leads_up() -> None:
    assert units.path("cat-ha-tinh-pv05") == ("cat-ha-tinh-pv05", "cat-ha-tinh", "tinh-ha-tinh", "pv05")
    assert units.path("cah-nghi-xuan-ha-tinh")[1:] == ("cat-ha-tinh", "tinh-ha-tinh")
    assert units.path("bca-v05") == ("bca-v05", "bca")
    assert units.path("ubnd-tinh-bac-ninh") == ("ubnd-tinh-bac-ninh", "tinh-bac-ninh")
    assert units.path("cat-chua-ro") == ("cat-chua-ro",)
    assert units.path("hdnd-xa-cam-binh-ha-tinh") == ("hdnd-xa-cam-binh-ha-tinh", "tinh-ha-tinh")
    assert units.path("cat-ha-tinh.doi-3") == ("cat-ha-tinh.doi-3", "cat-ha-tinh", "tinh-ha-tinh")


def test_an_unnamed_province_is_not_invented() -> None:
    match = units.resolve("Phó Giám đốc Công an tỉnh làm việc")
    assert match is not None
    assert (match.id, match.province, match.certain) == ("cat-chua-ro", None, False)


def test_context_fills_in_the_province_but_is_no_certainty() -> None:
    match = units.resolve("Công an tỉnh", province="bac-ninh")
    assert match is not None
    assert (match.id, match.certain) == ("cat-bac-ninh", False)


def test_a_district_name_of_many_provinces_keeps_its_candidates() -> None:
    match = units.resolve("Công an huyện Châu Thành")
    assert match is not None
    assert match.id == "cah-chau-thanh-chua-ro"
    assert len(match.candidates) == 10
    placed = units.resolve("Công an huyện Châu Thành, tỉnh Long An")
    assert placed is not None
    assert (placed.id, placed.candidates) == ("cah-chau-thanh-long-an", ())


def test_a_district_names_its_province_whatever_its_kind_later() -> None:
    # Quế Võ was a huyện in 2020 and is a thị xã in the table.
    assert units.find_provinces("tập thể, cá nhân của huyện Quế Võ")[0][0] == "bac-ninh"


def test_the_day_decides_between_old_and_new_units() -> None:
    def id_of(text: str, on: date) -> str | None:
        match = units.resolve(text, on=on)
        return match.id if match else None

    assert id_of("Cục XDPT toàn dân bảo vệ ANTQ", date(2017, 6, 1)) == "bca-v28"
    assert id_of("Cục XDPT toàn dân bảo vệ ANTQ", date(2019, 6, 1)) == "bca-v05"
    assert id_of("Công an Thạch Hà", date(2024, 5, 1)) == "cah-thach-ha-ha-tinh"
    assert id_of("Công an Thạch Hà", date(2025, 8, 1)) == "cax-thach-ha-ha-tinh"
    assert id_of("UBND thành phố Huế", date(2025, 2, 1)) == "ubnd-tinh-hue"


def test_former_codes_name_their_successor() -> None:
    assert units.successor("bca-v28") == "bca-v05"
    assert units.successor("cat-ha-tinh-pv28") == "cat-ha-tinh-pv05"
    assert units.successor("bca-v05") is None


def test_find_all_gives_the_places_in_the_text() -> None:
    text = "Cục XDPT toàn dân bảo vệ ANTQ phối hợp với Công an tỉnh Hà Tĩnh và PV05."
    found = [(match.id, text[match.start : match.end]) for match in units.find_all(text)]
    assert found == [
        ("bca-v05", "Cục XDPT toàn dân bảo vệ ANTQ"),
        ("cat-ha-tinh", "Công an tỉnh Hà Tĩnh"),
        ("pv05", "PV05"),
    ]


def test_symbols_name_their_issuer() -> None:
    def id_of(code: str, province: str | None = None) -> str | None:
        match = units.by_code(code, province=province)
        return match.id if match else None

    assert id_of("BCA") == "bca"
    assert id_of("QH15") == "quoc-hoi"
    assert id_of("UBTVQH14") == "ubtvqh"
    assert id_of("CAT", "ha-tinh") == "cat-ha-tinh"
    assert id_of("CATP", "ha-noi") == "cat-ha-noi"
    assert id_of("UBND") is None


def test_a_unit_without_an_entry_gets_an_id_from_its_name() -> None:
    assert units.named("Sở Nội vụ tỉnh Hà Tĩnh").id == "tinh-ha-tinh.so-noi-vu"
    assert units.named("Sở Nội vụ", parent="ubnd-tinh-ha-tinh").id == "tinh-ha-tinh.so-noi-vu"
    team = units.named("Đội 3", parent="cah-nghi-xuan-ha-tinh")
    assert team.label == "Đội 3, Công an huyện Nghi Xuân, tỉnh Hà Tĩnh"
    assert units.path(team.id)[1] == "cah-nghi-xuan-ha-tinh"


def test_every_table_entry_resolves_to_itself() -> None:
    for entry in table().entries.values():
        match = units.resolve(entry.name)
        assert match is not None, entry.name
        assert match.id == entry.id or table().entries[match.id].name == entry.name or entry.former


def test_the_gazetteer_is_complete_and_consistent() -> None:
    assert len(places.provinces()) == 64
    assert sum(len(found) for found in places.district_names().values()) == 696
    for province in places.provinces().values():
        assert (province.until is None) == (province.successor is None)
        assert province.successor is None or province.successor in places.provinces()


@pytest.mark.parametrize(
    ("host", "province"),
    [
        ("congan.hatinh.gov.vn", "ha-tinh"),
        ("www.conganbacninh.gov.vn", "bac-ninh"),
        ("conganquangbinh.gov.vn", "quang-binh"),
        ("congan.tphcm.gov.vn", "ho-chi-minh"),
        ("bocongan.gov.vn", None),
        ("example.com", None),
    ],
)
def test_portals_name_their_province(host: str, province: str | None) -> None:
    assert places.province_of_host(host) == province
