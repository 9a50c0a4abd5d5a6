"""Wiring only: what the road map adds to CKAN. Nothing imports this module."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import types
from ckan.common import CKANConfig
from ckan.lib.plugins import DefaultTranslation

from ckanext.roadmap import cells, cli, heads, helpers, suggestion_jobs, views, written
from ckanext.roadmap.logic import (
    action,
    auth,
    content_marks,
    hiding,
    keeping,
    legal_zone,
    passport,
    validators,
    withdrawal,
)
from ckanext.roadmap.views import boxes, dictionary, failing, forging


def _actions() -> dict[str, types.Action | types.ChainedAction]:
    """Our actions, and CKAN's that we guard."""
    guarded = keeping.ACTIONS | hiding.ACTIONS | withdrawal.ACTIONS
    if p.plugin_loaded("datastore"):
        guarded |= content_marks.ACTIONS
    return {name: getattr(action, name) for name in action.__all__} | guarded


def _helpers() -> dict[str, Callable[..., Any]]:
    """Our template helpers, and those of CKAN's own pages."""
    known = vars(written) | vars(helpers) | vars(cells) | vars(heads)
    ours = {name: found for name, found in known.items() if name.startswith("roadmap_")}
    return ours | boxes.HELPERS | dictionary.HELPERS


def _auths() -> dict[str, Any]:
    """Our authorization functions, and CKAN's that we narrow."""
    return {**auth.FUNCTIONS, **hiding.AUTHS}


@tk.blanket.actions(_actions)
@tk.blanket.auth_functions(_auths)
@tk.blanket.validators(validators)
@tk.blanket.helpers(_helpers)
@tk.blanket.blueprints(views)
@tk.blanket.cli(cli)
@tk.blanket.config_declarations
class RoadmapPlugin(DefaultTranslation, p.SingletonPlugin):
    """The approved list, the ledger and the compliance view."""

    p.implements(p.IConfigurer)
    p.implements(p.IConfigurable)
    p.implements(p.IMiddleware, inherit=True)
    p.implements(p.ITranslation)
    p.implements(p.IPackageController, inherit=True)

    def update_config(self, config: CKANConfig) -> None:
        """Add our templates and assets, and listen for data that appear."""
        tk.add_template_directory(config, "templates")
        tk.add_public_directory(config, "public")
        tk.add_resource("assets", "ckanext-roadmap")
        suggestion_jobs.listen()

    def configure(self, config: CKANConfig) -> None:
        """Refuse a time zone that would change the past."""
        legal_zone.require()

    def make_middleware(self, app: types.CKANApp, config: CKANConfig) -> types.CKANApp:
        """Let no failed request spoil the next."""
        failing.guard(app)
        forging.guard(app)
        return app

    def after_dataset_show(self, context: types.Context, pkg_dict: dict[str, Any]) -> None:
        """Tell the identifier that was issued for what the dataset answers."""
        passport.show_identifier(pkg_dict)

    def after_dataset_create(self, context: types.Context, pkg_dict: dict[str, Any]) -> None:
        """Link what the passport states, in the transaction of the creation."""
        passport.after_save(context, pkg_dict)
        withdrawal.after_save(pkg_dict)
        content_marks.changed(pkg_dict["id"])

    def after_dataset_update(self, context: types.Context, pkg_dict: dict[str, Any]) -> None:
        """Record data taken from the public and new names, link what the passport states, mark changes."""
        withdrawal.after_update(pkg_dict)
        passport.after_save(context, pkg_dict)
        withdrawal.after_save(pkg_dict)
        content_marks.changed(pkg_dict["id"])

    def after_dataset_delete(self, context: types.Context, pkg_dict: dict[str, Any]) -> None:
        """Record data taken from the public, in the transaction of the deletion."""
        withdrawal.after_delete(pkg_dict)
