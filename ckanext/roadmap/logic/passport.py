"""What follows when a dataset is saved: its passport links it, and the matcher looks at it."""

from __future__ import annotations

from typing import Any

from ckan import authz, model, types

from ckanext.roadmap.logic import matching, roles
from ckanext.roadmap.services import clock, identifiers, moving_identifiers, passport_links

_NOBODY = "passport"


def after_save(context: types.Context, dataset: dict[str, Any]) -> None:
    """Link what the passport states, in the transaction of the save; ask the matcher to look after it.

    A passport is a statement of who saves it: an officer of the body and a coordinator thereby confirm the
    link, anybody and anything else (a harvest, a script) only proposes it.
    """
    found = model.Package.get(dataset["id"])
    if found is None or found.state != model.State.ACTIVE or found.type != "dataset":
        return
    stated = {name: dataset.get(name) for name in passport_links.FIELDS}
    if any(stated.values()):
        values = {**stated, "id": found.id, "owner_org": found.owner_org}
        speaker = _speaker(context)
        passport_links.state(
            model.Session(),
            clock.now(),
            clock.today(),
            values,
            authz.get_user_id_for_username(speaker, allow_none=True) or _NOBODY,
            lambda body: bool(speaker) and _speaks(speaker, body),
        )
    if not found.private:
        matching.ask_after_commit()


def _speaker(context: types.Context) -> str:
    """The person who saves; nobody where CKAN was told not to ask."""
    return "" if context.get("ignore_auth") else str(context.get("user") or "")


def _speaks(user: str, body: str) -> bool:
    context = types.Context(user=user)
    return roles.sees_all(context) or roles.is_officer(context, body)


def show_identifier(pkg_dict: dict[str, Any]) -> None:
    """Put the identifier that was issued for what a dataset answers in its passport.

    One that came with it from another portal stays: it is known to the public.
    """
    found = identifiers.of_dataset(model.Session(), pkg_dict.get("id") or "")
    if found and pkg_dict.get("identifier") not in found and not _is_brought(pkg_dict):
        pkg_dict["identifier"] = found[0]


def _is_brought(pkg_dict: dict[str, Any]) -> bool:
    stated = pkg_dict.get("identifier")
    return bool(stated) and moving_identifiers.of_dataset(model.Session(), pkg_dict["id"]) == stated
