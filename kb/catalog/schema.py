"""The catalog's tables (SQLAlchemy Core). Migrations live in kb/catalog/migrations.

HEAD is the newest migration; a catalog at another revision is upgraded when it is opened for
writing, and refused with what to do when it is newer than this program.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

HEAD = "0011"

metadata = MetaData()

# A document: its identity through all versions, and the columns lists and filters need.
documents = Table(
    "documents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("version", Integer, nullable=False),  # the current one
    Column("revision", Integer, nullable=False),  # grows with every change that the index must see
    Column("sha256", String(64), nullable=False),  # of the current version's bytes
    Column("added_at", DateTime, nullable=False),
    Column("removed_at", DateTime),  # set when its last source vanished; the text is kept
    Column("title", Text, nullable=False),
    Column("symbol", Text),
    Column("kind", String(64)),
    Column("unit", Text),
    Column("unit_label", Text),
    Column("sort_date", Date),
    Column("label", String(64), nullable=False),
    Column("validity", String(32)),  # on the day of the last reindex; NULL: unknown
    Index("documents_by_symbol", "symbol"),
    Index("documents_by_sha256", "sha256"),
    Index("documents_by_date", "sort_date"),
    Index("documents_by_unit", "unit"),
)

# What was read from one state of the bytes. Never changed by new bytes: those are a new version.
versions = Table(
    "versions",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("added_at", DateTime, nullable=False),
    Column("format", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("fields", Text, nullable=False),  # JSON: metadata, sections, references, warnings
    Column("text_quality", Float, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("document_id", String(32), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("width", Float),
    Column("height", Float),
    Column("boxes", LargeBinary),  # packed word positions, see codec
    Column("label", Text),  # what the file calls the page, where that is not its number
    ForeignKeyConstraint(
        ["document_id", "version"], ["versions.document_id", "versions.number"], ondelete="CASCADE"
    ),
)

# By which version of its rules each kind of derived knowledge was read from the current version of a
# document, see kb.catalog.derived; no row: not yet.
derived = Table(
    "derived",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Abbreviations the current version of a document explains; each meaning once a document.
abbreviations = Table(
    "abbreviations",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),  # in the order of the text
    Column("abbreviation", Text, nullable=False),
    Column("key", Text, nullable=False),  # kb.vietnamese.abbreviations.key
    Column("expansion", Text, nullable=False),
    Column("start", Integer, nullable=False),  # of the evidence in the text
    Column("end", Integer, nullable=False),
    Index("abbreviations_by_key", "key"),
)

# What the current version of a document is compared with others by (kb.near). Dates and the rest are
# what speaks against two documents being the same; other columns of `documents` do so too.
signatures = Table(
    "signatures",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("bins", LargeBinary, nullable=False),
    Column("numbers", LargeBinary, nullable=False),
    Column("issued_on", Date),
    Column("covers_from", Date),
    Column("covers_to", Date),
    Column("draft", Integer),  # kb.near.drafts.draft_number
    Column("titled", Boolean, nullable=False),  # `documents.title` is a title, not a file name
)

# Documents that share a key here may be alike.
bands = Table(
    "bands",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("key", BigInteger, primary_key=True),
    Index("bands_by_key", "key"),
    sqlite_with_rowid=False,
)

# Numbers that grow with every change of what readers keep in memory.
states = Table(
    "states",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("number", Integer, nullable=False),
)

# What the current version of a document says of others, see kb.relations.reading. To which document a
# symbol leads is not stored: it is joined with `documents.symbol` whenever it is asked.
relations = Table(
    "relations",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),  # in the order of the text
    Column("relation", String(32), nullable=False),
    Column("symbol", Text, nullable=False),
    Column("issued_on", Date),  # of the document named, as far as it is told
    Column("part", Text, nullable=False),
    Column("start", Integer, nullable=False),  # of the symbol in the text
    Column("end", Integer, nullable=False),
    Column("evidence_start", Integer, nullable=False),
    Column("evidence_end", Integer, nullable=False),
    Index("relations_by_symbol", "symbol"),
)

# How long a document says it is in force.
terms = Table(
    "terms",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("effective_on", Date),
    Column("expires_on", Date),
    Column("stated", String(32)),
    Column("evidence_start", Integer),
    Column("evidence_end", Integer),
)

# Terms that the current version of a document defines, see kb.glossary.definitions.
definitions = Table(
    "definitions",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),  # in the order of the text
    Column("folded", Text, nullable=False),  # the term to look it up by
    Column("term", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("definitions_by_term", "folded"),
)

# What the current version of a document counts, see kb.figures.reading.
figures = Table(
    "figures",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("value", Float, nullable=False),
    Column("total", Float),
    Column("measure", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("trend", String(8)),
    Column("compared", Text),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("evidence_start", Integer, nullable=False),
    Column("evidence_end", Integer, nullable=False),
)

# Fields that a person should look at, see kb.curation.doubts.
doubts = Table(
    "doubts",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("field", String(32), nullable=False),
    Column("value", Text),
    Column("confidence", Float),
)

# Where bytes were found. One document may have several sources.
sources = Table(
    "sources",
    metadata,
    Column("path", Text, primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("sidecar_sha256", String(64)),
    Column("archive", Text),  # path of the archive it lies in
    Index("sources_by_document", "document_id"),
)

# Archives whose members are sources, as they were when all of them had been read.
archives = Table(
    "archives",
    metadata,
    Column("path", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
)

# Files that could not be read, with the reason and what to do.
rejected = Table(
    "rejected",
    metadata,
    Column("path", Text, primary_key=True),
    Column("code", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("size", BigInteger),
    Column("mtime_ns", BigInteger),
    Column("sha256", String(64)),  # of a file refused for its secrecy mark
    Column("rejected_at", DateTime, nullable=False),
)

# Folders and files an administrator added: what `kb reindex` looks through.
roots = Table(
    "roots",
    metadata,
    Column("path", Text, primary_key=True),
    Column("added_at", DateTime, nullable=False),
)

# What people corrected, see kb.catalog.corrections.
corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("field", String(64), nullable=False),
    Column("value", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("note", Text, nullable=False),
    Column("reverted_at", DateTime),
    Column("reverted_by", Text),
    Index("corrections_by_document", "document_id"),
)

# What each index generation holds: a document whose token differs is pending.
indexed = Table(
    "indexed",
    metadata,
    Column("generation", String(128), primary_key=True),
    Column("document_id", String(32), primary_key=True),
    Column("token", String(64), nullable=False),  # analyser fingerprint and document revision
)
