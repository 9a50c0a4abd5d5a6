"""`ckan roadmap health …`."""

from __future__ import annotations

import click

from .calls import call


@click.group()
def health() -> None:
    """The portal's own log of being up and down."""


@health.command()
def beat() -> None:
    """Look whether the portal's parts answer, and note it; run it every five minutes."""
    down = call("roadmap_heartbeat")["down"]
    click.echo("down: " + ", ".join(down) if down else "well")


@health.command()
def outages() -> None:
    """The outages that the log shows, the newest first."""
    result = call("roadmap_outage_list")
    for one in result["outages"]:
        what = ", ".join(one["parts"] + (["silence"] if one["silent"] else []))
        click.echo(f"{one['began']} - {one['ended'] or 'now'}: {one['minutes']} minutes, {what}")
    click.echo(f"{result['count']} outages since {result['log_since'] or 'the log begins'}")
