"""From files to documents. Knows file formats and the forms of documents, never an engine."""
