"""What a file is, by its first bytes; the name is asked only where the bytes leave a choice."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile
from zlib import error as zlib_error

from olefile import OleFileIO

from indexer.extract.archive import check_directory
from indexer.extract.encodings import decoded
from indexer.extract.failures import empty_file, unreadable
from kb.i18n import _

HEAD = 65_536  # bytes looked at
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\xdb\xa5", "word-old"),  # Word 2
    (b"\x9b\xa5", "word-old"),  # Word 1 for Windows
    (b"\xfe7\x00#", "word-old"),  # Word 1.x
)
# Names of streams in an OLE file, in the UTF-16 its directory uses. An encrypted .docx is one too.
_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted-office"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("__substg1.0", "msg"),
)
_ZIP_ENTRIES = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
)
_ODF = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp"}
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|table|div|p|h[1-6]|font|span|article)[\s>/]", re.I
)
# The head of a message (RFC 5322): fields, of which at least two are those every mail has.
_MAIL_HEAD = re.compile(r"(?:[!-9;-~]+:.*\r?\n(?:[ \t].*\r?\n)*)+")
_MAIL_FIELD = re.compile(
    r"^(from|to|date|subject|received|return-path|mime-version|delivered-to|message-id|content-type):",
    re.I | re.M,
)
# A page saved as one file has the form of a mail that nobody sent.
_MHTML = re.compile(r"^Content-Type:\s*multipart/related", re.I | re.M)
_SENT = re.compile(r"^(?:to|received|return-path|delivered-to|message-id):", re.I | re.M)
_MARKDOWN_NAMES = (".md", ".markdown")
_HTML_NAMES = (".html", ".htm", ".xhtml")
# Text for programs, not for readers: it would only be noise among documents.
_DATA_NAMES = (
    *(".json", ".jsonl", ".xml", ".csv", ".tsv", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".log"),
    *(".sql", ".py", ".js", ".css", ".bat", ".ps1", ".sh"),
)
# Lock files of Word (162 bytes), Excel and PowerPoint (165): a user's name and zeros.
_LOCK_SIZES = (162, 165)
_OFFICE_NAMES = (".doc", ".docx", ".dot", ".xls", ".xlsx", ".ppt", ".pptx")


def detect(path: Path) -> str:
    """The name of the file's format: one that the registry reads, or one that is refused.

    Refused: archive (other than zip), encrypted-office, image, data, lock, binary. Raises
    ExtractionFailed `unreadable`, `empty-file`, or `too-big` (an archive of too many members).
    """
    try:
        if not path.is_file():
            raise unreadable(_("không phải là tệp") if path.exists() else _("không có tệp này"))
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise unreadable(error.strerror or type(error).__name__) from error
    if path.name.startswith(("~$", ".~lock.")):
        return "lock"
    if not head:
        raise empty_file()
    if size in _LOCK_SIZES and b"\x00" in head and path.suffix.lower() in _OFFICE_NAMES:
        return "lock"
    if head.startswith(_OLE):
        return _ole_kind(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(path)
    # Readers of PDF allow junk before the mark; but a web page may speak of it.
    at = head[:1024].find(b"%PDF-")
    if at == 0 or (at > 0 and b"<" not in head[:at]):
        return "pdf"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    return _text_kind(head, path.suffix.lower())


def _ole_kind(path: Path) -> str:
    """Which program wrote an OLE file, by its outermost streams: others may be of files inside it."""
    content = path.read_bytes()
    try:
        with OleFileIO(BytesIO(content)) as ole:
            names = {entry[0] for entry in ole.listdir(storages=True)}
    except Exception:  # olefile raises what it meets in a torn directory
        return _torn_ole_kind(content)
    for stream, kind in _OLE_STREAMS:
        if any(name.startswith(stream) for name in names):
            return kind
    return _torn_ole_kind(content)


def _torn_ole_kind(content: bytes) -> str:
    """The same where the directory cannot be followed: its names are somewhere in the file."""
    for stream, kind in _OLE_STREAMS:
        end = "" if stream.startswith("__") else "\0"  # names are padded with zeros
        if (stream + end).encode("utf-16-le") in content:
            return kind
    return "binary"


def _zip_kind(path: Path) -> str:
    check_directory(path)
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = next((kind for entry, kind in _ZIP_ENTRIES if entry in names), None)
            if kind is None and "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                mime = archive.read("mimetype")
                kind = next((k for part, k in _ODF.items() if b"opendocument." + part in mime), None)
    except (BadZipFile, zlib_error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        # Torn off in the middle: the name says what it was.
        return {".docx": "docx", ".xlsx": "xlsx", ".pptx": "pptx", ".odt": "odt"}.get(
            path.suffix.lower(), "zip"
        )
    return kind or "zip"


def _text_kind(head: bytes, suffix: str) -> str:
    text = decoded(head)
    if text is None:
        return "binary"
    start = text.lstrip("\ufeff \t\r\n")
    mail = _MAIL_HEAD.match(start)
    if mail and len({field.lower() for field in _MAIL_FIELD.findall(mail[0])}) >= 2:
        return "mhtml" if _MHTML.search(mail[0]) and not _SENT.search(mail[0]) else "mail"
    if suffix in _HTML_NAMES or (start.startswith("<") and _HTML.search(start[:4096])):
        return "html"
    if suffix in _MARKDOWN_NAMES:
        return "markdown"
    return "data" if suffix in _DATA_NAMES else "txt"
