"""Fields that a person should look at; they come with the next `kb reindex`."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    document = sa.ForeignKey("documents.id", ondelete="CASCADE")
    op.create_table(
        "doubts",
        sa.Column("document_id", sa.String(32), document, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("field", sa.String(32), nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("confidence", sa.Float),
    )


def downgrade() -> None:
    op.drop_table("doubts")
