"""Whether the public may see a dataset today: of a row that was read, and as a condition."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from ckan import model as core

PUBLIC = sa.and_(core.Package.state == core.State.ACTIVE, core.Package.private.is_not(sa.true()))
PUBLIC_DATASET = sa.and_(PUBLIC, core.Package.type == "dataset")  # a harvest source is none


def is_shown(dataset: core.Package | sa.Row[Any]) -> bool:
    """Of a dataset, or of a row with its state and whether it is private."""
    return dataset.state == core.State.ACTIVE and not dataset.private
