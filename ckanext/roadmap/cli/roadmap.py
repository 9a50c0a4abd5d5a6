"""The group that holds every family of commands."""

from __future__ import annotations

import click

from .bodies import body
from .content import content
from .harvest import harvest, runs
from .health import health
from .ledger import ledger
from .list_check import check
from .lists import list_
from .load import load
from .mappings import connection, mapping
from .portal import portal
from .publications import publication
from .rehearse import rehearse
from .sites import site
from .suggestions import suggestion
from .systems import system
from .workers import worker


@click.group()
def roadmap() -> None:
    """Open data road map: the approved list, the ledger, harvests."""


roadmap.add_command(body)
roadmap.add_command(content)
roadmap.add_command(health)
roadmap.add_command(ledger)
list_.add_command(check)
roadmap.add_command(list_)
roadmap.add_command(connection)
roadmap.add_command(harvest)
roadmap.add_command(load)
roadmap.add_command(mapping)
roadmap.add_command(portal)
roadmap.add_command(publication)
roadmap.add_command(rehearse)
roadmap.add_command(runs)
roadmap.add_command(site)
roadmap.add_command(suggestion)
roadmap.add_command(system)
roadmap.add_command(worker)
