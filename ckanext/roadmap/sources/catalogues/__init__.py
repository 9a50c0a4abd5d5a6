"""Catalogues of other portals: what they hold, page by page, in one form."""

from . import ckan, dcat, egov
from .base import CATALOGUES, Catalogue, Page, catalogue, catalogue_for, is_catalogue

__all__ = [
    "CATALOGUES",
    "Catalogue",
    "Page",
    "catalogue",
    "catalogue_for",
    "ckan",
    "dcat",
    "egov",
    "is_catalogue",
]
