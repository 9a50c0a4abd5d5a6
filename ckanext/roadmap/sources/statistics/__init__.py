"""Statistics offices: cubes and series as rows of one value each."""

from ckanext.roadmap.sources.about import About

from . import pxweb, sdmx, series
from .base import DIALECTS, Ask, about_table, dialect, read_values
from .glances import check_table, signs_of

__all__ = [
    "DIALECTS", "About", "Ask", "about_table", "check_table", "dialect", "pxweb", "read_values", "sdmx",
    "series", "signs_of",
]  # fmt: skip
