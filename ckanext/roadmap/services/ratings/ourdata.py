"""OECD OURdata Index: the portal's form."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .base import Rating, rating


@rating
class OurData(Rating):
    """Answers of a country are entered in the form."""

    code = "OURDATA"
    name = _("OECD OURdata Index")
