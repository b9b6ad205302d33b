"""What relations and states are called, in the words of vbpl.vn."""

from __future__ import annotations

from kb.i18n import N_, _
from kb.relations import validity

_OUT = {
    "replaces": N_("Thay thế"),
    "repeals": N_("Bãi bỏ"),
    "repeals_part": N_("Bãi bỏ một phần"),
    "amends": N_("Sửa đổi, bổ sung"),
    "corrects": N_("Đính chính"),
    "guides": N_("Hướng dẫn, quy định chi tiết"),
    "implements": N_("Thực hiện"),
    "reports_on": N_("Báo cáo kết quả thực hiện"),
    "based_on": N_("Căn cứ"),
    "follows": N_("Tiếp theo"),
    "answers": N_("Trả lời"),
    "annex_of": N_("Kèm theo"),
    "cites": N_("Dẫn chiếu"),
}
_IN = {
    "replaces": N_("Bị thay thế bởi"),
    "repeals": N_("Bị bãi bỏ bởi"),
    "repeals_part": N_("Bị bãi bỏ một phần bởi"),
    "amends": N_("Được sửa đổi, bổ sung bởi"),
    "corrects": N_("Được đính chính bởi"),
    "guides": N_("Được hướng dẫn bởi"),
    "implements": N_("Được thực hiện bởi"),
    "reports_on": N_("Có báo cáo kết quả"),
    "based_on": N_("Là căn cứ của"),
    "follows": N_("Được tiếp theo bởi"),
    "answers": N_("Được trả lời bởi"),
    "annex_of": N_("Có kèm theo"),
    "cites": N_("Được dẫn chiếu bởi"),
}
_STATES = {
    validity.IN_FORCE: N_("Còn hiệu lực"),
    validity.PARTLY: N_("Hết hiệu lực một phần"),
    validity.EXPIRED: N_("Hết hiệu lực"),
    validity.NOT_YET: N_("Chưa có hiệu lực"),
}
_REASONS = {
    "replaced": N_("bị thay thế"),
    "repealed": N_("bị bãi bỏ"),
    "repealed-part": N_("bị bãi bỏ một phần"),
    "amended": N_("đã được sửa đổi, bổ sung"),
    "own-term": N_("hết thời hạn ghi trong văn bản"),
    "stated": N_("theo bảng thuộc tính của trang đăng văn bản"),
    "effective-later": N_("ngày có hiệu lực ghi trong văn bản chưa tới"),
    "effective": N_("theo ngày hiệu lực ghi trong văn bản; trong kho không có văn bản nào bãi bỏ"),
}


def relation(name: str, *, incoming: bool = False) -> str:
    """A relation as a heading over the documents it leads to."""
    return _((_IN if incoming else _OUT)[name])


def state(name: str | None) -> str:
    """A state of validity; None is unknown."""
    return _(_STATES[name]) if name in _STATES else _("Không xác định hiệu lực")


def reason(name: str) -> str:
    """Why a document is in its state, see kb.relations.validity."""
    return _(_REASONS[name])
