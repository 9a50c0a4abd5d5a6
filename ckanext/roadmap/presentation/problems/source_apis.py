"""Interfaces of ministries: why one was not read."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem

_PAGING = _("Correct read.paging in the mapping.")

SOURCE_APIS: dict[str, Problem] = {
    "api_repeats": Problem(
        _("The interface gave the same page twice: it ignores the paging that the mapping names."), _PAGING
    ),
    "api_elsewhere": Problem(
        _("The interface sends on to another host for its next page."),
        _("Give that host a connection of its own."),
    ),
    "api_endless": Problem(_("The interface has no last page."), _PAGING),
    "api_not_json": Problem(
        _("The interface gave something that is not JSON or XML."),
        _("Check path and parameters in the mapping."),
    ),
    "api_no_records": Problem(
        _("The answer has no list of records where the mapping says."),
        _("Correct read.record in the mapping."),
    ),
    "api_login": Problem(
        _("The login server gave no token."),
        _("Check token_url, client_id and client_secret of the connection."),
    ),
    "api_login_incomplete": Problem(
        _("The login of the connection lacks something."),
        _("oauth2 needs token_url, client_id and client_secret; a key in the address needs api_key."),
    ),
    "api_login_unknown": Problem(
        _('There is no way to log in that is called "{kind}".'),
        _("Write one of these as auth of the connection, or leave it out: {known}."),
    ),
    "api_paging_unknown": Problem(
        _("There is no such style of paging."),
        _("Use none, offset, page, cursor or link in read.paging.style."),
    ),
    "api_count": Problem(
        _("The interface says it has {expected} records; {found} came."),
        _(
            "It may have changed while it was read: it is read again at the next harvest. "
            "If it lasts, correct read.paging in the mapping."
        ),
    ),
}
