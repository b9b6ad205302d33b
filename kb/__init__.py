"""The knowledge base: what a document is and how it is found. Opens no PDF, knows no HTTP."""
