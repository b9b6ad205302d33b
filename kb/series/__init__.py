"""Documents that come again every year, what changed between two, and who carried out what."""
