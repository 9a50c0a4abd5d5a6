"""Files that people give: of a bounded size."""

from __future__ import annotations

import io
from typing import Any

import ckan.plugins.toolkit as tk

MEGABYTES = 10


def within_bounds(value: Any) -> Any:
    """A file that is not larger than what is read at once; anything else is left to the action."""
    stream = getattr(value, "stream", None)
    if stream is None:
        return value
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size > MEGABYTES << 20:
        told = tk._("The file has {size} MB, and at most {most} MB are read. Look what makes it so large.")
        raise tk.Invalid(told.format(size=-(-size >> 20), most=MEGABYTES))
    return value
