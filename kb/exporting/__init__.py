"""What was found, to take along: tables, a dossier in Word, citations."""
