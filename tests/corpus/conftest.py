"""The builder of corpus/ is a set of scripts beside their data, not a package: put it on the path."""

import sys
from pathlib import Path

CORPUS = Path(__file__).parents[2] / "corpus"
sys.path.insert(0, str(CORPUS))
