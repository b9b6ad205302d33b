"""The commands this package adds to `kb`: name -> (where the click command lives, one-line help).

Only names and help, so that `kb --help` imports nothing heavy.
"""

from kb.i18n import N_

COMMANDS: dict[str, tuple[str, str]] = {
    "add": ("indexer.commands:add", N_("Thêm tệp hoặc thư mục vào kho")),
    "reindex": ("indexer.commands:reindex", N_("Cập nhật kho và chỉ mục: tệp mới, đã sửa, đã mất")),
    "remove": ("indexer.commands:remove", N_("Gỡ tệp hoặc thư mục khỏi kho")),
    "watch": ("indexer.watch_command:watch", N_("Theo dõi thư mục: tệp mới vào kho trong vài giây")),
    "doctor": ("indexer.doctor:doctor", N_("Máy này đọc được gì, thiếu chương trình nào")),
    "topics": ("indexer.topics_command:topics", N_("Chủ đề: xem, thử, thêm cụm từ, áp dụng lại")),
    "extract": ("indexer.commands:extract", N_("Đọc thử một tệp, không lưu gì")),
}
