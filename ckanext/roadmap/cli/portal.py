"""`ckan roadmap portal …`: datasets that move here from other catalogues."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from typing import Any

import click

from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.presentation.csv_file import safe

from .calls import call

PAGE = 1000
COLUMNS = (
    "identifier", "key", "title", "dataset", "state", "reason", "rows_state", "rows", "origin_state",
    "created", "updated", "moved_at", "vanished_at", "remarks", "url",
)  # fmt: skip


@click.group()
def portal() -> None:
    """Catalogues of other portals whose datasets move here."""


@portal.command()
@click.argument("connection")
@click.option("--pages", type=int, default=1000, show_default=True, help="Read no more than so many pages.")
def check(connection: str, pages: int) -> None:
    """Tell what would move here from CONNECTION; nothing is written."""
    found = call("roadmap_portal_check", connection=connection, pages=pages)
    _tell_reading(found)
    click.echo(f"{found['due']} would be moved now")
    _tell_publishers(found["publishers"])


@portal.command()
@click.argument("connection")
@click.option(
    "--state", default="", help="Only datasets of a state: waiting, moved, failed, vanished, rows_held …"
)
@click.option("--csv", "as_csv", is_flag=True, help="Every dataset, as CSV.")
def report(connection: str, state: str, as_csv: bool) -> None:
    """Tell what moved here from CONNECTION, what did not, and why."""
    if as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(COLUMNS)
        writer.writerows([safe(_cell(row, name)) for name in COLUMNS] for row in _rows(connection, state))
        return
    found = call("roadmap_portal_report", connection=connection, state=state, limit=1)
    if found["reading"]:
        _tell_reading(found["reading"])
    for row in found["states"]:
        reason = f" ({' '.join(filter(None, (row['reason'], row['field'])))})" if row["reason"] else ""
        click.echo(f"{row['datasets']:>8}  {row['state']}{reason}, rows {row['rows_state']}")
    _tell_publishers(found["publishers"])


@portal.command()
@click.argument("connection")
def publishers(connection: str) -> None:
    """Who publishes in CONNECTION, and which body that is."""
    for row in call("roadmap_portal_publisher_list", connection=connection):
        click.echo(_publisher(row))


@portal.command()
@click.argument("connection")
@click.argument("key")
@click.argument("body")
def resolve(connection: str, key: str, body: str) -> None:
    """Tell that the publisher KEY of CONNECTION is BODY; its datasets move at the next harvest."""
    found = call("roadmap_portal_publisher_resolve", connection=connection, key=key, body=body)
    click.echo(f"{found['key']}: {found['body']}")


@portal.command()
@click.argument("id")
def release(id: str) -> None:
    """Agree to what the gates found in the rows of the moved dataset ID; they are loaded again."""
    call("roadmap_portal_release", id=id)
    click.echo("asked")


def _rows(connection: str, state: str) -> Iterator[dict[str, Any]]:
    offset, count = 0, 1
    while offset < count:
        found = call("roadmap_portal_report", connection=connection, state=state, limit=PAGE, offset=offset)
        yield from found["datasets"]
        offset, count = offset + max(len(found["datasets"]), 1), found["count"]


def _cell(row: dict[str, Any], name: str) -> Any:
    if name == "title":
        return Text.from_dict(row["title"]).pick("uz")
    if name == "remarks":
        return "; ".join(
            f"{one['code']}: {one['value']}" if one["value"] else one["code"] for one in row["remarks"]
        )
    return row[name]


def _tell_reading(reading: dict[str, Any]) -> None:
    counts = ", ".join(f"{count} {name}" for name, count in reading["counts"].items() if count)
    click.echo(
        f"{counts or 'nothing read'} of {reading['total'] if reading['total'] is not None else 'unknown'}"
    )
    for one in reading["faults"]:
        click.echo(f"  fault: {one.get('message') or one['code']} {one.get('at', '')}".rstrip())
    for one in reading["remarks"]:
        click.echo(f"  {one['times']} x {one['code']} {one['value']}".rstrip())


def _tell_publishers(found: list[dict[str, Any]]) -> None:
    for row in found:
        click.echo(f"  no body: {_publisher(row)}")


def _publisher(row: dict[str, Any]) -> str:
    title = Text.from_dict(row["title"]).pick("uz")
    meant = row["body"] or (f"perhaps {', '.join(row['candidates'])}" if row["candidates"] else "unknown")
    return f"{row['key']}  {title}  {row['datasets']} datasets  {meant}"
