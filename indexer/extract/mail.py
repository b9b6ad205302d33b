"""E-mail: messages as mail programs save them (.eml), and Outlook's own (.msg), with attachments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree
from oxmsg import Message as OutlookMessage

from indexer.extract.assemble import DraftLine, DraftPage, assemble, words_of
from indexer.extract.base import Extracted
from indexer.extract.container import MAX_MEMBERS, Member, ReadFile, extracted_members
from indexer.extract.encodings import decoded
from indexer.extract.failures import corrupt, too_big
from indexer.extract.html_blocks import block_lines
from indexer.extract.html_legacy import decode_tree
from indexer.extract.legacy import LegacyDecoder, Run
from kb.errors import ExtractionFailed
from kb.i18n import _

MAX_BYTES = 200_000_000
_MOST_HEADERS = 8 * MAX_MEMBERS  # a part has up to four: its type, encoding, disposition and id
# Part of the text, which is the same whatever language the program speaks.
_LABELS = (
    ("subject", "Chủ đề"),
    ("sender", "Người gửi"),
    ("recipients", "Người nhận"),
    ("date", "Ngày gửi"),
)


@dataclass(slots=True)
class _Mail:
    """What is read of a message."""

    subject: str = ""
    sender: str = ""
    recipients: str = ""
    date: str = ""
    text: str = ""
    html: str = ""
    attachments: Iterable[Member] = ()


class MailExtractor:
    """Reads .eml. `read` reads one unpacked attachment."""

    format = "mail"

    def __init__(self, read: ReadFile) -> None:
        self._read = read

    def extract(self, path: Path) -> Extracted:
        """The head lines and text of the message, then its attachments under their names."""
        _check_size(path)
        what = _("Thư điện tử (.eml)")
        try:
            mail = _from_eml(parsed_message(path.read_bytes()))
        except (ExtractionFailed, MemoryError, OSError):
            raise
        except Exception as error:  # the parser has no common error for what headers may hold
            raise corrupt(what) from error
        return _extracted(self.format, mail, self._read, path.stat().st_size)


class MsgExtractor:
    """Reads Outlook's .msg. `read` reads one unpacked attachment."""

    format = "msg"

    def __init__(self, read: ReadFile) -> None:
        self._read = read

    def extract(self, path: Path) -> Extracted:
        """As for .eml."""
        _check_size(path)
        try:
            mail = _from_msg(OutlookMessage.load(str(path)))
        except (MemoryError, OSError):
            raise
        except Exception as error:  # oxmsg and olefile have no common error
            raise corrupt(_("Thư Outlook (.msg)")) from error
        return _extracted(self.format, mail, self._read, path.stat().st_size)


def parsed_message(content: bytes) -> EmailMessage:
    """The parts of a message. Raises ExtractionFailed (too-big), and whatever the parser raises."""
    if content.lower().count(b"\ncontent-") > _MOST_HEADERS:  # before the parser takes a minute
        raise too_big(_("hơn %d tệp bên trong") % MAX_MEMBERS)
    return message_from_bytes(content, policy=policy.default)


def _check_size(path: Path) -> None:
    if path.stat().st_size > MAX_BYTES:
        raise too_big(_("hơn %d MB") % (MAX_BYTES // 1_000_000))


def _extracted(format_name: str, mail: _Mail, read: ReadFile, size: int) -> Extracted:
    lines = [
        DraftLine(words_of(f"{label}: {value}"))
        for name, label in _LABELS
        if (value := getattr(mail, name).strip())
    ]
    body, warnings = _body(mail)
    own: Extracted | None = None
    if lines or body:
        own = assemble(format_name, [DraftPage(1, [*lines, *body])], warnings=warnings)
    title = " ".join(mail.subject.split()) or None
    return extracted_members(format_name, own, mail.attachments, read, packed=size, title=title)


def _body(mail: _Mail) -> tuple[list[DraftLine], list[str]]:
    """The text; of a message in HTML alone, that of the page."""
    if mail.text.strip() or not mail.html.strip():
        rows = mail.text.replace("\r\n", "\n").split("\n")
        decoder = LegacyDecoder(map(Run, rows))
        lines: list[DraftLine] = []
        gap = True
        for row in rows:
            words = words_of(decoder.decode([Run(row)])[0])
            if words:
                lines.append(DraftLine(words, new_paragraph=gap))
            gap = not words
        return lines, decoder.warnings()
    try:
        tree = lxml.html.document_fromstring(mail.html.replace("\x00", "").encode(), _html_parser())
    except (etree.ParserError, etree.XMLSyntaxError):
        return [], []
    warnings = decode_tree(tree)
    return block_lines(tree), warnings


def _html_parser() -> Any:
    return lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


# ---------------------------------------------------------------- .eml


def _from_eml(message: EmailMessage) -> _Mail:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    return _Mail(
        subject=str(message["subject"] or ""),
        sender=str(message["from"] or ""),
        recipients=", ".join(str(message[name]) for name in ("to", "cc") if message[name]),
        date=str(message["date"] or ""),
        text=_part_text(plain),
        html=_part_text(html),
        attachments=list(_eml_members(message)),
    )


def _part_text(part: Any) -> str:
    if part is None:
        return ""
    content = part.get_payload(decode=True) or b""
    return decoded(content, part.get_content_charset()) or ""


def _eml_members(message: EmailMessage) -> Iterator[Member]:
    for number, part in enumerate(message.iter_attachments(), start=1):
        name = part.get_filename() or ""
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            yield Member(name or f"{number}.eml", partial(bytes, inner))
        elif name:  # a part without a name is a picture of the text, not a document
            yield Member(name, partial(_payload, part))


def _payload(part: Any) -> bytes:
    return part.get_payload(decode=True) or b""


# ---------------------------------------------------------------- .msg


def _from_msg(message: Any) -> _Mail:
    headers = message.message_headers
    sent = message.sent_date
    recipients = ", ".join(
        " ".join(filter(None, (person.name, f"<{person.email_address}>")))
        for person in message.recipients
    )
    return _Mail(
        subject=message.subject or "",
        sender=message.sender or headers.get("From") or "",
        recipients=recipients,
        date=sent.strftime("%d/%m/%Y %H:%M") if sent is not None else "",
        text=message.body or "",
        html=message.html_body or "",
        attachments=list(_msg_members(message)),
    )


def _msg_members(message: Any) -> Iterator[Member]:
    for attachment in message.attachments:
        try:
            name, content = attachment.file_name, attachment.file_bytes
        except Exception:  # torn: to be told under any name
            yield Member("?", partial(_attached, attachment))
            continue
        if content is not None and name:
            yield Member(name, partial(bytes, content))


def _attached(attachment: Any) -> bytes:
    return bytes(attachment.file_bytes)
