"""`ckan roadmap content …`."""

from __future__ import annotations

import click

from .calls import call


@click.group()
def content() -> None:
    """Files and tables that the portal holds itself."""


@content.command()
@click.option("--dataset", help="Only this dataset (name), at once.")
@click.option("--background", is_flag=True, help="Leave it to the worker.")
def measure(dataset: str | None, background: bool) -> None:
    """Measure what may have changed; run it every five minutes."""
    asked = {"dataset": dataset} if dataset else {}
    result = call("roadmap_content_measure", background=background, **asked)
    if background:
        click.echo("left to the worker")
    else:
        click.echo(", ".join(f"{count} {name}" for name, count in result.items()))
