"""What statistical sources have in common that can go wrong."""

from __future__ import annotations

from ckanext.roadmap.sources.errors import SourceError


def unknown(variable: str, value: str) -> SourceError:
    """The error of a mapping that selects what a cube has not."""
    text = f"The cube has no {variable} {value}".rstrip() + "."
    return SourceError(
        "cube_select", text, "Correct read.select in the mapping.", variable=variable, value=value
    )
