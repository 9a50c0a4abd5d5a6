"""Texts that people write: without the spaces around them, and of a bounded length."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk

LINE, TEXT, LONG = 300, 4000, 12000
"""A name or a number; a reason or grounds; an opinion that fills pages."""


def words(most: int, least: int = 0) -> Callable[[Any], str]:
    """A text without the spaces around it, of a bounded length."""

    def checked(value: Any) -> str:
        text = str(value).replace("\0", "").strip()
        if len(text) < least:
            raise tk.Invalid(
                tk._("Missing value")
                if not text
                else tk._("Write {count} characters or more").format(count=least)
            )
        if len(text) > most:
            told = tk._("Too long: {length} characters. Write at most {most}; put the rest into a document.")
            raise tk.Invalid(told.format(length=len(text), most=most))
        return text

    return checked
