"""From the string a person typed to a logical query an engine can run."""
