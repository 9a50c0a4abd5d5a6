"""What CKAN keeps of bodies: their organizations and the datasets in them follow the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.model import Body
from ckanext.roadmap.services import clock, dataset_faces
from ckanext.roadmap.sources.bodies import BodyDraft


def organizations(context: types.Context, drafts: Iterable[BodyDraft]) -> dict[str, str]:
    """The ids of the organizations of bodies, by name; those that are lacking are made."""
    return {draft.name: _organization(context, draft) for draft in drafts}


def rename(context: types.Context, bodies: Iterable[Body]) -> None:
    """Call organizations what their bodies are called."""
    for body in bodies:
        values = {"id": body.organization_id, "title": Text.from_dict(body.title).pick("uz")}
        tk.get_action("organization_patch")(_silent(context), values)


def move(context: types.Context, datasets: Mapping[str, str]) -> None:
    """Let datasets belong to other organizations.

    :param datasets: id of the organization by id of the dataset
    """
    for dataset, organization in datasets.items():
        values = {"id": dataset, "organization_id": organization}
        tk.get_action("package_owner_org_update")(_silent(context), values)
        dataset_faces.record(model.Session(), clock.now(), dataset)


def _organization(context: types.Context, draft: BodyDraft) -> str:
    found = model.Group.get(draft.name)
    if found is not None:
        return found.id
    values = {"name": draft.name, "title": Text.pick(draft.title, "uz")}
    made = tk.get_action("organization_create")(_silent(context), values)["id"]
    _without_members(made)
    return made


def _without_members(organization_id: str) -> None:
    """CKAN makes whoever imports the register an admin of each new organization: nobody of the body's."""
    member = model.Member
    model.Session.flush()
    model.Session.execute(
        sa.delete(member).where(member.group_id == organization_id, member.table_name == "user")
    )


def _silent(context: types.Context) -> types.Context:
    """Without a commit of its own, so that a fault in a later row takes it back too."""
    fresh = tk.fresh_context(context)
    fresh.update({"defer_commit": True, "ignore_auth": True})
    return fresh
