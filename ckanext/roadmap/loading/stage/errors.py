"""Faults of staging."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from ckanext.roadmap.loading.errors import LoadError


class StageError(LoadError):
    """The rows could not be staged: a value does not fit its declared type, or there is no room."""

    phase = "stage"


class ValueRefusedError(StageError):
    """A value does not fit its column's type, or a record is not whole."""


@contextmanager
def writing() -> Generator[None]:
    """Files of the run are written; a full disk is a fault of staging."""
    try:
        yield
    except OSError as error:
        raise StageError(
            "file_refused",
            f"The run's files could not be written ({error.strerror}).",
            "Check the rights and the room of the portal's storage folder.",
            detail=error.strerror or "",
        ) from None
