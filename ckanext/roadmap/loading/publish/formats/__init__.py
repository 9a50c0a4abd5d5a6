"""File formats, one class a file; a module laid in this folder is found by itself."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from .base import FORMATS, FileFormat, UnfitError

for _found in iter_modules(__path__):
    import_module(f"{__name__}.{_found.name}")

__all__ = ["FORMATS", "FileFormat", "UnfitError"]
