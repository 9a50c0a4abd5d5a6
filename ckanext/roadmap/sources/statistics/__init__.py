"""Statistics offices: cubes and series as rows of one value each."""

from . import pxweb, sdmx, series
from .base import DIALECTS, Ask, dialect, read_values

__all__ = ["DIALECTS", "Ask", "dialect", "pxweb", "read_values", "sdmx", "series"]
