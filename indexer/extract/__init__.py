"""Text, pages and positions out of files; one module a format, chosen by content then by name."""
