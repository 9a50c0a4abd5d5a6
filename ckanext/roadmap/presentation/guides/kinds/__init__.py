"""How each kind of connection is told in a guide: one class a kind."""

from . import api, catalogue, database, drop, files, pxweb, sdmx, sdmx_file, series, sftp, web
from .base import Kind, kind, kind_for, kind_of, named

__all__ = [
    "Kind",
    "api",
    "catalogue",
    "database",
    "drop",
    "files",
    "kind",
    "kind_for",
    "kind_of",
    "named",
    "pxweb",
    "sdmx",
    "sdmx_file",
    "series",
    "sftp",
    "web",
]
