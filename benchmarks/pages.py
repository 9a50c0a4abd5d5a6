"""The pages of the compliance view beside CKAN's own page of datasets, in the same minute."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.logic.country_repairs import MOST_MISSING
from ckanext.roadmap.model import CountrySheet, DaySum
from ckanext.roadmap.presentation.bodies import bodies_table
from ckanext.roadmap.services import sheets

from benchmarks import portal
from benchmarks.synthetic import NOW

ROUNDS, BODIES = 9, 24  # more bodies than a process remembers
KEPT = ("2024-04-01", "2024-04-30")
FAR = "2024-05-05T10:30:00"  # nothing is kept near it
BESIDE = "2024-05-01T10:30:00"  # the day before it is kept
NOT_YET_KEPT = ("far", "beside_kept_days")  # after an upgrade, until the background job has come there
THIS_MORNING = "2026-01-05T09:00:00"
OTHERS = {
    "item": "/compliance/item/B-0001",
    "item_of_all": "/compliance/item/B-0000",
    "item_of_all_as_of": "/compliance/item/B-0000?as_of=2024-05-05",
    "item_of_all_past_quarter": "/compliance/item/B-0000?quarter=2025-Q2",
    "item_badge": "/compliance/badge/item/B-0000.svg",
    "past_quarter": "/compliance?quarter=2025-Q2",
    "body_past_quarter": "/compliance/body/body-0001?quarter=2025-Q2",
    "body_as_of": "/compliance/body/body-0001?as_of=2024-05-05",
    "obligations_behind": "/compliance/obligations?share=published",
    "deadlines_behind": "/compliance/deadlines?share=kept&quarter=2025-Q4",
    "late_behind": "/compliance/deadlines?share=late&quarter=2025-Q4",
    "current_behind": "/compliance/deadlines?share=current",
    "events_behind": "/compliance/refresh?quarter=2025-Q4",
    "fix_first": "/compliance/fix-first",
    "territory": "/compliance/territory",
    "badge": "/compliance/badge/body-0001.svg",
    "card": "/compliance/card/body-0001",
}
Result = dict[str, Any]
Tell = Callable[..., Result]


def measured(
    app: Any, few: dict[str, int], append: Callable[[int, str], None], result: Tell
) -> Iterator[Result]:
    """Each page, what the issue bounds beside its bound.

    :param few: how many statements they took in a small country
    :param append: records an event of a body and refreshes what it touches
    """
    for table in (CountrySheet, DaySum):
        model.Session.execute(sa.delete(table))
    model.Session.commit()
    took = {"far": _first(app, FAR)}
    days, spent = _keep_days()
    yield result("days.seconds_to_keep_one", spent / days, "s")
    works = _works(app)
    for _ in range(BODIES):  # each body once, so that it is kept
        works["body"]()
    spent = portal.side_by_side(works, ROUNDS)
    took |= {"beside_kept_days": _first(app, BESIDE), "this_morning": _first(app, THIS_MORNING)}
    for name, seconds in spent.items():
        yield result(f"page.{name}", 1000 * seconds, "ms")
    index = spent["index_written"]  # a past time asked for first is written anew as well
    yield result("page.index_to_dataset", spent["index"] / spent["dataset"], "x", 1.5)
    yield result("page.index_written_to_dataset", spent["index_written"] / spent["dataset"], "x")
    yield result("page.body_to_dataset", spent["body"] / spent["dataset"], "x", 1.5)
    yield result("page.as_of_day_first_asked_to_index", spent["as_of_day"] / index, "x", 10.0)
    for name, seconds in {"instant": spent["as_of_instant"], **took}.items():
        most = None if name in NOT_YET_KEPT else 10.0
        yield result(f"page.as_of_{name}_first_asked_to_index", seconds / index, "x", most)
    for number, name in enumerate(("index", "body")):
        append(ROUNDS + number, "b-0001")
        first = {"index": "/compliance", "body": "/compliance/body/body-0001"}[name]
        seconds = portal.seconds(lambda first=first: app.get(first, status=200))
        yield result(f"page.{name}_first_after_an_event", 1000 * seconds, "ms")
    for name, count in statements(app).items():
        yield result(f"page.{name}_further_statements_at_10x", count - few[name], "statements", 0)
    yield from _others(app, result)


def _first(app: Any, as_of: str) -> float:
    """How long the country's page takes of an instant that nobody asked for before."""
    return portal.seconds(lambda: app.get(f"/compliance?as_of={as_of}", status=200))


def statements(app: Any) -> dict[str, int]:
    """How many the bounded pages send once what they tell is kept."""
    found: dict[str, int] = {}
    for name, address in (("index", "/compliance"), ("body", "/compliance/body/body-0001")):
        app.get(address, status=200)
        with portal.statements() as told:
            app.get(address, status=200)
        found[name] = len(told)
    return found


def _works(app: Any) -> dict[str, Callable[[], object]]:
    """Bodies and days take turns, so that no process remembers what it tells."""
    bodies = itertools.cycle([f"/compliance/body/body-{number:04}" for number in range(1, BODIES + 1)])
    orders = itertools.cycle(sorted(bodies_table().sort_keys()))  # no process remembers so many
    days, others = ((f"/compliance?as_of=2024-04-{number:02}" for number in range(1, 31)) for _ in range(2))
    return {
        "dataset": lambda: app.get("/dataset/", status=200),
        "index": lambda: app.get("/compliance", status=200),
        "index_written": lambda: app.get(f"/compliance?sort={next(orders)}", status=200),
        "body": lambda: app.get(next(bodies), status=200),
        "as_of_day": lambda: app.get(next(days), status=200),
        "as_of_instant": lambda: app.get(f"{next(others)}T10:30:00", status=200),
    }


def _keep_days() -> tuple[int, float]:
    """As the daily job does; how many days, and how long it took."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
    context: Any = {"user": user["name"], "ignore_auth": True}
    asked = {"days_from": KEPT[0], "days_to": KEPT[1]}
    found: list[int] = []
    keep = tk.get_action("roadmap_ledger_rebuild")
    spent = portal.seconds(lambda: found.append(keep(context, asked)["days"]))
    return found[0], spent


def _others(app: Any, result: Tell) -> Iterator[Result]:
    """Pages that no bound names; the country's repairs only where the nightly job has made all sheets."""
    for name, address in OTHERS.items():
        if name == "fix_first" and len(sheets.outlooks(model.Session(), NOW)[1]) > MOST_MISSING:
            continue
        app.get(address, status=200)
        times = [portal.seconds(lambda address=address: app.get(address, status=200)) for _ in range(3)]
        with portal.statements() as told:
            app.get(address, status=200)
        yield result(f"page.{name}", 1000 * statistics.median(times), "ms")
        yield result(f"page.{name}_statements", len(told), "statements")
