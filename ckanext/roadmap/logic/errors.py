"""Turns the domain's errors into CKAN's, for the reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.domain.errors import RoadmapError


@contextmanager
def as_validation_error(field: str) -> Iterator[None]:
    """Undo what a use case began when it refuses its input, and say why under *field*."""
    try:
        yield
    except RoadmapError as error:
        model.Session.rollback()
        raise tk.ValidationError({field: [str(error)]}) from error
