"""Delimited files of any size: encoding, delimiter and types by the whole file."""

from .guess import guess
from .layout import Layout, look
from .reading import plain_batches, text_columns

__all__ = ["Layout", "guess", "look", "plain_batches", "text_columns"]
