"""Speaks a language outside of a reader's request, as in a mail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ckan.config import middleware


@contextmanager
def in_language(lang: str) -> Iterator[None]:
    """Within it, texts are translated to a language, and addresses lead to the pages in it."""
    home = middleware._internal_test_request_context  # noqa: SLF001
    if home is None:
        raise RuntimeError("The portal's application is not made yet.")
    environ = {"CKAN_LANG": lang, "CKAN_CURRENT_URL": "/"}
    with home.app.test_request_context(environ_overrides=environ):
        yield
