"""Every figure of the compliance view is counted again, by a code of its own, over the rows of the ledger."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

from ckanext.roadmap.domain.region import REGIONS
from ckanext.roadmap.services import events, publications, source_changes
from ckanext.roadmap.services.legal_calendar import legal_calendar
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act

from . import recount, retold

ITEMS = f"""{country.ITEMS}W-01,Narxlar,Цены,Prices,finance,portal,weekly,3 days after period end,ministry-finance,no,,no,,,no,list
D-01,Kurslar,Курсы,Rates,finance,portal,daily,1 days after period end,tax-committee,no,,yes,,,no,list
C-01,Reyestr,Реестр,Register,finance,portal,continuous,within 3 working days of change,ministry-education,no,,yes,,,no,list
O-01,Pasport,Паспорт,Passport,finance,portal,once,by 2023-05-01,hokimiyat-andijan,no,,yes,,,no,list
S-01,Sayt,Сайт,Site,finance,portal;site,monthly,5 working days after period end,ministry-finance,no,,yes,,,no,list
"""
BEGINNING = datetime(2023, 1, 20, 12)


class Owed(NamedTuple):
    """An obligation by its names."""

    obligation_id: str
    body: str
    item: str
    revision: Any


class World:
    """A year in which anything may happen, by a seed."""

    def __init__(self, clock: RehearsalClock, seed: int) -> None:
        self.clock, self.random, self.now = clock, random.Random(seed), BEGINNING
        self.done: dict[str, int] = defaultdict(int)
        clock.set(self.now.isoformat())
        country.import_bodies()
        country.import_list(ITEMS)
        country.approve()
        act("roadmap_ledger_extend")
        known = retold.Ledger()
        codes = {row.id: row.code for row in known.item}
        self.owed = [
            Owed(span.obligation_id, known.bodies[span.body_id].name, codes[revision.item_id], revision)
            for span in known.obligation_term
            for revision in [known.revisions[span.revision_id]]
        ]
        self.owed.sort(key=lambda one: (one.item, one.body))
        self.datasets: dict[str, str] = {}
        self.objections: list[str] = []
        self.exemptions: list[str] = []

    def live(self, steps: int) -> None:
        acts = (
            [self.publish] * 9
            + [self.read] * 2
            + [self.change, self.attest, self.attest, self.object, self.rule]
        )
        acts += [
            self.exempt,
            self.revoke,
            self.notice,
            self.hide,
            self.unlink,
            self.fail,
            self.look,
            self.look,
        ]
        for _ in range(steps):
            self.now += timedelta(minutes=self.random.randint(60, 60 * 24 * 420 * 2 // steps))
            self.at = self.clock.set(self.now.isoformat())
            chosen = self.random.choice(acts)
            try:
                chosen()
                self.done[chosen.__name__] += 1
            except (tk.ValidationError, tk.ObjectNotFound):
                self.done[f"{chosen.__name__} refused"] += 1
                model.Session.rollback()

    def look(self) -> None:
        act("roadmap_compliance_show")

    def dataset(self, span: Any) -> str:
        if span.obligation_id not in self.datasets:
            self.datasets[span.obligation_id] = factories.Dataset(
                name=f"data-{len(self.datasets)}", owner_org=span.body
            )["id"]
        dataset = self.datasets[span.obligation_id]
        publications.link(model.Session(), self.at, span.obligation_id, dataset, None, "by", "chosen")
        return dataset

    def record(self, span: Any, **changes: Any) -> None:
        at = self.at - timedelta(minutes=self.random.choice((0, 0, 0, 30, 60 * 24 * 3)))
        run = self.random.choice((None, f"run-{self.at.isoformat()}"))
        values = {
            "kind": "changed", "at": at, "grade": "measured", "source": "run" if run else "upload",
            "dataset_id": self.dataset(span), "content_hash": self.random.choice("abcdefgh") * 64,
            "rows": self.random.randint(1, 9), "columns": ["amount", "code", "region"], "regions": sorted(REGIONS),
            "run_id": run, "live_read_at": at if run else None,
            "place": self.random.choice(("portal", "site")) if "site" in span.revision.places else "portal",
        }  # fmt: skip
        if self.random.random() < 0.8:
            values["content_hash"] = f"{self.random.getrandbits(256):064x}"
        if self.random.random() < 0.1:
            values[self.random.choice(("columns", "regions"))] = None
        if self.random.random() < 0.1:
            values["grade"] = "declared"
        events.record(model.Session(), self.at, obligation_ids=[span.obligation_id], **{**values, **changes})
        model.Session.commit()

    def some(self) -> Any:
        return self.random.choice(self.owed)

    def publish(self) -> None:
        self.record(self.some())

    def read(self) -> None:
        self.record(self.some(), kind="unchanged")

    def fail(self) -> None:
        self.record(self.some(), kind="failed", content_hash=None)

    def change(self) -> None:
        ids = [span.obligation_id for span in self.owed if span.revision.frequency == "continuous"]
        stamp = (self.at - timedelta(hours=1)).isoformat()
        source_changes.record(model.Session(), self.at, ids, stamp, legal_calendar())
        model.Session.commit()

    def deadline(self) -> str:
        rows = model.Session.execute(
            sa.text("SELECT * FROM roadmap_deadline ORDER BY period_last, due_at, grace_days, seq")
        )
        begun = [row for row in rows if row.period_last < self.now.date()]
        newest = [row for row in begun if row.period_last > self.now.date() - timedelta(60)]
        slow = [row for row in newest if row.period_last - row.period_start > timedelta(5)]
        return self.random.choice(slow or newest or begun).id

    def attest(self) -> None:
        act("roadmap_attest", deadline=self.deadline(), reason="Nothing new")

    def object(self) -> None:
        made = act("roadmap_objection_create", deadline=self.deadline(), fault="portal", text="It was down")
        self.objections.append(made["id"])

    def rule(self) -> None:
        if self.objections:
            ruling = self.random.choice(("upheld", "dismissed"))
            remedy = {"remedy": self.random.choice(("exempt", "void"))} if ruling == "upheld" else {}
            act("roadmap_objection_rule", id=self.objections.pop(0), ruling=ruling, text="So", **remedy)

    def exempt(self) -> None:
        span = self.some()
        since = self.now.date() - timedelta(self.random.randint(0, 60))
        whose = self.random.choice(({"body": span.body}, {}, {"item": span.item}))
        made = act(
            "roadmap_exemption_create", since=since.isoformat(), until=(since + timedelta(9)).isoformat(),
            decision_number="7", decision_date=since.isoformat(), reason="Flood", **whose,
        )  # fmt: skip
        self.exemptions.append(made["id"])

    def revoke(self) -> None:
        if self.exemptions:
            act("roadmap_exemption_revoke", id=self.exemptions.pop(0), reason="Anew")

    def notice(self) -> None:
        kind = self.random.choice(("void", "moved"))
        day = {"due_day": (self.now.date() + timedelta(self.random.randint(1, 40))).isoformat()}
        more = day if kind == "moved" else {}
        act(
            "roadmap_deadline_notice_create", deadline=self.deadline(), kind=kind, reason="R", act="3", **more
        )

    def hide(self) -> None:
        if self.datasets:
            dataset = self.random.choice(sorted(self.datasets.values()))
            act("package_patch", id=dataset, private=not model.Package.get(dataset).private)

    def unlink(self) -> None:
        if self.random.random() < 0.5 and self.datasets:
            owed = self.random.choice(sorted(self.datasets))
            for link in model.Session.scalars(publications.Publication.confirmed([owed])).all():
                if link.revoked_at is None:
                    act("roadmap_publication_revoke", id=link.id, reason="Not it")


def differences(as_of: datetime | None, at: datetime, code: str | None) -> list[Any]:
    """Where the API tells otherwise than the recount."""
    ledger, asked = retold.Ledger(), {"quarter": code} if code else {}
    if as_of:
        asked["as_of"] = as_of.isoformat()
    shown = tk.get_action("roadmap_compliance_show")({"user": ""}, asked)
    quarter = shown["quarter"]
    spans = ledger.owed(at)
    wrong = list(_compare("total", shown["total"], recount.summary(ledger, spans, at, quarter)))
    for row in shown["trend"]:
        wrong += _compare(f"trend {row['quarter']}", row, recount.told(ledger, spans, at, row["quarter"]))
    for row in shown["bodies"]:
        own = [span for span in spans if ledger.bodies[span.body_id].name == row["name"]]
        wrong += _compare(row["name"], row, recount.summary(ledger, own, at, quarter))
    for row in shown["kinds"]:
        own = [span for span in spans if ledger.bodies[span.body_id].kind == row["kind"]]
        wrong += _compare(row["kind"], row, recount.summary(ledger, own, at, quarter))
    for name in ("ministry-finance", "tax-committee"):
        own = [span for span in spans if ledger.bodies[span.body_id].name == name]
        body = act("roadmap_compliance_show", body=name, **asked)["total"]
        wrong += _compare(f"page of {name}", body, recount.summary(ledger, own, at, quarter))
    for code_ in ("F-01", "D-01"):
        own = [span for span in spans if ledger.codes[span.revision_id] == code_]
        one = act("roadmap_compliance_show", item=code_, **asked)["total"]
        wrong += _compare(f"page of {code_}", one, recount.summary(ledger, own, at, quarter))
    return [(at.isoformat(), quarter, *one) for one in wrong]


def _compare(where: str, shown: dict[str, Any], counted: dict[str, Any]) -> Any:
    for name, value in counted.items():
        known = shown[name]
        if name == "statuses":
            known = {key: count for key, count in known.items() if count}
        if known != value:
            yield where, name, known, value


@pytest.mark.usefixtures("clean_db", "clean_index")
def test_every_figure_is_what_the_rows_come_to(rehearsal: RehearsalClock, app: CKANTestApp):
    world = World(rehearsal, seed=1)
    world.live(120)
    assert {"publish", "attest", "object", "rule", "exempt", "revoke", "notice", "hide", "unlink"} <= set(
        world.done
    )
    wrong = [*differences(None, world.at, None), *in_files(app, world.at)]
    for day in world.random.sample(range(40, (world.now - BEGINNING).days), 2):
        at = (BEGINNING + timedelta(day, hours=world.random.randint(-12, 11))).replace(tzinfo=retold.TZ)
        before = recount.quarter_before(f"{at.year}-Q{(at.month + 2) // 3}")
        wrong += [*differences(at, at, None), *differences(at, at, before)]
    assert not wrong


def in_files(app: CKANTestApp, at: datetime) -> list[Any]:
    """Where the downloads of the bodies tell otherwise."""
    ledger, code = retold.Ledger(), f"{at.year}-Q{(at.month + 2) // 3}"
    wide = json.loads(app.get("/en/compliance?format=json").body)
    lines = list(csv.DictReader(io.StringIO(app.get("/en/compliance?format=csv").body.lstrip("\ufeff"))))
    assert [line["name"] for line in lines] == [row["name"] for row in wide]
    wrong: list[Any] = []
    for row, line in zip(wide, lines, strict=True):
        own = [span for span in ledger.obligation_term if ledger.bodies[span.body_id].name == row["name"]]
        known = recount.summary(ledger, own, at, code)
        flat = {
            f"{name}_{key}": known[name][key] for name in recount.SHARES for key in ("met", "of", "percent")
        }
        flat |= {f"{name}_change": known["change"][name] for name in recount.SHARES}
        flat |= {"late": known["late"]["count"], "late_median": known["late"]["median"]}
        flat |= {"late_worst": known["late"]["worst"], "attested": known["attested"]}
        flat |= {"contested_kept": known["contested"], "unknown_kept": known["unknown"], **known["statuses"]}
        for key, value in flat.items():
            told = float(line[key]) if line[key] else None
            if not row[key] == value == told:
                wrong.append((row["name"], key, row[key], line[key], value))
    return wrong
