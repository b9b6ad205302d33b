"""Corrections and uploads on the pages, for curators with a key: only under `kb serve --curation`."""
