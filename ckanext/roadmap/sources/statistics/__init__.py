"""Statistics offices: cubes and series as rows of one value each."""

from . import pxweb, sdmx, series
from .about import About
from .base import DIALECTS, Ask, about_table, dialect, read_values

__all__ = ["DIALECTS", "About", "Ask", "about_table", "dialect", "pxweb", "read_values", "sdmx", "series"]
