"""`kb show`."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import click

from kb.access import PUBLIC
from kb.catalog.documents import title_of
from kb.catalog.reading import StoredDocument
from kb.commands.same_paper import same_paper_lines
from kb.document_json import plain
from kb.i18n import _
from kb.library import Library
from kb.model import Metadata, Value, told
from kb.relations.related import told as told_state
from kb.relations.validity import Validity
from kb.results import SamePaper
from kb.settings import Settings
from kb.vietnamese import kinds, topics


@click.command(
    help=_(
        """Xem một văn bản theo mã (mã có trong kết quả tìm).

        \b
        Ví dụ:
          kb show 3f2a9c01b7de
          kb show 3f2a9c01b7de --text | less
          kb show 3f2a9c01b7de --json
        """
    )
)
@click.argument("document_id")
@click.option("--json", "as_json", is_flag=True, help=_("In JSON (docs/json.md)."))
@click.option("--text", "as_text", is_flag=True, help=_("Chỉ in toàn văn."))
def show(document_id: str, as_json: bool, as_text: bool) -> None:
    """Print a document."""
    with contextlib.closing(Library.open(Settings.load())) as library:
        item = library.get(document_id, PUBLIC)
        same = library.same_paper(document_id, PUBLIC)
        validity = library.knowledge.relations(document_id, PUBLIC).validity
    if as_json:
        click.echo(json.dumps(plain(item, same), ensure_ascii=False, indent=1))
    elif as_text:
        click.echo(item.document.text)
    else:
        _print(item, same, validity)


def _print(item: StoredDocument, same: SamePaper, validity: Validity | None) -> None:
    document = item.document
    click.secho(title_of(document), bold=True)
    if validity is not None:
        click.echo(told_state(validity))
    click.echo()
    for label, value in _rows(document.metadata):
        click.echo(f"{label + ':':<16} {value}")
    files = _("Tệp")  # not inside the f-string: Babel does not look there
    click.echo(f"{files + ':':<16} " + "\n".join(f"{s.path}" for s in item.sources))
    click.echo(
        _("Bản {version}/{versions}, {pages} trang, chất lượng văn bản {quality:.0%}").format(
            version=item.version,
            versions=item.versions,
            pages=len(document.pages),
            quality=document.text_quality,
        )
    )
    for line in same_paper_lines(same):
        click.echo(line)
    for warning in document.warnings:
        click.secho(told(warning), fg="yellow")
    if document.sections:
        click.echo("\n" + _("Bố cục:"))
        for section in document.sections:
            click.echo("  " * section.level + f"{section.label} {section.title}".rstrip())
    click.echo("\n" + _("Toàn văn: kb show {id} --text").format(id=item.id))


def _rows(metadata: Metadata) -> list[tuple[str, str]]:
    def sure(value: Value[Any], shown: str) -> str:
        return f"{shown}  ({value.confidence:.0%}, {value.rule})"

    rows: list[tuple[str, str]] = []
    if metadata.kind:
        rows.append((_("Loại"), sure(metadata.kind, kinds.label(metadata.kind.value))))
    for label, value in (
        (_("Số, ký hiệu"), metadata.symbol),
        (_("Cơ quan"), metadata.issuer),
        (_("Cấp trên"), metadata.superior),
        (_("Trích yếu"), metadata.subject),
        (_("Nơi ban hành"), metadata.place),
        (_("Người ký"), metadata.signer),
        (_("Chức vụ"), metadata.signer_title),
        (_("Quyền ký"), metadata.signer_capacity),
        (_("Ký thay"), metadata.signed_for),
        (_("Cấp bậc"), metadata.signer_rank),
        (_("Độ khẩn"), metadata.urgency),
        (_("Lưu hành"), metadata.circulation),
        (_("Tác giả"), metadata.author),
        *((_("Kính gửi"), each) for each in metadata.addressees),
        *((_("Căn cứ"), each) for each in metadata.grounds),
        *((_("Nơi nhận"), each) for each in metadata.recipients),
        (_("Lưu"), metadata.filed),
    ):
        if value:
            rows.append((label, sure(value, value.value)))
    for label, dated in (
        (_("Ban hành"), metadata.issued_on),
        (_("Có hiệu lực"), metadata.effective_on),
        (_("Đăng ngày"), metadata.published_on),
        (_("Diễn ra"), metadata.event_on),
    ):
        if dated:
            rows.append((label, sure(dated, dated.value.strftime("%d/%m/%Y"))))
    if metadata.event_partial:
        rows.append((_("Diễn ra"), _("{day} (không rõ năm)").format(day=metadata.event_partial)))
    for topic in metadata.topics:
        rows.append((_("Chủ đề"), sure(topic, topics.label(topic.value))))
    return rows
