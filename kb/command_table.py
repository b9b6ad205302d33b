"""The commands this package adds to `kb`: name -> (where the click command lives, one-line help).

Only names and help, so that `kb --help` imports nothing heavy.
"""

COMMANDS: dict[str, tuple[str, str]] = {}
