"""The compliance view at national size, beside yardsticks: `python -m benchmarks.compliance`.

A made-up country in a database of its own on the test server, which is dropped afterwards. `--json` prints a
list of `{name, value, unit, required, ok}`; `--bodies` sets its size (1,000: 50,000 obligations, more than a
million deadlines, five million events), `--keep NAME` keeps the country in a database of that name and uses
it again, `--only PART ...` measures some parts alone, `--markdown` prints the table of docs/performance.md.
Each figure is told on stderr as soon as it is there, since all of them take half an hour.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg2
import sqlalchemy as sa
from psycopg2 import sql

from ckan import model

from ckanext.roadmap import result_jobs
from ckanext.roadmap.services import country as stored
from ckanext.roadmap.services import events, rebuild
from ckanext.roadmap.tests import postgres

from benchmarks import pages, portal, recompute, synthetic, yardstick
from benchmarks.synthetic import NOW, OWED, TZ

OWNER = ("ckan_test", "test")
ROUNDS = 9
PARTS = ("recompute", "sheets", "event", "pages")
_DONE = "benchmark_statements"  # there once a country is built
Result = dict[str, Any]


def main() -> None:
    """Measure, and print as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=1_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument(
        "--keep", metavar="NAME", help="name of a database that stays; used again if it is there"
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="only these parts")
    options = parser.parse_args()
    found = run(options.bodies, options.keep, options.only)
    if options.json:
        print(json.dumps(found, indent=1))
    else:
        print(table(found, options.bodies) if options.markdown else lines(found))


def run(bodies: int, keep: str | None = None, only: Iterable[str] = PARTS) -> list[Result]:
    """Build the country or take the one that was kept, measure, drop it unless it is to be kept.

    :param only: names of PARTS, which are measured in its order
    """
    with kept(keep) if keep else postgres.database("roadmap_bench", OWNER[0]) as name:
        url = postgres.as_role(*OWNER, name)
        portal.choose(url)
        app = portal.start(NOW)
        is_new = not _is_built()
        if is_new:
            portal.create_tables()
        else:
            portal.follow_migrations()
        portal.fill_search()
        try:
            return list(_told(_measured(app, url, bodies, is_new, only)))
        finally:
            portal.empty_search()
            disconnect()


@contextmanager
def kept(name: str) -> Iterator[str]:
    """A database that stays."""
    if not postgres.rows(postgres.ADMIN, "SELECT 1 FROM pg_database WHERE datname = %s", name):
        create = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER[0]))
        postgres.rows(postgres.ADMIN, create)
    yield name


def _is_built() -> bool:
    """Whether the country is there; raises RuntimeError where its building was cut off."""
    with model.meta.engine.connect() as connection:
        if not sa.inspect(connection).has_table("roadmap_body"):
            return False
        if not sa.inspect(connection).has_table(_DONE):
            raise RuntimeError("The building of this country was cut off: drop its database.")
        return True


def _told(found: Iterator[Result]) -> Iterator[Result]:
    for one in found:
        print(lines([one]), file=sys.stderr, flush=True)
        yield one


def _measured(app: Any, url: str, bodies: int, is_new: bool, only: Iterable[str]) -> Iterator[Result]:
    connection = psycopg2.connect(url)
    if is_new:
        _build(app, connection, bodies)
    with connection.cursor() as cursor:
        for what, row in (("deadlines", "roadmap_deadline"), ("events", "roadmap_data_event")):
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(row)))
            yield result(f"country.{what}", cursor.fetchone()[0], what)
    told: dict[str, float] = {}
    parts: dict[str, Callable[[], Iterator[Result]]] = {
        "recompute": lambda: _recompute(connection, url),
        "sheets": lambda: _sheets(connection),
        "event": lambda: _event(told.get("recompute.seconds")),
        "pages": lambda: pages.measured(app, _few(connection), _append, result),
    }
    _make_results()
    for one in itertools.chain.from_iterable(parts[name]() for name in PARTS if name in only):
        told[one["name"]] = one["value"]
        yield one


