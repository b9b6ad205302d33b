"""What a single line of an official document is, by its form alone.

Sources: Nghị định 30/2020/NĐ-CP Điều 8 and Phụ lục I for state documents, Hướng dẫn 36-HD/VPTW
and 05-HD/VPTW for party documents. A line may fit several roles; where it stands decides
(indexer.metadata.zones).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from indexer.extract import landmarks
from indexer.extract.base import Extracted
from kb.vietnamese import kinds
from kb.vietnamese.normalise import fold, plain_dashes


class Role(Enum):
    """Roles of lines, with their Vietnamese names."""

    NATION = "quốc hiệu"
    MOTTO = "tiêu ngữ"
    PARTY = "tiêu đề của Đảng"
    STAR = "dấu sao dưới tên cơ quan Đảng"
    RULE = "đường kẻ"
    NUMBER = "số, ký hiệu"
    DATE = "địa danh và ngày"
    KIND = "tên loại"
    ABOUT = "trích yếu"
    ADDRESSEE = "kính gửi"
    GROUND = "căn cứ"
    DECIDES = "quyết định:"
    RECIPIENTS = "nơi nhận"
    ARCHIVE = "lưu"
    AUTHORITY = "quyền hạn của người ký"
    POSITION = "chức vụ"
    SIGNER = "họ tên người ký"
    SECRET = "độ mật"
    URGENT = "độ khẩn"
    CIRCULATION = "phạm vi lưu hành"
    ANNEX = "phụ lục"
    ATTACHED = "kèm theo"
    END = "hết"


_SMALL = "a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_CAPITAL = "A-Z" + _SMALL[3:].upper()

_RANK = r"(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|[úu][ỷy]|úy)|GS|PGS|TS|ThS|Ts)\.?"
_NAME = rf"[{_CAPITAL}][{_SMALL}]*\.?"
_DAY_WORD = r"[\d.…_/ ]*"
_POSITIONS = (
    "BỘ TRƯỞNG|THỨ TRƯỞNG|GIÁM ĐỐC|CỤC TRƯỞNG|VỤ TRƯỞNG|CHỦ TỊCH|BÍ THƯ|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA"
    "|TRƯỞNG (?:PHÒNG|BAN|ĐỘI|CÔNG AN|ĐOÀN|ĐỒN)|CHỈ HUY TRƯỞNG|TƯ LỆNH|HIỆU TRƯỞNG|VIỆN TRƯỞNG"
    "|TỔNG (?:CỤC TRƯỞNG|BÍ THƯ|THANH TRA)|THỦ TƯỚNG|THỐNG ĐỐC|CHỦ NHIỆM|CHÁNH ÁN|ỦY VIÊN|UỶ VIÊN"
)
_FORMS: dict[Role, re.Pattern[str]] = {
    Role.RULE: re.compile(r"[-_=*.–—~\s]{3,}"),
    Role.STAR: re.compile(r"\*(?:\s*\*){0,2}"),
    # "Số: 12/KH-CAT", "Luật số: 05/2017/QH14", a draft "Số:      /KH-CAT-PV01"
    Role.NUMBER: re.compile(r"(?:[^\W\d]+\s){0,3}[Ss](?:ố|Ố)\s*[:.]?\s*(?=[\d./…_]).*"),
    Role.DATE: re.compile(
        rf".*?[{_CAPITAL}][^,\d]{{1,40}},\s*ngày\s*{_DAY_WORD}\s*tháng\s*{_DAY_WORD}\s*năm\s*\d{{4}}\W*"
    ),
    Role.ABOUT: re.compile(r"(?:V/v|Về việc|[Vv]ề|V/V)\b.+"),
    Role.ADDRESSEE: re.compile(r"Kính (?:gửi|trình)\b.*"),
    Role.GROUND: re.compile(
        r"(?:[-+]\s*)?(?:Căn cứ|Thực hiện|Thi hành|Theo đề nghị|Theo|Xét|Tiếp theo|Phúc đáp|Trả lời)"
        r"\s.+"
    ),
    Role.DECIDES: re.compile(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|RA LỆNH|QUY ĐỊNH|CHỈ THỊ|THÔNG BÁO)\s*:"),
    Role.RECIPIENTS: re.compile(r"(?:Nơi nhận|NƠI NHẬN)\s*:?.*"),
    Role.ARCHIVE: re.compile(r"(?:[-–]\s*)?Lưu\b.*"),
    Role.AUTHORITY: re.compile(
        rf"(?:(?:TM|KT|TL|TUQ|Q)\.\s?|[TK]/[MTL]\s)[{_CAPITAL}]{{2}}[^{_SMALL}]*"
    ),
    Role.POSITION: re.compile(rf"(?:QUYỀN\s)?(?:PHÓ\s)?(?:{_POSITIONS})\b[^{_SMALL}]*"),
    Role.SIGNER: re.compile(
        rf"(?:{_RANK}\s+)*{_NAME}(?:\s{_NAME}){{1,5}}|{_RANK}\s+[{_CAPITAL}]{{1,8}}(?:\s[{_CAPITAL}]{{1,8}}){{1,4}}"
    ),
    Role.ANNEX: re.compile(
        r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+)?[\dIVXLC]+[A-Z]?)?\W{0,3}"
        rf"(?:[{_CAPITAL}][{_CAPITAL} ].*)?"
    ),
    Role.ATTACHED: re.compile(r"\(?\s*(?:Ban hành k|K|k)èm theo\b.*"),
    Role.END: re.compile(r".*\./\.?\W*"),
}
_SECRET = {"mat", "toi mat", "tuyet mat"}
_URGENT = {"khan", "thuong khan", "hoa toc", "hoa toc hen gio"}
_CIRCULATION = re.compile(
    r"(?:luu hanh noi bo|xem xong tra lai|tai lieu (?:thu hoi|hoi nghi)|du thao(?: lan \d+)?)"
)


def fits(role: Role, line: str) -> bool:
    """Whether a line (without its line end) has the form of `role`."""
    line = line.strip()
    if not line:
        return False
    if role in (Role.NATION, Role.MOTTO, Role.PARTY):
        return _fixed(role, line)
    if role is Role.KIND:
        return kind_on(line) is not None
    if role in (Role.SECRET, Role.URGENT, Role.CIRCULATION):
        return _mark(role, landmarks.plain(line))
    return _FORMS[role].fullmatch(plain_dashes(line)) is not None


def _fixed(role: Role, line: str) -> bool:
    phrase = {
        Role.NATION: landmarks.QUOC_HIEU,
        Role.MOTTO: landmarks.TIEU_NGU,
        Role.PARTY: landmarks.PARTY,
    }[role]
    return landmarks.plain(line).replace(" ", "").startswith(phrase.replace(" ", ""))


def _mark(role: Role, words: str) -> bool:
    if role is Role.SECRET:
        return words in _SECRET
    if role is Role.URGENT:
        return words in _URGENT
    return _CIRCULATION.fullmatch(words) is not None


_NOTE_MARK = re.compile(r"(?<=[^\W\d_])[\d*]{1,2}$")  # "THÔNG TƯ1": a note on the kind


def kind_on(line: str) -> kinds.Kind | None:
    """The kind a type line announces, the mark of a note behind it left out."""
    return kinds.heading(_NOTE_MARK.sub("", line.strip()))


def behind_kind(line: str) -> str:
    """What follows the kind's name on its line: "SƠ KẾT ..." of "BÁO CÁO SƠ KẾT ...", else ""."""
    kind = kind_on(line)
    bare = _NOTE_MARK.sub("", line.strip())
    names = sorted((kind.name, *kind.aliases), key=len, reverse=True) if kind else []
    for name in names:
        if fold(bare).startswith(fold(name)):
            return bare[len(name) :].strip()
    return ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the extracted text with what its layout tells."""

    index: int
    start: int
    end: int
    text: str  # without blanks at its ends, which start and end exclude too
    column: str | None
    centered: bool
    bold: bool
    new_paragraph: bool  # an empty line stands before it

    def fits(self, role: Role) -> bool:
        """Whether the line has the form of `role`."""
        return fits(role, self.text)

    @property
    def capitals(self) -> bool:
        """Letters, and none of them small (abbreviations like "ĐHQGHN" count, "Số" does not)."""
        return self.text.isupper()


_RULE_AT_END = re.compile(r"\s*[-_–—]{4,}$")  # a drawn line that was typed behind the words


def text_lines(extracted: Extracted) -> list[TextLine]:
    """The lines of a text that hold anything, in order."""
    text = extracted.text
    found: list[TextLine] = []
    end = 0
    for line in extracted.lines:
        written = text[line.start : line.end]
        bare = _RULE_AT_END.sub("", written.strip())
        if not bare:
            continue
        start = line.start + written.index(bare[0])
        found.append(
            TextLine(
                len(found),
                start,
                start + len(bare),
                bare,
                line.column,
                line.centered,
                line.bold,
                text.count("\n", end, start) > 1 or not found,
            )
        )
        end = line.end
    return found
