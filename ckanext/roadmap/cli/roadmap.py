"""The group that holds every family of commands."""

from __future__ import annotations

import click

from .bodies import body
from .ledger import ledger
from .lists import list_


@click.group()
def roadmap() -> None:
    """Open data road map: the approved list, the ledger, harvests."""


roadmap.add_command(body)
roadmap.add_command(ledger)
roadmap.add_command(list_)
