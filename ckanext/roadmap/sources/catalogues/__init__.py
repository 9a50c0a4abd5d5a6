"""Catalogues of other portals: what they hold, page by page, in one form."""

from . import egov
from .base import CATALOGUES, Catalogue, Page, catalogue, catalogue_for, is_catalogue

__all__ = ["CATALOGUES", "Catalogue", "Page", "catalogue", "catalogue_for", "egov", "is_catalogue"]
