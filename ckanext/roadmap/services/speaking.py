"""Speaks a language: the reader's, or outside of a request, as in a mail, another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from babel.numbers import format_decimal
from flask import has_request_context

import ckan.plugins.toolkit as tk
from ckan.config import middleware

from ckanext.roadmap.presentation.marks import Message, Places
from ckanext.roadmap.presentation.territory import REGIONS


@contextmanager
def in_language(lang: str) -> Iterator[None]:
    """Within it, texts are translated to a language, and addresses lead to the pages in it."""
    home = middleware._internal_test_request_context  # noqa: SLF001
    if home is None:
        raise RuntimeError("The portal's application is not made yet.")
    environ = {"CKAN_LANG": lang, "CKAN_CURRENT_URL": "/"}
    with home.app.test_request_context(environ_overrides=environ):
        yield


def say(message: Message) -> str:
    """A message in the language that is spoken."""
    return tk._(message.singular).format(**spoken(message.params))


def spoken(params: Mapping[str, object]) -> dict[str, object]:
    """What is filled into a text, with fractions as the language writes them, and regions by name."""
    lang = (tk.request.environ.get("CKAN_LANG") if has_request_context() else None) or "en"
    return {name: _written(value, lang) for name, value in params.items()}


def _written(value: object, lang: str) -> object:
    if isinstance(value, Places):
        return ", ".join(f"{tk._(REGIONS.get(code, code))} ({code})" for code in value.codes)
    return format_decimal(value, "0.###", locale=lang) if isinstance(value, float) else value
