"""A set small enough to know every answer."""

DOCUMENTS = {
    "d1": ("Kế hoạch ngày hội", "Kế hoạch tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc"),
    "d2": ("Báo cáo ma túy", "Báo cáo kết quả phòng chống ma túy trong thanh niên"),
    "d3": ("", "Ngày hội đọc sách của toàn trường"),
    "d4": ("", "Hướng dẫn bảo vệ hiện trường"),
}
QUERIES = {"q1": "ngày hội toàn dân", "q2": "phòng chống ma túy", "q3": "bảo vệ hiện trường sách"}
QRELS = [("q1", "d1", 1), ("q2", "d2", 1), ("q3", "d3", 1), ("q3", "d9", 1), ("q3", "d1", 0)]
