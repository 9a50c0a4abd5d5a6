"""Links to data on other sites: what is wrong behind one."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem

LINKS: dict[str, Problem] = {
    "link_robots": Problem(
        _("The site forbids robots to read this file, so the portal can't measure it."),
        _("Let the portal in, in the site's robots.txt, or publish the data on the portal."),
    ),
    "link_status": Problem(
        _("Instead of the data the site answers with error {status}."),
        _("Restore the file at its address, or correct the link."),
    ),
    "link_later": Problem(
        _("The site asks the portal to come later (answer {status})."), _("Nothing: the portal comes again.")
    ),
    "link_empty": Problem(_("The file behind the link is empty."), _("Publish the file anew.")),
    "link_page": Problem(
        _("The link leads to a page for people, not to a file with data."),
        _("Link to the file itself, in an open format."),
    ),
    "link_fault": Problem(
        _("Instead of the data the address answers with the words of an error, though it calls them good."),
        _("Have the system behind the address mended, and have it answer errors with an error's status."),
    ),
    "link_stands": Problem(
        _("This dataset is linked to the obligation already."), _("Choose another one, or leave it as it is.")
    ),
    "link_step_refused": Problem(
        _("This link was decided on meanwhile, so it stays as it is."),
        _("Load the page again to see how it stands."),
    ),
}
