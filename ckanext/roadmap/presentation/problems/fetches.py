"""Pages of other sites: why one was not fetched."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem

_ASK = _("Open the link in a browser; correct it, or ask the keeper of the site.")

FETCHES: dict[str, Problem] = {
    "fetch_address": Problem(
        _("The link is no address of the web."), _("Write it with http:// or https://, without a password.")
    ),
    "fetch_forbidden": Problem(
        _("The link leads to an inner network, where the portal does not go."),
        _("Publish the file at a public address, or ask the portal's operator to allow that network."),
    ),
    "fetch_no_host": Problem(_("There is no site of that name."), _ASK),
    "fetch_no_answer": Problem(_("The site does not answer."), _ASK),
    "fetch_silent": Problem(_("The site takes the question and does not answer it."), _ASK),
    "fetch_too_slow": Problem(_("The answer did not come whole in {seconds} seconds."), _ASK),
    "fetch_certificate": Problem(
        _("The certificate of the site is not valid."), _("Ask the keeper of the site to renew it.")
    ),
    "fetch_certificate_ended": Problem(
        _("The certificate of the site has ended."), _("Ask the keeper of the site to renew it.")
    ),
    "fetch_certificate_name": Problem(
        _("The certificate of the site is made out to another name."),
        _("Use the name that stands in it, or ask the keeper of the site for one with this name."),
    ),
    "fetch_certificate_issuer": Problem(
        _("The certificate of the site was issued by an authority that the portal does not know."),
        _("For a connection the operator can name it as ca_file; a public site needs a public authority."),
    ),
    "fetch_certificate_wanted": Problem(
        _("The site wants a certificate of the portal's, or does not take the one it got."),
        _("Check certificate_file and certificate_key_file of the connection."),
    ),
    "fetch_redirects": Problem(_("The site sends on from link to link without end."), _ASK),
    "fetch_too_large": Problem(
        _("The file is larger than {most} bytes, the most the portal takes."),
        _("Publish it in parts, or packed."),
    ),
    "fetch_bomb": Problem(
        _("Unpacked, the answer grows more than {ratio} times; the portal stopped reading."), _ASK
    ),
    "fetch_packing": Problem(_("The answer is packed in a way that can't be read."), _ASK),
    "fetch_broken_off": Problem(_("The answer broke off before its end."), _ASK),
}
