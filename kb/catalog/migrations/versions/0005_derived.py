"""One table for the versions of all rules that derive something from stored texts.

What was derived before keeps its version; what has none comes with the next `kb reindex`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "derived",
        sa.Column(
            "document_id",
            sa.String(32),
            sa.ForeignKey("documents.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO derived SELECT id, 'abbreviations', mining FROM documents WHERE mining IS NOT NULL"
    )
    op.execute("INSERT INTO derived SELECT document_id, 'near', rules FROM signatures")
    op.drop_column("documents", "mining")
    op.drop_column("signatures", "rules")


def downgrade() -> None:
    op.add_column("documents", sa.Column("mining", sa.Integer))
    op.execute(
        "UPDATE documents SET mining = (SELECT version FROM derived"
        " WHERE document_id = documents.id AND name = 'abbreviations')"
    )
    op.add_column("signatures", sa.Column("rules", sa.Integer, nullable=False, server_default="0"))
    op.execute(
        "UPDATE signatures SET rules = (SELECT version FROM derived"
        " WHERE document_id = signatures.document_id AND name = 'near')"
    )
    op.drop_table("derived")
