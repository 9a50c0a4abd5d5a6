"""`ckan roadmap rehearse …`: the ticket for the first live load of a mapping."""

from __future__ import annotations

import sys
from typing import Any

import click

from ckan import model

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import clock, tickets


@click.command()
@click.argument("name")
def rehearse(name: str) -> None:
    """Read mapping NAME whole and check it; change nothing, and sign what would have changed.

    Exit code 1: it gave no ticket.
    """
    mapping = model.Session.scalars(Mapping.by_name(name)).first()
    if mapping is None:
        raise click.ClickException(
            f"There is no mapping {name}. `ckan roadmap mapping list` names the mappings."
        )
    try:
        row = tickets.rehearse(model.Session(), clock.now(), mapping)
    except RoadmapError as error:
        raise click.ClickException(str(error)) from None
    model.Session.commit()
    found = tickets.dictize(row, mapping)
    _tell(found)
    if not found["ticket"]:
        sys.exit(1)


def _tell(found: dict[str, Any]) -> None:
    difference, proof = found["difference"], found["proof"]
    click.echo(
        f"{difference['outcome']}: {difference['rows_in']} rows read, {difference['rows_before']} before; "
        f"{difference['rows_inserted']} added, {difference['rows_updated']} changed, "
        f"{difference['rows_deleted']} removed"
    )
    for kind in ("added", "removed"):
        for column in difference["shape"][kind]:
            click.echo(f"  column {kind}: {column}")
    for finding in difference["findings"]:
        click.echo(f"  {finding['weight']}: {finding['code']}")
    if proof["changed"]:
        click.echo(
            f"Tables that changed meanwhile: {', '.join(proof['changed'])}. Rehearse again; no ticket."
        )
    else:
        looked = f"{proof['tables']} looked at, {proof['by_content']} row by row"
        click.echo(f"No table of the DataStore changed ({looked}).")
    click.echo(f"source {found['content_hash']}")
    click.echo(f"signature {found['signature']}")
