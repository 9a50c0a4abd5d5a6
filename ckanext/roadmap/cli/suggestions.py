"""`ckan roadmap suggestion …`."""

from __future__ import annotations

import click

from ckanext.roadmap.services.ratings import RATINGS

from .calls import call, counted, upload


@click.group()
def suggestion() -> None:
    """The box of suggestions."""


@suggestion.command("gaps")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--rating", type=click.Choice(list(RATINGS)), default="ODIN", show_default=True)
@click.option("--year", type=int, help="The round, where the file does not tell it.")
@click.option("--partly", is_flag=True, help="Take half marks for gaps too.")
def gaps(file: str, rating: str, year: int | None, partly: bool) -> None:
    """Put the gaps that a rating found into the box, one suggestion each."""
    asked = {"upload": upload(file), "rating": rating, "year": year, "partly": partly}
    result = call("roadmap_suggestion_gap_import", **asked)
    click.echo(counted(result, "created", "unchanged"))
