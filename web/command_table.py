"""The commands this package adds to `kb`: name -> (where the click command lives, one-line help).

Only names and help, so that `kb --help` imports nothing heavy.
"""

from kb.i18n import N_

COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("web.commands:serve", N_("Mở giao diện web trên máy này")),
}
