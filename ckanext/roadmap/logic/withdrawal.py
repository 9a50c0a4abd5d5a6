"""What the ledger records when a dataset is made private or deleted; the caller's transaction commits it."""

from __future__ import annotations

from typing import Any

from ckan import model

from ckanext.roadmap.services import clock, withdrawals


def after_update(dataset: dict[str, Any]) -> None:
    """A dataset that is private or deleted after an update is withdrawn; one made public waits to be seen."""
    found = model.Package.get(dataset["id"])
    if found is not None and (found.private or found.state != model.State.ACTIVE):
        withdrawals.record(model.Session(), clock.now(), found.id)


def after_delete(dataset: dict[str, Any]) -> None:
    """A deleted dataset is withdrawn."""
    found = model.Package.get(dataset["id"])
    if found is not None:
        withdrawals.record(model.Session(), clock.now(), found.id)
