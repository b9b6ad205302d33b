"""The output of `kb status --quality`."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from kb.catalog.quality import POOR, Quality
from kb.i18n import _
from kb.model import told


def tell_quality(quality: Quality, *, as_json: bool) -> None:
    """Print how well the documents could be read."""
    if as_json:
        plain = asdict(quality) | {"warnings": dict(quality.warnings)}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    if not quality.formats:
        click.echo(_("Chưa có văn bản nào."))
        return
    header = (
        _("định dạng"),
        _("văn bản"),
        _("âm tiết hợp lệ"),
        _("dưới {share:.0%}").format(share=POOR),
    )
    click.echo("{:<12} {:>9} {:>16} {:>12}".format(*header))
    for row in quality.formats:
        click.echo(f"{row.format:<12} {row.documents:>9} {row.share:>16.1%} {row.poor:>12}")
    if quality.confidence is not None:
        click.echo(
            _("Nhận dạng từ ảnh (OCR): {count} văn bản, độ tin cậy trung bình {share:.0%}").format(
                count=quality.scans, share=quality.confidence
            )
        )
    if quality.warnings:
        click.echo()
        click.secho(_("Cảnh báo khi đọc (số văn bản):"), bold=True)
        for word, count in quality.warnings:
            click.echo(f"{count:>6}  {word}")
    if not quality.worst:
        return
    click.echo()
    click.secho(_("Nên xem lại trước tiên:"), bold=True)
    for document in quality.worst:
        sure = (
            _(", OCR {share:.0%}").format(share=document.confidence)
            if document.confidence is not None
            else ""
        )
        click.echo(f"  {document.share:.0%}{sure}  {document.id}  {document.source}")
        for warning in document.warnings:
            click.echo(f"      {told(warning)}")