def _recompute(connection: Any, url: str) -> Iterator[Result]:
    """All results, of a quarter, a half and the whole of the country, beside COPY and parsing."""
    _tidy(connection)
    parts = recompute.apart(url)
    yard = yardstick.parse(connection)
    whole = parts["4x"]
    yield result("recompute.seconds", whole["seconds"], "s")
    yield result("recompute.speed", whole["deadlines"] / whole["seconds"], "deadlines/s")
    yield result("recompute.yardstick", yard, "s")
    yield result("recompute.to_copy_and_parse", whole["seconds"] / yard, "x", 3.0)
    each = {name: part["seconds"] / part["deadlines"] for name, part in parts.items() if name != "memory"}
    yield result("recompute.growth_a_deadline_1x_to_2x", each["2x"] / each["1x"], "x", 1.5)
    yield result("recompute.growth_a_deadline_1x_to_4x", each["4x"] / each["1x"], "x", 1.5)
    yield result("recompute.memory", parts["memory"]["mb"], "MB", 500)


def _sheets(connection: Any) -> Iterator[Result]:
    """What the nightly job makes: the sheets of everything owed, and the pages of all bodies."""
    yield result("sheets.seconds_for_all", portal.seconds(result_jobs.make_sheets), "s")
    _tidy(connection)


def _build(app: Any, connection: Any, bodies: int) -> None:
    """A tenth of the country, whose statements are counted, then all of it; then all results."""
    few = max(bodies // 10, 2)
    country = synthetic.Country(connection, items=max(bodies // 2, OWED))
    country.write_list()
    country.write_bodies(few)
    _make_results()
    statements = pages.statements(app)
    country.write_bodies(bodies - few)
    _tidy(connection)
    rebuild.rebuild(model.Session(), NOW, TZ)
    model.Session.commit()
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE TABLE {} (told text)").format(sql.Identifier(_DONE)))
        insert = sql.SQL("INSERT INTO {} VALUES (%s)").format(sql.Identifier(_DONE))
        cursor.execute(insert, (json.dumps(statements),))
    connection.commit()


def _few(connection: Any) -> dict[str, int]:
    """How many statements the pages took when the country was a tenth of its size."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT told FROM {}").format(sql.Identifier(_DONE)))
        return json.loads(cursor.fetchone()[0])


def _event(whole: float | None) -> Iterator[Result]:
    """One event appended, and all that it touches made true again; beside a recompute of the same run."""
    spent = sorted(portal.seconds(lambda number=number: _append(number)) for number in range(ROUNDS))
    median = spent[len(spent) // 2]
    yield result("event.append_and_refresh", 1000 * median, "ms")
    if whole:
        yield result("event.to_recompute", 1000 * median / whole, "/1000", 1.0)


def _append(number: int, body: str = "b-0000") -> None:
    at, obligation = NOW - timedelta(seconds=ROUNDS - number), f"o{body[1:]}-{number % OWED:02}"
    events.record(
        model.Session(),
        at,
        obligation_ids=[obligation],
        kind="changed",
        at=at,
        grade="measured",
        source="run",
        content_hash=f"new-{obligation}-{time.time_ns()}",
        columns=["code", "amount"],
        dataset_id=f"d-{obligation}",
    )
    model.Session.commit()
    stored.refresh(model.Session(), NOW, TZ)


def _make_results() -> None:
    stored.refresh(model.Session(), NOW, TZ)
    model.Session.rollback()


def _tidy(connection: Any) -> None:
    """What the server does by itself in time."""
    connection.commit()
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.autocommit = False


def disconnect() -> None:
    model.Session.remove()
    model.meta.engine.dispose()


def result(name: str, value: float, unit: str, required: float | None = None) -> Result:
    """One line; what nothing is required of is told for comparison."""
    ok = required is None or value <= required
    return {"name": name, "value": round(value, 3), "unit": unit, "required": required, "ok": ok}


def lines(found: list[Result]) -> str:
    """For people."""
    return "\n".join(
        f"{one['name']:<45}{one['value']:>14,.3f} {one['unit']:<12}"
        + (
            ""
            if one["required"] is None
            else f"at most {one['required']:g}: {'ok' if one['ok'] else 'MISSED'}"
        )
        for one in found
    )


def table(found: list[Result], bodies: int) -> str:
    """For docs/performance.md."""
    with psycopg2.connect(postgres.ADMIN) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0].split()[0]
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    head = f"Measured {datetime.now(UTC).date()} with {bodies:,} bodies on {machine}, PostgreSQL {server}."
    rows = [
        f"| `{one['name']}` | {one['value']:,} | {one['unit']} | "
        f"{'–' if one['required'] is None else one['required']} | {'yes' if one['ok'] else '**no**'} |"
        for one in found
    ]
    return "\n".join(
        [head, "", "| Measure | Value | Unit | At most | Held |", "|---|---|---|---|---|", *rows]
    )


if __name__ == "__main__":
    main()
