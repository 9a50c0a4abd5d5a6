"""`ckan roadmap publication …`."""

from __future__ import annotations

import click

from .calls import call, counted
from .progress import progress_bar


@click.group()
def publication() -> None:
    """Links from obligations to the datasets that answer them."""


@publication.command("match")
@click.option("--dataset", help="Only this dataset (name or id).")
def match(dataset: str | None) -> None:
    """Propose links by title, columns and body; run it each night. A person confirms them."""
    asked = {"dataset": dataset} if dataset else {}
    with progress_bar("datasets") as tell:
        result = call("roadmap_publication_match", tell, **asked)
    click.echo(counted(result, "datasets", "proposed", "kept", "dropped"))
