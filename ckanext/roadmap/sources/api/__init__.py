"""Interfaces of ministries: records page by page, in JSON or XML, whatever the style of paging and login."""

from . import cursor, link_header, logins, numbered
from .checking import check
from .client import Client
from .paging import STYLES, Paging, paging
from .reading import read_records

__all__ = [
    "STYLES", "Client", "Paging", "check", "cursor", "link_header", "logins", "numbered", "paging",
    "read_records",
]  # fmt: skip
