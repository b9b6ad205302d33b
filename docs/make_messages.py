"""Bring the English message catalogs up to date with the sources: `make messages`.

New texts enter the `.po` files empty and are listed; translate them there and run it again. Texts that
are gone leave the catalogs. The `.mo` files are compiled from the `.po` files. The result depends on
nothing but the sources and the `.po` files: no dates, no line numbers, no paths.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Messages:
    """One catalog and the sources it speaks for."""

    folder: Path  # where extraction starts; the patterns of `mapping` are relative to it
    mapping: Path  # which files, and how texts are found in them
    po: Path

    @property
    def mo(self) -> Path:
        """The compiled catalog, beside the `.po` file."""
        return self.po.with_suffix(".mo")

    def kept(self) -> Catalog:
        """The catalog as checked in."""
        with self.po.open("rb") as file:
            return read_po(file, locale="en")

    def found(self) -> Catalog:
        """The texts of the sources, untranslated."""
        with self.mapping.open(encoding="utf-8") as file:
            methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
        template = Catalog()
        for _file, _line, text, _comments, context in extract_from_dir(self.folder, methods, options):
            template.add(text, context=context)
        return template

    def updated(self) -> Catalog:
        """The texts of the sources with the translations there are."""
        catalog = self.kept()
        catalog.update(self.found(), no_fuzzy_matching=True, update_creation_date=False)
        return catalog


KB = Messages(ROOT, ROOT / "kb/babel.cfg", ROOT / "kb/locale/en/LC_MESSAGES/tracuu.po")
WEB = Messages(
    ROOT / "web", ROOT / "web/babel.cfg", ROOT / "web/translations/en/LC_MESSAGES/messages.po"
)


def untranslated(catalog: Catalog) -> list[str]:
    """The texts without a translation, or with a missing plural."""
    return [
        str(message.id)
        for message in catalog
        if message.id
        and not all(message.string if isinstance(message.string, list | tuple) else [message.string])
    ]


def text(catalog: Catalog) -> bytes:
    """The catalog as a `.po` file."""
    file = io.BytesIO()
    write_po(file, catalog, width=100, no_location=True, sort_output=True, ignore_obsolete=True)
    return file.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """The catalog as a `.mo` file."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def main() -> int:
    """Write both catalogs; 1 while a text lacks its translation."""
    missing = 0
    for messages in (KB, WEB):
        catalog = messages.updated()
        messages.po.write_bytes(text(catalog))
        messages.mo.write_bytes(compiled(catalog))
        for source in untranslated(catalog):
            print(f"{messages.po.relative_to(ROOT)}: {source!r}")
            missing += 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
