"""Information systems: why a row of the register or a step is refused."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem, cell

SYSTEMS: dict[str, Problem] = {
    "public_secret": Problem(
        _("This text is public, and seems to hold an address of a system, an account or a password."),
        _("Leave it out. Technical details have fields of their own; passwords are never entered here."),
    ),
    "connection_form": Problem(
        _("That is no name of a connection."),
        _("Give its name in the portal's configuration, such as education; never an address or a password."),
    ),
    "system_code_form": cell(_("Write a code such as IS-0001, or leave it empty for a new system.")),
    "system_unknown": cell(_("No system has this code. Leave it empty for a new system.")),
    "system_item_unknown": Problem(
        _('"{value}" is no item of an approved list.'), _("Give codes of the approved list, separated by ;.")
    ),
    "connection_taken": Problem(
        _('The connection "{value}" leads to the system {other}.'), _("Name another connection.")
    ),
    "system_step_refused": Problem(
        _("The system {system} can't reach this stage from where it stands."),
        _("Record the stages in their order."),
    ),
    "system_without_connection": Problem(
        _("The system {system} names no connection."), _("Name its connection first, then record the stage.")
    ),
}
