"""Global Data Barometer: its own CSV of a country, or the portal's form."""

from __future__ import annotations

from ckanext.roadmap.domain.rating import Gap
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.sources.barometer_gaps import is_own_file, read_barometer

from .base import Rating, rating


@rating
class Barometer(Rating):
    """Data of the pillar of availability that were not found open."""

    code = "GDB"
    name = _("Global Data Barometer")

    def read(self, content: bytes, filename: str, *, year: int, partly: bool) -> list[Gap]:
        """The datasets without points."""
        if is_own_file(content):
            return read_barometer(content, year, partly=partly)
        return super().read(content, filename, year=year, partly=partly)
