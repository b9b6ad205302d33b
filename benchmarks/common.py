"""What the benchmarks share: where the real data is, how results are written."""

from __future__ import annotations

import os
import platform
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
HOMES = ROOT / "var" / "evaluation"  # libraries of the sets, kept from run to run

# What else the machine was doing: times are worth little where it is near the number of cores.
LOAD = os.getloadavg()[0] if hasattr(os, "getloadavg") else None

SETS = ("alqac2023", "xquad-vi", "tthc", "phapdien", "vietnews-val")
MODES = {False: "accents", True: "no accents"}  # unaccented -> how tables call it


def data_folder() -> Path:
    """The folder of real data: TRACUU_DATA, else ../shared/data. Exits where there is none."""
    path = Path(os.environ.get("TRACUU_DATA", ROOT.parent / "shared" / "data"))
    if not path.is_dir():
        sys.exit("The real data is not here; TRACUU_DATA names its folder.")
    return path


def table(header: list[str], rows: list[list[str]]) -> str:
    """Columns padded to their widest cell, the first flush left, the others flush right."""
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]

    def line(row: list[str]) -> str:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        return "  ".join(cells).rstrip()

    return "\n".join([line(header), line(["-" * w for w in widths]), *map(line, rows)])


def save(name: str, title: str, command: str, body: str, *, shown: bool = True) -> None:
    """Keep a result in benchmarks/results/NAME.txt with how to get it again; print it if `shown`."""
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    if LOAD is not None:
        machine += f", load {LOAD:.1f} when begun"
    text = f"{title}\n{date.today()}, {machine}\n$ {command}\n\n{body}\n"
    if shown:
        print(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.txt").write_text(text, encoding="utf-8")
