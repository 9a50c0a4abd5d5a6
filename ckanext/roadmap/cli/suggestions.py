"""`ckan roadmap suggestion …`."""

from __future__ import annotations

import click

from .calls import call, counted, upload


@click.group()
def suggestion() -> None:
    """The box of suggestions."""


@suggestion.command("gaps")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--partly", is_flag=True, help="Take half marks for gaps too.")
def gaps(file: str, partly: bool) -> None:
    """Put the gaps of an ODIN assessment (JSON) into the box, one suggestion each."""
    result = call("roadmap_suggestion_gap_import", upload=upload(file), partly=partly)
    click.echo(counted(result, "created", "unchanged"))
