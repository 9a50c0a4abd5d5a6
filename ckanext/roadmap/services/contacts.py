"""Whom to ask about data: the contacts that public datasets name."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

_KEYS = ("name", "phone", "email")


def of_datasets(session: Session, ids: Collection[str]) -> list[dict[str, str | None]]:
    """The contacts of these datasets, each told once: name, phone, email.

    :param ids: ids of datasets that the public may see
    """
    extras = core.Package.extras
    columns = [extras[f"contact_{key}"].astext.label(key) for key in _KEYS]
    query = (
        sa.select(*columns).where(core.Package.id.in_(ids), columns[0] != "").distinct().order_by(*columns)
    )
    return [dict(row) for row in session.execute(query).mappings()]
