"""Faults of publishing files."""

from ckanext.roadmap.loading.errors import LoadError


class PublishError(LoadError):
    """The table is live but its file could not be put in its place; the next run mends it."""

    phase = "publish"
