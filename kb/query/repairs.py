"""What can be odd in a query, and how it is told: one stable code, one Vietnamese sentence.

Nothing in a query is an error. What makes no sense becomes words or is left out, and the person
is told.
"""

from __future__ import annotations

from kb.i18n import N_, _
from kb.model import Span
from kb.query.ast import Repair

MESSAGES = {
    "too-long": N_("Câu tìm quá dài: chỉ dùng {limit} ký tự đầu."),
    "too-many-terms": N_("Câu tìm có quá nhiều từ: chỉ dùng {limit} từ đầu."),
    "too-deep": N_("Ngoặc lồng nhau quá sâu: bỏ phần sâu hơn {limit} lớp."),
    "unclosed-quote": N_("Thiếu dấu ngoặc kép đóng; tìm như từ thường."),
    "empty-quote": N_("Bỏ cặp ngoặc kép không có từ nào bên trong."),
    "unclosed-parenthesis": N_("Thiếu dấu ngoặc đơn đóng; coi như đóng ở cuối."),
    "stray-parenthesis": N_("Bỏ dấu ngoặc đơn đóng thừa."),
    "empty-parentheses": N_("Bỏ cặp ngoặc đơn không có từ nào bên trong."),
    "lonely-or": N_("Bỏ “{text}”: cần có từ ở cả hai bên."),
    "lonely-minus": N_("Bỏ “{text}”: không có từ nào theo sau để loại trừ."),
    "doubled-minus": N_("Viết dấu loại trừ nhiều lần; coi như một lần."),
    "stray-star": N_("Bỏ dấu * ở “{text}”: dấu * chỉ dùng ở cuối từ."),
    "short-prefix": N_("Bỏ dấu * ở “{text}”: cần ít nhất {limit} chữ trước dấu *."),
    "star-in-field": N_("Bỏ dấu * ở “{text}”: không dùng được trong trường."),
    "unknown-field": N_("Không có trường “{text}”; tìm như từ thường."),
    "empty-field": N_("Trường “{text}” không có giá trị; tìm như từ thường."),
    "minus-phrase": N_("Loại trừ cả cụm “{text}”; muốn loại trừ một tiếng, viết nó trong ngoặc kép."),
    "reversed-days": N_("Ngày đầu ở sau ngày cuối: sẽ không tìm thấy gì."),
    "bad-date": N_("Không hiểu ngày “{text}”; tìm như từ thường."),
}

MAX_REPAIRS = 10  # told at most; a query of brackets only would fill the page


class Repairs:
    """Collects what was repaired in one query."""

    def __init__(self) -> None:
        self.told: list[Repair] = []

    def tell(self, code: str, span: Span, text: str = "", limit: int = 0) -> None:
        """Note a repair of MESSAGES; `text` and `limit` fill its sentence. The same is told once."""
        message = _(MESSAGES[code]).format(text=text, limit=limit)
        if len(self.told) < MAX_REPAIRS and all(message != repair.message for repair in self.told):
            self.told.append(Repair(code, message, span))
