"""Faults of applying."""

from ckanext.roadmap.loading.errors import LoadError


class ApplyError(LoadError):
    """The staged rows could not take the live table's place; readers kept the old rows."""

    phase = "apply"
