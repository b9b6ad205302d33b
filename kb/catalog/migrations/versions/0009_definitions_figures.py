"""Terms that documents define, and figures they state; both come with the next `kb reindex`."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def _key() -> list[sa.Column[int] | sa.Column[str]]:
    document = sa.ForeignKey("documents.id", ondelete="CASCADE")
    return [
        sa.Column("document_id", sa.String(32), document, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
    ]


def upgrade() -> None:
    op.create_table(
        "definitions",
        *_key(),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("term", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    )
    op.create_index("definitions_by_term", "definitions", ["folded"])
    op.create_table(
        "figures",
        *_key(),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("total", sa.Float),
        sa.Column("measure", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("trend", sa.String(8)),
        sa.Column("compared", sa.Text),
        sa.Column("period_start", sa.Date),
        sa.Column("period_end", sa.Date),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("evidence_start", sa.Integer, nullable=False),
        sa.Column("evidence_end", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("figures")
    op.drop_table("definitions")
