"""Turns the domain's errors into CKAN's, for the reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.presentation.refusals import REFUSALS


@contextmanager
def as_validation_error(field: str) -> Iterator[None]:
    """Undo what a use case began when it refuses its input, and say why under *field*."""
    try:
        yield
    except RoadmapError as error:
        model.Session.rollback()
        known = REFUSALS.get(error.code)
        text = tk._(known).format(**error.params) if known else str(error)
        raise tk.ValidationError({field: [text]}) from error
