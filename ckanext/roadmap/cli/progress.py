"""A bar for work that takes long, on terminals only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import click

from ckanext.roadmap.loading.report import LoadReport
from ckanext.roadmap.services.guarding import Tell
from ckanext.roadmap.services.progress import Progress, nobody_watches


@contextmanager
def progress_bar(label: str, stream: TextIO | None = None) -> Iterator[Progress]:
    """A bar on standard error that the yielded function moves; a file or a pipe gets none."""
    stream = stream or sys.stderr
    if stream is None or not stream.isatty():
        yield nobody_watches
        return
    with click.progressbar(length=1, label=label, file=stream, update_min_steps=1) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield tell


@contextmanager
def load_bar(expected: int | None, stream: TextIO | None = None) -> Iterator[Tell]:
    """A bar on standard error for a load: phase, rows, rate; of *expected* rows also the time left."""
    stream = stream or sys.stderr
    if stream is None or not stream.isatty():
        yield lambda _phase, _report: None
        return
    begun = time.time()
    with click.progressbar(
        length=expected or 1, label="start", file=stream, show_pos=True, show_eta=bool(expected),
        item_show_func=_told, update_min_steps=1,
    ) as bar:  # fmt: skip

        def tell(phase: str, report: LoadReport) -> None:
            rows, seconds = report.rows_in or 0, max(time.time() - begun, 0.001)
            bar.label, bar.length = phase, max(expected or 0, rows, 1)
            bar.update(rows - bar.pos, f"{rows / seconds:,.0f} rows/s")

        yield tell


def _told(what: str | None) -> str:
    """Nothing before the first rows."""
    return what or ""
