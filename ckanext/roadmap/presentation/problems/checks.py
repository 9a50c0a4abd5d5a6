"""What a look at a connection found; each tells what it means, and what to do if anything."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem

_RENEW = _("Ask the keeper of the source to renew it before that day; after it nothing is read.")
_FINAL = _("Write the address that it leads to into the configuration.")

CHECKS: dict[str, Problem] = {
    "check_login": Problem(
        _("The source refuses the login (status {status})."),
        _("Check the connection's secret, and what its account may read."),
    ),
    "check_login_works": Problem(_("The login works: without it the source refuses.")),
    "check_open": Problem(
        _("The source answers without the login too, so that nothing tells whether the login is right.")
    ),
    "check_token": Problem(_("The login server gave a token.")),
    "check_plain": Problem(
        _("The address is http: whoever is on the way can read and change what is sent, the secret too."),
        _("Ask the keeper of the source for https."),
    ),
    "check_redirect": Problem(_("The address leads on to another path of the same server."), _FINAL),
    "check_redirect_elsewhere": Problem(
        _("The address leads on to another server; the secret of the connection is not sent there."), _FINAL
    ),
    "check_redirect_plain": Problem(
        _("The address leads on from https to http, where it can be read and changed on the way."),
        _("Ask the keeper of the source to keep to https."),
    ),
    "check_certificate": Problem(
        _("The server's certificate is valid until {until} ({days} days), over {protocol}.")
    ),
    "check_certificate_ends": Problem(
        _("The server's certificate ends on {until}, in {days} days ({protocol})."), _RENEW
    ),
    "check_own_certificate_ends": Problem(
        _("The certificate of the connection ends on {until}, in {days} days."), _RENEW
    ),
    "check_own_certificate_ended": Problem(
        _("The certificate of the connection ended on {until}."),
        _("Ask the keeper of the source for a new one; put it in the place of certificate_file."),
    ),
    "check_folder": Problem(_("Files in the folder: {count}.")),
    "check_folder_silent": Problem(
        _("The server answers, the folder itself shows nothing (status {status})."),
        _("Import a mapping that names a file there, and check again."),
    ),
    "check_pushed": Problem(
        _("An agent at the ministry brings the rows; the portal asks nobody."),
        _("Run roadmap-agent check there."),
    ),
}
