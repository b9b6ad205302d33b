"""The one writer of a tantivy index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from kb.engines.fields import BY_NAME, ID_FIELD
from kb.engines.port import IndexDocument
from kb.engines.semantics import check_document
from kb.errors import HomeUnusable, Locked
from kb.i18n import _

HEAP = 128_000_000  # bytes of documents in memory before a segment is written
# One thread indexes some 2,000 documents of 400 words a second, far more than reading them gives, and
# leaves fewer, larger segments than several.
THREADS = 1


class TantivyWriter:
    """See kb.engines.port.EngineWriter."""

    def __init__(self, index: tantivy.Index, path: Path, on_commit: Callable[[], None]) -> None:
        """Raises Locked where another process, or this one, writes."""
        self._path = path
        self._on_commit = on_commit
        self._pending = False
        try:
            self._writer: tantivy.IndexWriter | None = index.writer(HEAP, THREADS)
        except ValueError as error:
            if "LockBusy" in str(error):
                raise Locked(_("Tiến trình khác đang ghi chỉ mục: {path}").format(path=path)) from error
            raise HomeUnusable(_not_writable(path, error)) from error

    def add(self, document: IndexDocument) -> None:
        """Add the document, replacing one with the same id."""
        check_document(document)
        native = tantivy.Document()
        native.add_text(ID_FIELD, document.id)
        for name, value in document.fields.items():
            if isinstance(value, int):
                native.add_integer(name, value)
            elif BY_NAME[name].kind == "text":
                native.add_text(name, _joined(name, value))
            else:
                for keyword in dict.fromkeys(value):
                    native.add_text(name, keyword)
        self._pending = True
        with self._writing() as writer:
            writer.delete_documents_by_term(ID_FIELD, document.id)
            writer.add_document(native)

    def delete(self, document_id: str) -> None:
        """Remove the document, if it is there."""
        self._pending = True
        with self._writing() as writer:
            writer.delete_documents_by_term(ID_FIELD, document_id)

    def commit(self) -> None:
        """Make everything since the last commit durable and visible."""
        with self._writing() as writer:
            writer.commit()
        self._pending = False
        self._on_commit()
        # Files of merged segments pile up otherwise. Now the old snapshot no longer needs them.
        with self._writing() as writer:
            writer.garbage_collect_files()

    def close(self) -> None:
        """Drop what was not committed and release the lock. Calling it twice is fine.

        Waits for merges under way: a process that only ever adds one document would otherwise
        leave one segment behind each time.
        """
        writer, self._writer = self._writer, None
        if writer is None:
            return
        try:
            if self._pending:
                writer.rollback()
            writer.wait_merging_threads()
        except ValueError as error:
            raise HomeUnusable(_not_writable(self._path, error)) from error

    @contextmanager
    def _writing(self) -> Iterator[tantivy.IndexWriter]:
        if self._writer is None:
            raise ValueError("the writer is closed")
        try:
            yield self._writer
        except (ValueError, OSError) as error:
            raise HomeUnusable(_not_writable(self._path, error)) from error


def _joined(field: str, tokens: Sequence[str]) -> str:
    text = " ".join(tokens)
    if tokens and (text.count(" ") != len(tokens) - 1 or "  " in f" {text} "):
        raise ValueError(f"empty token or token with a space in field {field!r}")
    return text


def _not_writable(path: Path, reason: object) -> str:
    return _("Không ghi được chỉ mục ở {path}: {reason}").format(path=path, reason=reason)
