"""A bar for work that takes long, on terminals only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import click

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
