"""Delimited files of any size: encoding, delimiter and types by the whole file."""

from .guess import Guess, guess
from .layout import Layout, glance, look
from .reading import NotPlainError, block_columns, plain_batches, text_columns

__all__ = [
    "Guess",
    "Layout",
    "NotPlainError",
    "block_columns",
    "glance",
    "guess",
    "look",
    "plain_batches",
    "text_columns",
]
