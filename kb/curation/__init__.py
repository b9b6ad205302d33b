"""What a person says about a document: it wins over what was read. Fields by name, tables to edit."""
