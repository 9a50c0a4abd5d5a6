"""Where ministries lay files: on the web, on an SFTP server, in a folder of the operator's."""

from . import drop, sftp, web
from .base import Brought, Place, Way, place, place_for, schemes

__all__ = ["Brought", "Place", "Way", "drop", "place", "place_for", "schemes", "sftp", "web"]
