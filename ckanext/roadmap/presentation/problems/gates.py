"""Held loads: what a gate found, and why a decision on it is refused."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem

_APPROVE = _("Check the source. If the number is right, approve the load.")
_FOUND: dict[str, Problem] = {
    "rows_fewer": Problem(
        _("Rows: {rows} instead of {before}, {percent} % fewer; at most {limit} % may go at once."), _APPROVE
    ),
    "rows_more": Problem(
        _("Rows: {rows} instead of {before}, {percent} % more; at most {limit} % may come at once."),
        _("Check the source for doubled rows. If the number is right, approve the load."),
    ),
    "regions_vanished": Problem(
        _("Regions of which no row is left in {column}: {named}."),
        _("Ask the body whether the regions have reported. If they are gone for good, approve the load."),
    ),
    "keys_changed": Problem(
        _("Keys ({key}) that have vanished: {gone} of {before}, {percent} %; new: {new}; limit: {limit} %."),
        _("Check whether the source has numbered its rows anew. If it is right, approve the load."),
    ),
    "personal_data": Problem(
        _("Columns that seem to hold personal data: {columns}."),
        _("Take them out of the mapping or the source. If the law makes them public, name the kinds there."),
    ),
    "columns_first": Problem(
        _("The first load; its columns: {columns}."),
        _("The data owner looks at the profile of the columns and approves the load."),
    ),
    "columns_changed": Problem(
        _("Columns that are new, renamed, of another type, or gone: {columns}."),
        _("Data owner and portal look at the profile; the load goes on when both have approved."),
    ),
}  # fmt: skip
_ASKED: dict[str, Problem] = {
    "contract_broken": Problem(
        _("The rows break rules of their quality contract."),
        _("Mend the data at the source. If they are right, approve the load, or correct the contract."),
    ),
    "contract_warned": Problem(
        _("The rows break rules of their quality contract that hold nothing."),
        _("Look whether the data may stay as they are."),
    ),
    "rehearsal_missing": Problem(
        _("The first load of this table, and these rows have no ticket of a rehearsal."),
        _("Rehearse the mapping and load it again, or let data owner and portal both approve without."),
    ),
}
_DECISIONS: dict[str, Problem] = {
    "held_changed": Problem(
        _("What was kept of the held load is not what was shown."), _("Load the table anew.")
    ),
    "held_outdated": Problem(
        _("The mapping was changed after the load was held."), _("Load the table anew.")
    ),
    "held_gone": Problem(_("Nothing is kept of the held load any more."), _("Load the table anew.")),
    "held_superseded": Problem(
        _("The source was read again since; this load is out of date."), _("Decide on the newest one.")
    ),
    "held_decided": Problem(_("Nothing is to be decided on this load any more.")),
    "held_same_person": Problem(
        _("You have agreed to this load already."), _("The second key is for another person.")
    ),
    "held_other_key": Problem(
        _("This load does not wait for your side."), _("The other side has to agree to it.")
    ),
}
GATES: dict[str, Problem] = {**_FOUND, **_ASKED, **_DECISIONS}
