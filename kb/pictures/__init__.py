"""Pages as they look, for PDFs and pictures: drawn by a child process, because files are hostile."""
