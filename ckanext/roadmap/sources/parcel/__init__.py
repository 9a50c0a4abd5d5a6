"""A parcel: one reading of a table, in compressed pieces with their hashes.

For networks that the portal can't reach: an agent at the ministry writes it, the portal loads from it.
"""

from .errors import ParcelError
from .inbox import Inbox, Received
from .manifest import MOST_CHUNK, MOST_CHUNKS, MOST_RAW, Manifest
from .pieces import pieces, plain
from .spool import Spool

__all__ = [
    "MOST_CHUNK",
    "MOST_CHUNKS",
    "MOST_RAW",
    "Inbox",
    "Manifest",
    "ParcelError",
    "Received",
    "Spool",
    "pieces",
    "plain",
]
