"""The catalog: the one true record of documents, their text, fields, sources and rejections."""
