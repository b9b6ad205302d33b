"""The commands this package adds to `kb`: name -> (where the click command lives, one-line help).

Only names and help, so that `kb --help` imports nothing heavy.
"""

from kb.i18n import N_

COMMANDS: dict[str, tuple[str, str]] = {
    "abbreviation": (
        "kb.commands.abbreviation:abbreviation",
        N_("Chữ viết tắt nghĩa là gì, cụm từ viết tắt ra sao"),
    ),
    "search": ("kb.commands.search:search", N_("Tìm văn bản")),
    "set": ("kb.commands.curate:set_fields", N_("Sửa các trường của một văn bản")),
    "unset": ("kb.commands.curate:unset", N_("Bỏ các sửa đổi của một văn bản")),
    "history": ("kb.commands.curate:history", N_("Ai đã sửa gì ở một văn bản, khi nào")),
    "curator": ("kb.commands.curator:curator", N_("Ai được sửa trên trang web: cấp khóa, thu khóa")),
    "export": ("kb.commands.exchange:export_table", N_("Xuất các trường của mọi văn bản thành bảng")),
    "import": ("kb.commands.exchange:import_table", N_("Đọc lại bảng đã sửa; xem trước rồi mới sửa")),
    "relations": (
        "kb.commands.relations:relations",
        N_("Văn bản còn hiệu lực không, liên quan tới văn bản nào"),
    ),
    "batch": ("kb.commands.batch:batch", N_("Tìm nhiều câu một lượt, ghi thành bảng")),
    "chain": (
        "kb.commands.series:chain",
        N_("Văn bản thực hiện văn bản nào, ai thực hiện, ai báo cáo"),
    ),
    "gaps": ("kb.commands.series:gaps", N_("Kế hoạch chưa có báo cáo")),
    "series": ("kb.commands.series:series", N_("Cùng một việc qua các năm")),
    "compare": (
        "kb.commands.series:compare",
        N_("Hai văn bản khác nhau ở đâu: chỉ tiêu, thời hạn, đoạn"),
    ),
    "procedure": (
        "kb.commands.procedure:procedure",
        N_("Các bước, hồ sơ, thời hạn, trách nhiệm"),
    ),
    "todo": ("kb.commands.todo:todo", N_("Việc cần người xem: trường chưa chắc, văn bản còn thiếu")),
    "unit": ("kb.commands.unit:unit", N_("Đơn vị: thuộc đâu, trước là gì, nay là gì, có văn bản nào")),
    "glossary": ("kb.commands.glossary:glossary", N_("Thuật ngữ và chữ viết tắt nghĩa là gì")),
    "figures": ("kb.commands.figures:figures", N_("Số liệu nêu trong văn bản, xuất được thành bảng")),
    "similar": ("kb.commands.similar:similar", N_("Văn bản về cùng một việc")),
    "explain": (
        "kb.commands.explain:explain",
        N_("Giải thích hạng của một văn bản trong kết quả, hoặc vì sao không tìm thấy"),
    ),
    "suggest": ("kb.commands.suggest:suggest", N_("Gợi ý khi đang gõ: câu hỏi, chủ đề, văn bản")),
    "show": ("kb.commands.show:show", N_("Xem một văn bản: các trường, toàn văn")),
    "status": (
        "kb.commands.status:status",
        N_("Tình trạng kho: số văn bản, chỉ mục, tệp chưa đọc được"),
    ),
    "settings": ("kb.commands.settings:settings", N_("Cấu hình đang dùng và nguồn của từng mục")),
    "evaluate": (
        "kb.commands.evaluate:evaluate",
        N_("Đo chất lượng và tốc độ tìm kiếm trên một bộ BEIR"),
    ),
}
