"""Measures, and prints the table: `python -m benchmarks.load --rows 1000000 [--json] [--write FILE]`."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from ckanext.roadmap.tests.own_postgres import server

from . import xloader
from .bench import PARTS, Bench
from .page import write

SETTINGS = ("max_wal_size=8GB", "shared_buffers=512MB", "log_lock_waits=on", "deadlock_timeout=10ms")


def main() -> None:
    """Measures everything in one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=2, help="of each figure the best of so many")
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, default=PARTS, help="only these parts of the table"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", type=Path, help="a page that gets the table")
    parser.add_argument("--ckan-ini", default="test.ini", help="CKAN that xloader runs in")
    parser.add_argument("--xloader", type=Path, default=Path("var/xloader"), help="its environment")
    options = parser.parse_args()
    python = xloader.environment(options.xloader.absolute())
    with server(*SETTINGS) as own, tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        bench = Bench(own, Path(folder), options.rows, options.repeat)
        figures = bench.measure(python, options.ckan_ini, options.only)
    if options.write:
        write(options.write, figures, options.rows, SETTINGS)
    if options.json:
        print(json.dumps([figure.to_dict() for figure in figures], indent=1, ensure_ascii=False))
        return
    for figure in figures:
        print(figure.line())


if __name__ == "__main__":
    main()
