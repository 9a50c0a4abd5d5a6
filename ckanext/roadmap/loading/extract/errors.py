"""Faults of reading the source."""

from ckanext.roadmap.loading.errors import LoadError


class ExtractError(LoadError):
    """The source could not be read to its end."""

    phase = "extract"


class AgainError(Exception):
    """The source is not what its beginning promised; read with more care it may do."""
