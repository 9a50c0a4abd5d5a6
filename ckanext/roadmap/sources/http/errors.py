"""What can go wrong on the way to a page of another site."""

from __future__ import annotations

from ckanext.roadmap.domain.errors import RoadmapError


class FetchError(RoadmapError):
    """Nothing was fetched. The code says why; no text of the other site is repeated."""

    def __init__(self, code: str, **params: object) -> None:
        text = ", ".join(f"{name} {value}" for name, value in params.items())
        super().__init__(code, f"{code}: {text}" if text else code, **params)
