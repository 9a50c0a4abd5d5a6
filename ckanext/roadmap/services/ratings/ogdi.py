"""Open Government Data Index of the United Nations' E-Government Survey: the portal's form."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .base import Rating, rating


@rating
class OpenGovernmentData(Rating):
    """Its questions are published with the survey; answers of a country are entered in the form."""

    code = "OGDI"
    name = _("UN Open Government Data Index (OGDI)")
