"""Made-up plans and reports, and what scanners, old fonts and the next year make of them."""

from __future__ import annotations

import random
from collections.abc import Sequence

CLAUSES = """
tổ chức tuyên truyền sâu rộng trong cán bộ, chiến sĩ và quần chúng nhân dân trên địa bàn
rà soát, đánh giá lại các mô hình tự quản đã ra mắt, mô hình nào yếu thì củng cố hoặc thay thế
phân công lãnh đạo trực tiếp xuống cơ sở dự sinh hoạt với tổ dân phố
phối hợp với Mặt trận Tổ quốc và các đoàn thể vận động gia đình ký cam kết
nắm chắc tình hình, giải quyết kịp thời mâu thuẫn ngay từ cơ sở, không để phát sinh điểm nóng
bố trí lực lượng tuần tra khép kín vào ban đêm, nhất là tuyến giáp ranh
thu hồi vũ khí, vật liệu nổ, công cụ hỗ trợ còn trôi nổi trong dân
lập hồ sơ đưa người nghiện vào cơ sở cai nghiện, quản lý người sau cai tại nơi cư trú
hướng dẫn hộ kinh doanh tự kiểm tra điều kiện phòng cháy, lắp đặt bình chữa cháy đúng nơi quy định
biểu dương tập thể và cá nhân điển hình, nhân rộng cách làm hay qua loa truyền thanh
kiểm tra việc đăng ký tạm trú, thông báo lưu trú của nhà trọ và khách sạn
củng cố hồ sơ xử phạt vi phạm hành chính về trật tự đường phố, lấn chiếm vỉa hè
cấp phát tờ rơi cảnh báo thủ đoạn lừa đảo trên mạng cho học sinh, người cao tuổi
đôn đốc các đội nghiệp vụ gửi số liệu đúng hạn để tổng hợp chung
bồi dưỡng nghiệp vụ cho lực lượng bảo vệ cơ quan, doanh nghiệp, trường học
trích kinh phí từ nguồn chi thường xuyên, huy động thêm xã hội hóa theo quy định
sơ kết rút kinh nghiệm, kịp thời tháo gỡ khó khăn cho cơ sở
đăng ký danh hiệu thi đua, bình xét công khai, tránh hình thức
xây dựng thế trận lòng dân vững chắc ở vùng biên giới, hải đảo và vùng đồng bào có đạo
duy trì đường dây nóng tiếp nhận tố giác, bảo đảm giữ kín danh tính người báo tin
""".strip().split("\n")

_WRONG = {"n": "ri", "h": "b", "t": "l", "o": "c", "c": "e", "i": "j", "m": "rn", "g": "q", "u": "v"}
_WRONG |= {"0": "O", "1": "l", "5": "S", "8": "3", "3": "8", "7": "1", "2": "Z", "a": "o", "đ": "d"}
# Some words of TCVN3 as they look when nobody converts them.
_JUNK = ("c«ng", "v¨n", "®Þnh", "qu¶n", "tr­êng", "nh©n", "d©n", "uû", "ban", "tØnh")


def body(rng: random.Random, clauses: int = 24, year: int = 2022, numbers: bool = True) -> str:
    """The text of a plan: numbered tasks in an order of its own, with figures, deadlines and a year."""
    lines = []
    for number in range(1, clauses + 1):
        first, second = rng.sample(CLAUSES, 2)
        line = f"{number}. {first.capitalize()}; {second}"
        if numbers and number % 2:
            line += f"; hoàn thành trước ngày {rng.randint(1, 28)}/{rng.randint(1, 12)}/{year}"
        if numbers and number % 3 == 0:
            line += f", phấn đấu đạt {rng.randint(50, 99)}%"
        lines.append(line + ".")
    return "\n".join(lines)


def paper(
    seed: int, *, year: int = 2022, number: str = "12", day: str = "15", clauses: int = 24
) -> str:
    """A whole plan with its head. Papers of different seeds have nothing but phrases in common."""
    rng = random.Random(seed)
    return (
        "CÔNG AN TỈNH HÀ TĨNH          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "PHÒNG PV05                    Độc lập - Tự do - Hạnh phúc\n"
        f"Số: {number}/KH-CAT-PV05      Hà Tĩnh, ngày {day} tháng 6 năm {year}\n"
        f"KẾ HOẠCH\nThực hiện công tác dân vận năm {year}\n"
        + body(rng, clauses, year)
        + "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nNguyễn Văn A"
    )


def next_year(text: str, year: int = 2022) -> str:
    """The plan of the year after, as offices write it: other years, other deadlines and targets."""
    rng = random.Random(text)
    words = text.replace(str(year), str(year + 1)).replace("Số: 12/", "Số: 9/").split(" ")
    return " ".join(f"{rng.randint(50, 99)}%{w[w.index('%') + 1 :]}" if "%" in w else w for w in words)


def misread(text: str, rng: random.Random, share: float = 0.05) -> str:
    """The text as OCR reads it: `share` of its syllables have a wrong letter, or run into the next."""
    return "\n".join(
        " ".join(_misread(words, rng, share))
        for words in (line.split(" ") for line in text.split("\n"))
    )


def _misread(words: Sequence[str], rng: random.Random, share: float) -> list[str]:
    read: list[str] = []
    for word in words:
        if word and rng.random() < share:
            at = rng.randrange(len(word))
            letter = word[at].lower()
            word = word[:at] + _WRONG.get(letter, rng.choice("rnvclt")) + word[at + 1 :]
        read.append(word)
    return read


def with_junk(text: str, rng: random.Random, words: int = 6) -> str:
    """The text with some words left in a legacy encoding."""
    found = text.split(" ")
    for at in rng.sample(range(len(found)), words):
        found[at] = rng.choice(_JUNK)
    return " ".join(found)
