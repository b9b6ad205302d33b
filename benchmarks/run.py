"""All benchmarks, one after the other: what `make bench` runs. Takes about an hour."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARKS = [
    ["startup.py"],
    ["fields.py"],
    ["ingest.py"],
    ["segmenter.py"],
    ["near.py"],
    ["quality.py"],
    ["quality.py", "phapdien", "--engine", "tantivy", "--engine", "whoosh", "--name", "engines"],
    ["ablation.py"],
]


def main() -> None:
    """Run each as its own process; one that fails does not stop the others."""
    failed = []
    for arguments in BENCHMARKS:
        script = Path(__file__).parent / arguments[0]
        if subprocess.run([sys.executable, str(script), *arguments[1:]], check=False).returncode:
            failed.append(arguments[0])
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
