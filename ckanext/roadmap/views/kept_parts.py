"""Keeps what was written of a page that all readers see alike, while its figures are the same object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.roadmap import addresses
from ckanext.roadmap.services.newest import Newest
from ckanext.roadmap.written import roadmap_lang

_written = Newest[tuple[object, str]](4)  # each with what it was written of


def written(template: str, figures: object, variables: Callable[[], Mapping[str, Any]]) -> str:
    """The part as it was written last, or as it is written now.

    Such a template takes nothing but `variables` and the address: no assets, no form, nobody's name.

    :param figures: what `variables` are made of: shared, never changed, another object once they change
    """
    page = addresses.page()
    key = f"{template} {roadmap_lang()} {page and page.prefix} {tk.request.url}"
    of, told = _written.get(key) or (None, "")
    if of is not figures:
        told = tk.render_snippet(template, dict(variables()))
        _written.put(key, (figures, told))
    return told
