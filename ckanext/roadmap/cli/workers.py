"""`ckan roadmap worker …`."""

from __future__ import annotations

import click

from ckanext.roadmap.harvesters.consumer import Consumer


@click.group()
def worker() -> None:
    """Long-running processes."""


@worker.command("harvest")
@click.option("--schedule-every", type=int, default=60, show_default=True,
              help="Seconds between looks at the harvest schedule; 0: leave it to cron.")  # fmt: skip
def harvest_(schedule_every: int) -> None:
    """Gather and fetch what is harvested, until stopped; it may idle as long as it likes."""
    Consumer(schedule_every).run()
