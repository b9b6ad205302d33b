"""Documents for the web tests: a few that look real, many small ones for paging, some hostile."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from kb.model import (
    Document,
    Metadata,
    Page,
    Period,
    Reference,
    Rejected,
    Section,
    Source,
    Span,
    Value,
)

PLAN_PAGES = (
    """CÔNG AN TỈNH HÀ TĨNH
PHÒNG XÂY DỰNG PHONG TRÀO
Số: 12/KH-CAT-PV05
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Tĩnh, ngày 15 tháng 6 năm 2022
KẾ HOẠCH
Tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2022
Căn cứ Quyết định số 521/QĐ-TTg ngày 13/6/2005 của Thủ tướng Chính phủ về “Ngày hội toàn
dân bảo vệ an ninh Tổ quốc”; thực hiện Chỉ thị số 06/CT-BCA-V05, Công an tỉnh xây dựng kế hoạch
như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Tuyên truyền sâu rộng trong Nhân dân về ý nghĩa của Ngày hội toàn dân bảo vệ an ninh Tổ quốc,
nâng cao ý thức cảnh giác, tự phòng, tự quản của các tầng lớp Nhân dân ở từng địa bàn dân cư.
- Biểu dương tập thể, cá nhân có thành tích xuất sắc trong phong trào.
2. Yêu cầu
Việc tổ chức ngày hội phải trang trọng, thiết thực, tiết kiệm, phù hợp với điều kiện của từng địa
phương; bảo đảm an toàn về an ninh, trật tự trong suốt thời gian diễn ra ngày hội.""",
    """2
