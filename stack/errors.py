"""The one error that the stack shows: what went wrong, and what to do."""

from __future__ import annotations


class StackError(Exception):
    """A step failed; `remedy` tells the reader what to do about it."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
