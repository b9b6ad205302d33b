"""How long `kb --help` takes, beside an empty Python process in the same run.

python benchmarks/startup.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from common import save, table

RUNS = 11


def main() -> None:
    """Time the commands in turn and keep the table."""
    kb = str(Path(sys.executable).with_name("kb"))
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "kb --help": [kb, "--help"],
        "kb search --help": [kb, "search", "--help"],
        "kb add --help": [kb, "add", "--help"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _run in range(RUNS):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times[name].append(time.perf_counter() - started)
    empty = statistics.median(times["python -c pass"])
    rows = [
        [name, f"{min(t):.3f}", f"{statistics.median(t):.3f}", f"{statistics.median(t) / empty:.1f}"]
        for name, t in times.items()
    ]
    header = ["command", "min_s", "median_s", "x empty Python"]
    save("startup", "Time to start", "python benchmarks/startup.py", table(header, rows))


if __name__ == "__main__":
    main()
