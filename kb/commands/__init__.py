"""The commands of this package, one a file. Imported only when run."""
