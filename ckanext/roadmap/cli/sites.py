"""`ckan roadmap site …`."""

from __future__ import annotations

import click

from .calls import call


@click.group()
def site() -> None:
    """Data that bodies publish on their own sites."""


@site.command()
@click.option("--body", help="Only the links that answer this body's obligations (name).")
@click.option("--due", is_flag=True, help="Only the links whose time has come.")
@click.option("--background", is_flag=True, help="Leave it to the worker.")
def check(body: str | None, due: bool, background: bool) -> None:
    """Look at links to data on other sites; run it each hour with --due."""
    asked = {"body": body} if body else {}
    result = call("roadmap_site_check", due=due, background=background, **asked)
    if background:
        click.echo("left to the worker")
    else:
        click.echo(", ".join(f"{count} {name}" for name, count in result.items()))
