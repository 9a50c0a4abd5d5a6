"""The technical guide of an information system: one document for the page and its files."""

from .compose import guide

__all__ = ["guide"]
