"""Results of roadmap_compliance_show and roadmap_run_show of every shape, made by hand."""

from __future__ import annotations

STATUSES = (
    "on_time",
    "late_met",
    "awaiting",
    "due",
    "in_grace",
    "overdue",
    "delinquent",
    "not_published",
    "contested",
    "exempt",
    "unknown",
)
TOUCHES = ("changed", "fewer_rows", "flip_flop", "timestamps_only", "resaved", "declared", "read", "attested")
HASH = "9f2c6a31d0b84c55a1e77d3be0f1a2c49f2c6a31d0b84c55a1e77d3be0f1a2c4"
AS_OF = "2023-07-20T06:30:00+00:00"


def share(met, of):
    return {"met": met, "of": of, "percent": round(100 * met / of, 1) if of else None}


def summary(number=1, **statuses):
    return {
        "obligations": 10,
        "published": share(number % 10, 10),
        "current": share(number % 7, 7),
        "kept": share(number % 5, 5) if number % 4 else share(0, 0),
        "kept_on_time": share(number % 5 // 2, 5) if number % 4 else share(0, 0),
        "light": ("none", "green", "yellow", "red")[number % 4],
        "statuses": statuses or {"on_time": number, "overdue": 3, "awaiting": 2},
        "attested": 1,
        "contested": 1,
        "unknown": 2,
        "automatic": share(number % 3, 3),
        "late": {"count": number % 3, "median": 4.5, "worst": 30},
        "change": {"published": 2.5, "current": None, "kept": -1.0, "kept_on_time": 0.0, "automatic": None},
        "refresh": {"refreshed": 6, "really_changed": 2, **dict.fromkeys(TOUCHES, 1)},
    }


def quarter(code="2023-Q2", number=1):
    return {"quarter": code, **summary(number)}


def fix_first(count=2):
    raises = {"published": 1, "current": 1, "kept": 0}
    outlook = {"published": share(5, 10), "current": share(3, 7), "kept": share(1, 4)}
    return {
        "quarter": "2023-Q3",
        "count": count,
        "now": outlook,
        "after": outlook,
        "after_all": outlook,
        "to_green": None,
        "obligations": [{**obligation(number), "raises": raises} for number in range(count)],
        "bodies": [{"body": body(), "repairs": count, "raises": raises}],
        "items": [{"item": item(), "repairs": count, "raises": raises}],
    }


def title(number):
    return {
        "uz": f"{number}-vazirlik: sog'liqni saqlash",
        "ru": f"Министерство № {number}",
        "en": f"Ministry {number}",
    }


def body(number=1):
    kind = ("ministry", "agency", "region")[number % 3]
    return {"name": f"body-{number}", "code": f"1-{number:03}", "title": title(number), "kind": kind}


def item(code="E-01"):
    return {
        "code": code,
        "title": {
            "uz": "Umumta'lim maktablari ro'yxati",
            "ru": "Перечень школ",
            "en": "List of general schools",
        },
        "sphere": "education",
        "term": {"frequency": "quarterly", "due_rule": "15 days after period end"},
        "places": ["portal", "site"],
        "legal_basis": "DP-6247 annex 1",
        "territorial": True,
        "unchanged_allowed": True,
        "columns": ["code", "name", "region"],
    }


DATASET = {"id": "d-1", "name": "schools", "title": "Maktablar"}


def deadline(number=0, status="on_time"):
    met = status in ("on_time", "late_met")
    evidence = {
        "event_id": "e-1",
        "qualifies": met,
        "kind": "changed",
        "grade": "measured",
        "at": "2023-07-10T05:00:00+00:00",
        "recorded_at": "2023-07-10T05:00:01+00:00",
        "rows": 1411,
        "rows_changed": 14,
        "content_hash": HASH,
        "place": "portal",
        "source": "run",
        "run_id": "r-1",
    }
    return {
        "id": f"dl-{number}",
        "obligation_id": "o-1",
        "item": item(),
        "body": body(),
        "kind": "period",
        "period": {"code": "2023-Q2", "start": "2023-04-01", "last": "2023-06-30"},
        "due_at": "2023-07-15T18:59:59.999999+00:00",
        "grace_until": "2023-08-03T18:59:59.999999+00:00",
        "status": status,
        "computed": "overdue" if status in ("contested", "exempt") else status,
        "reason": "qualified" if met else "columns_missing" if status == "overdue" else "no_event",
        "missing": ["region"] if status == "overdue" else [],
        "met_at": "2023-07-10T05:00:00+00:00" if met else None,
        "days_late": 4 if status == "late_met" else None,
        "evidence": evidence if met or status == "overdue" else None,
        "dataset": DATASET if met else None,
        "run_id": "r-1" if met else None,
    }


def obligation(number=0, status="on_time"):
    return {
        "id": f"o-{number}",
        "item": item(f"E-{number:02}"),
        "body": body(),
        "status": status,
        "published": True,
        "dataset": DATASET,
        "deadlines": 3,
        "on_time": 3,
    }


VERSION = {
    "id": "v-1",
    "year": 2023,
    "number": 1,
    "decision_number": "12",
    "decision_date": "2023-01-10",
    "in_force_from": "2023-01-10",
}


def country(bodies=9, version=VERSION):
    return {
        "as_of": AS_OF,
        "rule_version": "1",
        "quarter": "2023-Q2",
        "list_version": version,
        "spheres": ["economy"],
        "total": summary(3, **dict.fromkeys(STATUSES, 4)),
        "bodies": [{**body(number), **summary(number)} for number in range(bodies)],
        "trend": [quarter("2023-Q1", 2), quarter()],
        "kinds": [{"kind": kind, "bodies": 3, **summary(1)} for kind in ("ministry", "agency", "region")],
        "fix_first": None,
    }


def ledger(of="body", deadlines=11, offset=0, limit=50, status=None):
    rows = [deadline(number, STATUSES[number % len(STATUSES)]) for number in range(deadlines)]
    rows = [row for row in rows if status in (None, row["status"])]
    counts = {name: sum(row["status"] == name for row in rows) for name in STATUSES}
    return {
        "as_of": AS_OF,
        "rule_version": "1",
        "quarter": "2023-Q2",
        "list_version": VERSION,
        "total": summary(3, **counts),
        "body": body() if of == "body" else None,
        "item": item() if of == "item" else None,
        "obligations": [obligation(number, STATUSES[number]) for number in range(len(STATUSES))],
        "deadlines": rows[offset : offset + limit],
        "count": len(rows),
        "limit": limit,
        "offset": offset,
        "trend": [quarter()],
        "fix_first": fix_first(),
        "contacts": [],
    }


def run(outcome="applied", **changes):
    error = {
        "phase": "extract",
        "code": "columns_missing",
        "message": "public.schools has no column name.",
        "remedy": "Restore it at the source.",
        "params": {"schema": "public", "table": "schools", "columns": ["name"]},
    }
    durations = {"extract": 0.52, "stage": 0.31, "gate": 0.01, "apply": 0.09, "publish": 0.4}
    return {
        "id": "r-1",
        "mapping": "schools",
        "connection": "education",
        "dataset_id": "d-1",
        "resource_id": "res-1",
        "state": "finished" if outcome else "running",
        "outcome": outcome,
        "phase": "extract" if outcome == "failed" else "publish",
        "attempt": 1,
        "strategy": "swap",
        "rows_in": 1411,
        "rows_inserted": 0,
        "rows_updated": 14,
        "rows_deleted": 0,
        "rows_before": 1411,
        "bytes": 230144,
        "content_hash": HASH,
        "watermark": None,
        "started_at": "2023-07-10T05:00:00+00:00",
        "finished_at": "2023-07-10T05:00:03+00:00" if outcome else None,
        "durations": {"extract": 0.52} if outcome == "failed" else durations,
        "error": error if outcome == "failed" else None,
        "findings": [],
        "resumes": None,
        "holding": None,
        "files": [{"format": "CSV", "bytes": 230144, "sha256": HASH}],
        **changes,
    }
