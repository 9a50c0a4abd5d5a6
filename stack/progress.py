"""One line per step, with its time."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce a step, and tell how long it took or that it failed."""
    began = time.monotonic()
    print(f"  {title} ... ", end="", file=sys.stderr, flush=True)
    try:
        yield
    except BaseException:
        print(f"failed after {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)
        raise
    print(f"{time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)


def say(text: str) -> None:
    """Print one line at once."""
    print(text, file=sys.stderr, flush=True)
