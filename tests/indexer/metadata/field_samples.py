"""Texts as extractors give them, for the tests of fields."""

from __future__ import annotations

from typing import Any

from indexer.extract.base import Extracted, Line
from kb.model import Page, Value

PLAN = """CÔNG AN TỈNH HÀ TĨNH
PHÒNG THAM MƯU
Số: 12/KH-PV01

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Tĩnh, ngày 04 tháng 8 năm 2022

KẾ HOẠCH
Tổ chức “Ngày hội toàn dân bảo vệ an ninh Tổ quốc” năm 2022

Thực hiện Kế hoạch số 333/KH-BCĐ ngày 30/6/2022 của Ban Chỉ đạo tỉnh, Phòng xây dựng kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Nâng cao chất lượng phong trào.

2. Bảo đảm thiết thực, tiết kiệm.

II. TỔ CHỨC THỰC HIỆN

Các đội báo cáo kết quả trước ngày 20/8/2022./.

Nơi nhận:
- Như trên;
- Lưu: VT, PV01.

KT. TRƯỞNG PHÒNG
PHÓ TRƯỞNG PHÒNG
(Đã ký)
Trung tá Nguyễn Văn A

PHỤ LỤC
Danh sách các đội
"""

LETTER = """UBND TỈNH QUẢNG NAM
Số: 5202/UBND-NCKS
V/v tổ chức Ngày hội toàn dân
bảo vệ an ninh Tổ quốc năm 2022

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Quảng Nam, ngày 08 tháng 8 năm 2022

Kính gửi:
- Công an tỉnh;
- Các sở, ban, ngành.

Xét đề nghị của Công an tỉnh tại Công văn số 1877/CAT-PV05 ngày 29/7/2022, Chủ tịch yêu cầu:

1. Công an tỉnh chủ trì thực hiện./.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn B
"""

PARTY = """ĐẢNG BỘ TỈNH HÀ TĨNH
ĐẢNG ỦY XÃ NGHI XUÂN
*
Số 05-NQ/ĐU

ĐẢNG CỘNG SẢN VIỆT NAM
Nghi Xuân, ngày 20 tháng 10 năm 2025

NGHỊ QUYẾT
về lãnh đạo phong trào toàn dân bảo vệ an ninh Tổ quốc giai đoạn 2025-2030

- Căn cứ Điều lệ Đảng;

I- MỤC TIÊU

Đến năm 2030, 100% khu dân cư đạt tiêu chuẩn.

T/M ĐẢNG ỦY
BÍ THƯ
Lê Văn C

Nơi nhận:
- Tỉnh ủy,
- Lưu Đảng ủy.
"""

NEWS = """Hà Tĩnh: Ra mắt mô hình camera an ninh

Đăng vào 05/08/2021

Sáng 4.8, Công an tỉnh tổ chức ra mắt mô hình “Camera an ninh” tại huyện Nghi Xuân.

Quang cảnh buổi ra mắt

Mô hình camera an ninh giúp Nhân dân tố giác tội phạm nhanh hơn. Công an huyện sẽ nhân rộng mô hình./.

Văn Cường

Xem thêm
"""


def extracted(text: str, **changes: Any) -> Extracted:
    """`text` as an extractor without layout gives it; `changes` are other fields of Extracted."""
    text = text.strip("\n")
    lines, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Line(start, start + len(line), 1))
        start += len(line) + 1
    fields: dict[str, Any] = {
        "format": "txt",
        "text": text,
        "pages": (Page(1, 0, len(text)),),
        "lines": tuple(lines),
    }
    return Extracted(**{**fields, **changes})


def evidence(source: Extracted, value: Value[Any] | None) -> str | None:
    """The words at a value's span."""
    if value is None or value.span is None:
        return None
    return source.text[value.span.start : value.span.end]
