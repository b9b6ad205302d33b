"""Damaged files of every format: how many are read, how many refused, and that nothing worse happens.

    python benchmarks/hostile.py --mutants 300 [--only pdf,docx] [--seed 1]

Each file is read in a child process as `kb add` reads it (without LibreOffice and Tesseract). Those
that met a defect (internal-error, crash, time-out, memory) are kept in var/hostile. The row "bombs" is
of the small files that mean much (tests/indexer/hostile_bombs.py); SAFETY.md wants each done in 2 s.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from common import ROOT, save, table

sys.path.append(str(ROOT / "tests" / "indexer"))

from hostile_bombs import bombs
from hostile_mutants import mutants
from hostile_reading import DEFECTS, READ, Reading, readings
from hostile_samples import samples

KEPT = ROOT / "var" / "hostile"
_BOMBS = "bombs"
_MOST_TOLD = 5  # defects of a format whose traceback is printed


def main() -> None:
    """Measure every format and keep the table."""
    options = _options()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        found = samples(Path(folder))
        for name in sorted(options.only or [*found, _BOMBS]):
            if name == _BOMBS:
                written = (path for _name, path in bombs(Path(folder)))
            else:
                written = _written(found[name], Path(folder), options)
            done = []
            for reading in readings(written, jobs=options.jobs):
                _keep(reading)
                done.append(reading)
            rows.append(_row(name, done))
            print(*rows[-1], flush=True)
    header = ["format", "mutants", "read", "refused", "defects", "slowest_s", "codes"]
    command = f"python benchmarks/hostile.py --mutants {options.mutants} --seed {options.seed}"
    if options.only:
        print(table(header, rows))
    else:
        save("hostile", "Damaged files, by format", command, table(header, rows))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", type=lambda names: names.split(","))
    return parser.parse_args()


def _written(path: Path, folder: Path, options: argparse.Namespace) -> Iterator[Path]:
    """The mutants, each written when its turn has come and removed when those after it are read."""
    before: list[Path] = []
    for number, content in enumerate(mutants(path.read_bytes(), options.seed, options.mutants)):
        place = folder / f"{number}-{path.name}"
        place.write_bytes(content)
        yield place
        before.append(place)
        if len(before) > 10 * options.jobs:
            before.pop(0).unlink()


def _keep(reading: Reading) -> None:
    """At once: the file is removed when those after it are read."""
    if reading.code in DEFECTS and Path(reading.path).exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / Path(reading.path).name).write_bytes(Path(reading.path).read_bytes())


def _row(name: str, done: list[Reading]) -> list[str]:
    codes = Counter(reading.code for reading in done)
    defects = [reading for reading in done if reading.code in DEFECTS]
    for reading in defects[:_MOST_TOLD]:
        print(name, reading.code, Path(reading.path).name, reading.detail, file=sys.stderr)
    refused = sum(n for code, n in codes.items() if code != READ and code not in DEFECTS)
    told = ", ".join(f"{code} {n}" for code, n in sorted(codes.items()) if code != READ)
    return [
        name,
        str(len(done)),
        str(codes[READ]),
        str(refused),
        str(len(defects)),
        f"{max(reading.seconds for reading in done):.2f}",
        told or "-",
    ]


if __name__ == "__main__":  # child processes import this file
    main()
