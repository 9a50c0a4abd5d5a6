"""Faults that a gate found: the source itself has to be mended."""

from ckanext.roadmap.loading.errors import LoadError


class GateError(LoadError):
    """The staged rows break the mapping's contract."""

    phase = "gate"