II. NỘI DUNG
1. Thời gian tổ chức ngày hội: trước ngày 15/8/2022 đối với cấp xã và trước ngày 19/8/2022 đối với
cấp huyện.
2. Hình thức: phần lễ và phần hội; chú trọng các hoạt động văn hóa, văn nghệ, thể thao gắn với ra
mắt mô hình tự quản về an ninh, trật tự như “Camera an ninh”, “Tiếng kẻng an ninh”.
III. TỔ CHỨC THỰC HIỆN
a) Công an cấp huyện tham mưu cấp ủy, chính quyền ban hành kế hoạch trước ngày 30/6/2022.
b) Phòng PV05 theo dõi, đôn đốc, tổng hợp kết quả ngày hội báo cáo Giám đốc trước ngày 25/8/2022.
Nơi nhận:
- Như trên;
- Lưu: VT, PV05.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Đại tá Nguyễn Văn A""",
)

HOSTILE = "<script>alert('x')</script>"


def source(path: str, text: str) -> Source:
    """A source with the fingerprint of its text."""
    data = text.encode()
    return Source(path, hashlib.sha256(path.encode() + data).hexdigest(), len(data), 1_700_000_000_000)


def span_of(text: str, words: str) -> Span:
    """Where the words stand first."""
    start = text.index(words)
    return Span(start, start + len(words))


def read(text: str, words: str, value: str | None = None, confidence: float = 0.98) -> Value[str]:
    """A value that stands in the text."""
    return Value(value or words, confidence, span_of(text, words), "sample")


def festival_plan() -> Document:
    """A plan of two PDF pages with everything a document can have."""
    text = "\n".join(PLAN_PAGES)
    first = len(PLAN_PAGES[0])
    sections = tuple(
        Section(span_of(text, words).start, len(text), level, label, title)
        for words, level, label, title in (
            ("I. MỤC ĐÍCH", 1, "I", "MỤC ĐÍCH, YÊU CẦU"),
            ("1. Mục đích", 2, "I.1", "Mục đích"),
            ("2. Yêu cầu", 2, "I.2", "Yêu cầu"),
            ("II. NỘI DUNG", 1, "II", "NỘI DUNG"),
            ("III. TỔ CHỨC", 1, "III", "TỔ CHỨC THỰC HIỆN"),
        )
    )
    subject = "Tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc năm 2022"
    metadata = Metadata(
        title=Value(f"Kế hoạch {subject[0].lower()}{subject[1:]}", 0.9),
        symbol=read(text, "12/KH-CAT-PV05"),
        kind=read(text, "KẾ HOẠCH", "ke-hoach"),
        issued_on=Value(
            date(2022, 6, 15), 0.97, span_of(text, "ngày 15 tháng 6 năm 2022"), "date-line"
        ),
        issuer=read(text, "CÔNG AN TỈNH HÀ TĨNH", "Công an tỉnh Hà Tĩnh", 0.95),
        issuer_as_written="PHÒNG XÂY DỰNG PHONG TRÀO",
        unit=read(text, "CÔNG AN TỈNH HÀ TĨNH", "cat-ha-tinh", 0.75),
        subject=read(text, subject),
        signer=read(text, "Đại tá Nguyễn Văn A", "Nguyễn Văn A", 0.6),
        topics=(Value("phong-trao", 0.9), Value("phong-trao/ngay-hoi", 0.9)),
        periods=(
            Period(date(2022, 1, 1), date(2022, 12, 31), "year", "covers", "năm 2022"),
            Period(date(2022, 8, 15), date(2022, 8, 15), "day", "deadline", "trước ngày 15/8/2022"),
        ),
    )
    references = (
        Reference(
            "based_on", "521/QĐ-TTg", "521/QĐ-TTg", span_of(text, "521/QĐ-TTg"), date(2005, 6, 13)
        ),
        Reference("implements", "06/CT-BCA-V05", "06/CT-BCA-V05", span_of(text, "06/CT-BCA-V05")),
    )
    return Document(
        source("/srv/kho/2022/ke-hoach-ngay-hoi-2022.pdf", text),
        "pdf",
        text,
        (Page(1, 0, first), Page(2, first + 1, len(text))),
        metadata,
        sections,
        references,
        text_quality=0.99,
    )


def portal_news() -> Document:
    """News without a year: only the day of the event is known."""
    text = (
        "Hội nghị tái thành lập đội xây dựng phong trào cấp huyện\n"
        "Sáng 04/8, Công an tỉnh Hà Tĩnh tổ chức hội nghị triển khai công tác xây dựng phong trào.\n"
        "Ngày hội toàn dân được đánh giá là dịp để phát huy mô hình tự quản.\n"
        "Nguyễn Văn B"
    )
    metadata = Metadata(
        title=read(text, "Hội nghị tái thành lập đội xây dựng phong trào cấp huyện"),
        kind=Value("tin-tuc", 0.9),
        unit=Value("cat-ha-tinh", 0.8),
        issuer=Value("Công an tỉnh Hà Tĩnh", 0.8),
        topics=(Value("to-chuc", 0.8), Value("to-chuc/bo-may", 0.8)),
        event_partial="--08-04",
        author=read(text, "Nguyễn Văn B"),
    )
    return Document(
        source("/srv/kho/tin/tai-thanh-lap.html", text),
        "html",
        text,
        (Page(1, 0, len(text)),),
        metadata,
    )


def hostile() -> Document:
    """Script in the text, the title, the symbol and the file name; poor text; a warning."""
    text = f"Văn bản thử {HOSTILE} có mã độc & ký tự < > \" ' trong nội dung độc hại."
    metadata = Metadata(
        title=Value(f"Tiêu đề {HOSTILE}", 0.9),
        symbol=Value(f"1/{HOSTILE}", 0.5),
        author=Value(HOSTILE, 0.5),
    )
    return Document(
        source('/srv/kho/"><img src=x onerror=alert(1)>\u202efdp.exe', text),
        "txt",
        text,
        (Page(1, 0, len(text)),),
        metadata,
        text_quality=0.6,
        warnings=(f"Cảnh báo {HOSTILE}",),
    )


def reports(count: int = 36) -> list[Document]:
    """Small half-year reports, three a year, by three units."""
    units = ("cat-ha-tinh", "cat-nghe-an", "bca-v05")
    names = ("Công an tỉnh Hà Tĩnh", "Công an tỉnh Nghệ An", "Bộ Công an")
    made = []
    for number in range(count):
        day = date(2012 + number // 3, 1 + number % 3 * 4, 20)
        name = names[number % 3]
        text = (
            f"Báo cáo số {number + 1} của {name} về phong trào toàn dân bảo vệ an ninh Tổ quốc.\n"
            f"Kết quả năm {day.year}: đã tổ chức ngày hội ở {number + 10} khu dân cư.\n"
            "Mô hình tự quản được nhân rộng; công tác dân vận được quan tâm."
        )
        metadata = Metadata(
            title=Value(f"Báo cáo kết quả phong trào năm {day.year} của {name}", 0.9),
            symbol=Value(f"{number + 1}/BC-CAT", 0.9),
            kind=Value("bao-cao", 0.9),
            issued_on=Value(day, 0.9),
            unit=Value(units[number % 3], 0.9),
            issuer=Value(name, 0.9),
            topics=(Value("phong-trao", 0.9),) if number % 2 else (Value("dan-van", 0.9),),
        )
        made.append(
            Document(
                source(f"/srv/kho/bc/bc-{number:02}.txt", text),
                "txt",
                text,
                (Page(1, 0, len(text)),),
                metadata,
            )
        )
    return made


def all_documents() -> list[Document]:
    """Everything, the plan first."""
    return [festival_plan(), portal_news(), hostile(), *reports()]


REJECTED = (
    Rejected(
        "/srv/kho/scan/ban-quet.pdf",
        "needs-ocr",
        "Tệp chỉ có ảnh quét, không có chữ.",
        "Nhận dạng chữ (OCR) rồi thêm lại.",
    ),
    Rejected(
        f"/srv/kho/{HOSTILE}.docx", "unreadable", "Tệp hỏng ở /srv/kho.", "Xin lại tệp gốc từ nơi gửi."
    ),
)


def with_path(document: Document, path: str) -> Document:
    """The same document at another place."""
    return replace(document, source=replace(document.source, path=path))
