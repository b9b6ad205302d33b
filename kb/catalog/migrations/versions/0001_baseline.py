"""The first catalog: documents, versions, pages, sources, rejected, roots, indexed.

A migration is frozen: it spells the tables out instead of importing today's schema.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("removed_at", sa.DateTime),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("symbol", sa.Text),
        sa.Column("kind", sa.String(64)),
        sa.Column("unit", sa.Text),
        sa.Column("unit_label", sa.Text),
        sa.Column("sort_date", sa.Date),
        sa.Column("label", sa.String(64), nullable=False),
    )
    op.create_index("documents_by_sha256", "documents", ["sha256"])
    op.create_index("documents_by_date", "documents", ["sort_date"])
    op.create_index("documents_by_unit", "documents", ["unit"])
    op.create_table(
        "versions",
        sa.Column(
            "document_id",
            sa.String(32),
            sa.ForeignKey("documents.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("format", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("text_quality", sa.Float, nullable=False),
    )
    op.create_table(
        "pages",
        sa.Column("document_id", sa.String(32), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("width", sa.Float),
        sa.Column("height", sa.Float),
        sa.Column("boxes", sa.LargeBinary),
        sa.ForeignKeyConstraint(
            ["document_id", "version"],
            ["versions.document_id", "versions.number"],
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "sources",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column(
            "document_id",
            sa.String(32),
            sa.ForeignKey("documents.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("mtime_ns", sa.BigInteger, nullable=False),
        sa.Column("sidecar_sha256", sa.String(64)),
    )
    op.create_index("sources_by_document", "sources", ["document_id"])
    op.create_table(
        "rejected",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger),
        sa.Column("mtime_ns", sa.BigInteger),
        sa.Column("rejected_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "roots",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("added_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "indexed",
        sa.Column("generation", sa.String(128), primary_key=True),
        sa.Column("document_id", sa.String(32), primary_key=True),
        sa.Column("token", sa.String(64), nullable=False),
    )


def downgrade() -> None:
    for table in ("indexed", "roots", "rejected", "sources", "pages", "versions", "documents"):
        op.drop_table(table)
