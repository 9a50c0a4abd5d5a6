"""`ckan roadmap mapping …` and `ckan roadmap connection …`."""

from __future__ import annotations

from typing import Any

import click

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.sources.mapping_text import write

from .calls import call, counted, upload

MOST_SKEW = 60
GRANT = _("Give the portal an account of its own with SELECT on the approved views alone.")
LET_READ = _("Let the portal's account read the files and change none.")
ONLY_AT = _("Mappings {mappings}: read only at {window}.")
CLOSED = _("It is closed now: no table is asked for.")
REACHED = _("{name}: reached in {ms} ms; {version}")
POWERS = _("the account can do more than read: {powers}.")
READS = _("The account can only read.")
WRONG_CLOCK = _("the source's clock is {seconds} s off; times of change may mislead.")
CLOCK = _("Its clock is {seconds} s off.")
ASKED = ("https", "http", "api", "statistics", "push")
"""Kinds of which nobody can tell from outside what an account may change."""


@click.group()
def mapping() -> None:
    """Which table of which connection is published as which item."""


@mapping.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
def import_(file: str) -> None:
    """Import the mappings of FILE (YAML); the same file twice changes nothing."""
    result = call("roadmap_mapping_import", upload=upload(file))
    click.echo(f"mappings: {counted(result, 'created', 'updated', 'unchanged')}")


@mapping.command("list")
def list_() -> None:
    """Names of the mappings, with item, body, table, and when they are read, if they have a schedule."""
    for row in call("roadmap_mapping_list"):
        click.echo(
            f"{row['name']}  {row['item']}  {row['body']}  {row['connection']}:{row['schema']}.{row['table']}"
            f"{_times(row['schedule'])}"
        )


@mapping.command()
@click.argument("names", nargs=-1)
def export(names: tuple[str, ...]) -> None:
    """Write the mappings NAMES (none: all) as YAML that can be imported again."""
    rows = [call("roadmap_mapping_show", name=name) for name in names] or call("roadmap_mapping_list")
    click.echo(write(row["definition"] for row in rows), nl=False)


@click.group()
def connection() -> None:
    """Connections to ministries' systems, by name."""


@connection.command("list")
def list_connections() -> None:
    """Names of the connections that the configuration holds; nothing else of them is shown."""
    for name in call("roadmap_connection_list"):
        click.echo(name)


@connection.command()
@click.argument("name")
def check(name: str) -> None:
    """Look at connection NAME before it is read; exit code 1: it can't be used.

    Tells version, clock, certificate, and what the account may do beside reading. Nothing is changed at the
    source. Where a mapping reads the connection, its table, file or path is asked for, too.
    """
    look = call("roadmap_connection_check", name=name)
    for one in look["windows"]:
        click.echo(tk._(ONLY_AT).format(mappings=", ".join(one["mappings"]), window=one["window"]))
        if not one["open"]:
            click.echo(tk._(CLOSED))
    if not look["reachable"]:
        raise click.ClickException(f"{look['problem']['message']} {look['problem']['remedy']}")
    told = {"name": name, "ms": look["milliseconds"], "version": look["version"] or look["kind"]}
    click.echo(tk._(REACHED).format(**told))
    if look["powers"]:
        remedy = LET_READ if look["powers"] == ["WRITE"] else GRANT
        _warn(tk._(POWERS).format(powers=", ".join(look["powers"])))
        click.echo(tk._(remedy))
    elif look["kind"] not in ASKED:
        click.echo(tk._(READS))
    for sign in look["signs"]:
        (_warn if sign["is_warning"] else click.echo)(f"{sign['message']} {sign['remedy']}".rstrip())
    _tell_clock(look["clock_skew"])


def _warn(text: str) -> None:
    click.echo(tk._("WARNING: {text}").format(text=text))


def _times(schedule: dict[str, Any] | None) -> str:
    if schedule is None:
        return ""
    window = f", only {schedule['window']}" if schedule["window"] else ""
    again = ", again after a failed load" if schedule["again"] else ""
    return f"  [{schedule['cron']}{window}; next {schedule['next_at']}{again}]"


def _tell_clock(skew: float | None) -> None:
    if skew is not None and abs(skew) > MOST_SKEW:
        _warn(tk._(WRONG_CLOCK).format(seconds=f"{skew:+.0f}"))
    elif skew is not None:
        click.echo(tk._(CLOCK).format(seconds=f"{skew:+.1f}"))
