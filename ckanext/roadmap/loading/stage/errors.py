"""Faults of staging."""

from ckanext.roadmap.loading.errors import LoadError


class StageError(LoadError):
    """The rows could not be staged: a value does not fit its declared type, or there is no room."""

    phase = "stage"
