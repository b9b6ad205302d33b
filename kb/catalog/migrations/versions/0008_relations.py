"""What documents say of each other, how long they are in force, and whether they are.

The rows of documents stored before come with the next `kb reindex`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def _document() -> sa.Column[str]:
    return sa.Column(
        "document_id",
        sa.String(32),
        sa.ForeignKey("documents.id", ondelete="CASCADE"),
        primary_key=True,
    )


def upgrade() -> None:
    op.add_column("documents", sa.Column("validity", sa.String(32)))
    op.create_index("documents_by_symbol", "documents", ["symbol"])
    op.create_table(
        "relations",
        _document(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("relation", sa.String(32), nullable=False),
        sa.Column("symbol", sa.Text, nullable=False),
        sa.Column("issued_on", sa.Date),
        sa.Column("part", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("evidence_start", sa.Integer, nullable=False),
        sa.Column("evidence_end", sa.Integer, nullable=False),
    )
    op.create_index("relations_by_symbol", "relations", ["symbol"])
    op.create_table(
        "terms",
        _document(),
        sa.Column("effective_on", sa.Date),
        sa.Column("expires_on", sa.Date),
        sa.Column("stated", sa.String(32)),
        sa.Column("evidence_start", sa.Integer),
        sa.Column("evidence_end", sa.Integer),
    )


def downgrade() -> None:
    op.drop_table("terms")
    op.drop_table("relations")
    op.drop_index("documents_by_symbol", "documents")
    op.drop_column("documents", "validity")
