"""What can be wrong with a parcel."""

from __future__ import annotations

from ckanext.roadmap.sources.errors import SourceError


class ParcelError(SourceError):
    """A parcel, or a piece of one, that can't be taken."""


def malformed(field: str) -> ParcelError:
    """A manifest that no agent writes."""
    return ParcelError(
        "parcel_malformed",
        f"The parcel's {field} cannot be taken.",
        "Send it with roadmap-agent.",
        field=field,
    )
