"""A circular, a plan and a news item of our own, with their sections, for tests of passages."""

from __future__ import annotations

from kb.model import Section
from kb.passages import Outline

CIRCULAR = """THÔNG TƯ
Quy định xét tặng cờ thi đua cho tổ dân phố

Căn cứ Luật Thi đua, khen thưởng; xét hồ sơ đề nghị xét tặng cờ thi đua của tổ dân phố;

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh

Thông tư này quy định hồ sơ, trình tự xét tặng cờ thi đua cho tổ dân phố.

Điều 2. Giải thích từ ngữ

1. Cờ thi đua là hình thức khen thưởng tặng tổ dân phố dẫn đầu phong trào của
phường trong năm.

2. Tổ liên gia (TLG) là nhóm từ 5 đến 15 hộ ở liền nhau, cùng cam kết giữ bình yên ngõ xóm,
báo tin cho nhau và cho Công an phường.

Điều 3. Hồ sơ đề nghị

1. Tổ trưởng tổ dân phố cùng Trưởng ban công tác Mặt trận lập danh sách các hộ, ghi rõ hộ nào
đã ký cam kết, hộ nào đi vắng dài ngày, hộ nào mới chuyển đến trong quý và ai chịu trách nhiệm liên lạc
với từng hộ.

2. Hồ sơ đề nghị xét tặng cờ thi đua gồm:

a) Tờ trình của Ủy ban nhân dân phường;

b) Báo cáo thành tích của tổ dân phố;

c) Biên bản họp xét.

3. Hồ sơ gửi Công an quận trước ngày 20 tháng 11 hằng năm; nơi gửi muộn chuyển sang năm sau và
được báo lại bằng văn bản.

Điều 4. Thẩm quyền

Chủ tịch Ủy ban nhân dân quận quyết định tặng cờ thi đua.

Điều 5. Mức thưởng

Tổ dân phố được tặng cờ kèm tiền thưởng 2.500.000 đồng.

Nơi nhận:
- Ủy ban nhân dân phường (để báo cáo về cờ thi đua);
- Lưu: VT, hồ sơ cờ thi đua.
"""

PLAN = """KẾ HOẠCH
Ra quân dịp Tết

I. MỤC ĐÍCH
1. Giữ bình yên cho khu phố.
2. Không để cháy nổ.
II. CÁC BƯỚC RA QUÂN
1. Rà soát hộ có pháo nổ.
2. Vận động giao nộp.
3. Tổ chức lễ ra quân tại sân phường.

Phụ lục I
LỊCH TRỰC
1. Buổi sáng từ 6 giờ thì Công an phường trực, kể cả ngày nghỉ, và ghi sổ trực ngay khi nhận tin.
2. Ca đêm do dân quân trực.
"""


def outline(text: str, *headings: tuple[str, int, str]) -> Outline:
    """An outline whose sections begin at these lines: (line, level, label)."""
    starts = [(text.index(f"\n{line}") + 1, level, label, line) for line, level, label in headings]
    sections = []
    for place, (start, level, label, line) in enumerate(starts):
        ends = [later for later, other, *_ in starts[place + 1 :] if other <= level]
        title = line.removeprefix(label).strip(". ")
        sections.append(Section(start, ends[0] if ends else len(text), level, label, title))
    return Outline(text, sections=sections, body=sections[0].start)


CIRCULAR_OUTLINE = outline(
    CIRCULAR,
    ("Chương I", 1, "Chương I"),
    ("Điều 1. Phạm vi điều chỉnh", 2, "Điều 1"),
    ("Điều 2. Giải thích từ ngữ", 2, "Điều 2"),
    ("Điều 3. Hồ sơ đề nghị", 2, "Điều 3"),
    ("Điều 4. Thẩm quyền", 2, "Điều 4"),
    ("Điều 5. Mức thưởng", 2, "Điều 5"),
)
PLAN_OUTLINE = outline(
    PLAN,
    ("I. MỤC ĐÍCH", 1, "Mục I"),
    ("II. CÁC BƯỚC RA QUÂN", 1, "Mục II"),
    ("Phụ lục I", 1, "Phụ lục I"),
    (
        "1. Buổi sáng từ 6 giờ thì Công an phường trực, kể cả ngày nghỉ,"
        " và ghi sổ trực ngay khi nhận tin.",
        2,
        "Mục 1",
    ),
    ("2. Ca đêm do dân quân trực.", 2, "Mục 2"),
)
