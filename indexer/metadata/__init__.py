"""What a document is, read from its text and form: symbol, kind, date, issuer, subject, topics."""
