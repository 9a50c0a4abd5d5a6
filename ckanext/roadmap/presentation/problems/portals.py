"""Catalogues of other portals: why one was not read, and why a dataset did not move."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem

PORTALS: dict[str, Problem] = {
    "catalogue_page": Problem(
        _("In the place of the catalogue came a page for people (HTML)."),
        _("A login, a firewall or a fault may stand before it; ask its keeper to let the portal in."),
    ),
    "catalogue_not_json": Problem(
        _("The catalogue gave something that is not JSON."),
        _("It may be disturbed: harvest again later, and ask its keeper if it lasts."),
    ),
    "catalogue_form": Problem(
        _("The answer lacks {name}."),
        _("The catalogue may have changed its interface, or the connection names another kind of catalogue."),
    ),
    "catalogue_none": Problem(
        _('The connection "{name}" leads to no catalogue.'),
        _("Its address begins with one of: {known}, and then +https://."),
    ),
    "catalogue_no_columns": Problem(
        _("The catalogue tells no columns of this dataset, and no row."),
        _("It may be empty there; it is tried again at the next harvest."),
    ),
    "catalogue_refers": Problem(
        _("The feed refers to {what}, which is not followed."),
        _("Ask its keeper for a feed that holds everything itself, for example in Turtle."),
    ),
    "catalogue_not_rdf": Problem(
        _("The feed is no Turtle, RDF/XML or JSON-LD that can be read."),
        _("Check the address, which may end with .ttl, .rdf, .xml or .jsonld, or ask its keeper."),
    ),
    "publisher_unknown": Problem(
        _("No body of the register matches its publisher."),
        _("Tell which body that is; it moves at the next harvest."),
    ),
    "dataset_refused": Problem(
        _("The field “{label}” was not accepted."),
        _("Have it corrected there, then read the catalogue again."),
        _("What is wrong: {said}."),
    ),
    "dataset_refused:owner_org": Problem(
        _("The organization of its body takes no datasets."),
        _("See whether that organization was deleted; restore it, then read the catalogue again."),
        _("What is wrong: {said}."),
    ),
    "dataset_not_taken": Problem(
        _("It was not accepted here."),
        _("Look at its page there, then read the catalogue again."),
        _("What is wrong: {said}."),
    ),
    "vanished_unsure": Problem(
        _("{count} datasets were not seen, but the catalogue was not read whole."),
        _("Nothing was marked as vanished; the next whole reading tells."),
    ),
    "vanished_many": Problem(
        _("{count} datasets are gone there, more than {most} % of the catalogue."),
        _(
            "Nothing was marked as vanished. If it is true, raise ckanext.roadmap.portal.most_vanished and "
            "harvest again."
        ),
    ),
}
