"""The rule beside a second reading of the law, on calendars, zones and instants where a tick decides."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.roadmap.domain.calendar import Period, WorkingDays
from ckanext.roadmap.domain.deadline import plan, plan_change
from ckanext.roadmap.domain.event import DataEvent, EventKind, Grade, Place
from ckanext.roadmap.domain.notice import Exemption, Fault, Force, Notice, NoticeKind, Objection
from ckanext.roadmap.domain.status import Facts, Requirements, assess
from ckanext.roadmap.domain.term import Term

from . import oracle
from .builders import written

ZONES = st.sampled_from(["Asia/Tashkent"] * 3 + ["Europe/Berlin", "America/Havana"]).map(ZoneInfo)
DAYS = st.dates(date(2022, 12, 20), date(2024, 4, 10))
COUNT = 5
PLAIN = st.sampled_from(["daily", "weekly", "monthly", "quarterly", "half_yearly", "annual"])
NUMBERS = st.integers(1, 40)


@st.composite
def terms(draw):
    """A term as the list writes it, and as the oracle takes it."""
    days, working = draw(NUMBERS), draw(st.booleans())
    words = f"{days} {'working ' if working else ''}days"
    rule = ("working" if working else "days", days)
    kind = draw(st.sampled_from(["plain", "plain", "by", "continuous", "once"]))
    if kind == "by":
        day, month = draw(st.sampled_from([(1, 3), (29, 2), (31, 12), (30, 4)]))
        name = {3: "March", 2: "February", 12: "December", 4: "April"}[month]
        return Term.parse("annual", f"by {day} {name}"), ("by", month, day)
    if kind == "continuous":
        return Term.parse("continuous", f"within {words} of change"), rule
    if kind == "once":
        day = draw(st.dates(date(2023, 1, 1), date(2024, 6, 1)))
        return Term.parse("once", f"by {day}"), ("once", day)
    return Term.parse(draw(PLAIN), f"{words} after period end"), rule


@st.composite
def ledgers(draw):
    """The deadlines of one obligation, as the product plans them and as the oracle does."""
    (term, rule), tz = draw(terms()), draw(ZONES)
    holidays = frozenset(draw(st.lists(DAYS, max_size=3)))
    since = draw(DAYS)
    if rule[0] == "once":
        since = min(since, rule[1])
    rows = oracle.calendar(term.frequency, rule, since, COUNT + 1, tz, holidays)
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        row["next_end"] = following["end"] if following else row["end"]
    del rows[COUNT:]
    planned = list(plan(term, since, None, rows[-1]["first"], WorkingDays(holidays), tz))
    told = [written(row) for row in planned]
    if term.frequency == "continuous" and draw(st.booleans()):
        for number, day in enumerate(sorted(draw(st.lists(DAYS, min_size=1, max_size=2, unique=True)))):
            at = oracle.midnight(day, tz) + timedelta(hours=draw(st.integers(0, 23)))
            told.append(written(plan_change(term, at, WorkingDays(holidays), tz), f"-{number}"))
            due = oracle.calendar("daily", rule, day, 1, tz, holidays)[0]
            rows.append(due | {"frequency": "continuous", "kind": "change", "start": at, "end": at})
    for row, one in zip(rows, told, strict=True):
        row["id"] = one.id
    return rows, told, tz


def edges(rows):
    """Where the window, the time or the grace of a deadline begins or ends."""
    found = {at for row in rows for at in (row["end"], row["due"], row["due"] + row["grace"])}
    return sorted(found | {row["due"] + 2 * row["grace"] for row in rows})


def instants(rows):
    """At an edge, a tick before and after it, and anywhere."""
    at_edge = st.builds(
        lambda edge, ticks: edge + ticks * oracle.TICK, st.sampled_from(edges(rows)), st.integers(-1, 1)
    )
    first = min(row["start"] for row in rows)
    days = int((edges(rows)[-1] - first) / oracle.DAY) + 40
    return (
        at_edge | at_edge | st.integers(-30 * 24, days * 24).map(lambda hours: first + timedelta(hours=hours))
    )


@st.composite
def events(draw, rows, at):
    found = []
    for number, moment in enumerate(draw(st.lists(at, max_size=9, unique=True))):
        kind = draw(st.sampled_from([EventKind.changed, EventKind.changed, *EventKind]))
        good = Grade.attested if kind is EventKind.attested else Grade.measured
        covered = draw(st.sampled_from([None] * 4 + rows))
        told = DataEvent(
            id=f"e{number}",
            kind=kind,
            at=moment,
            recorded_at=moment + timedelta(hours=draw(st.sampled_from([0, 0, 0, 30]))),
            place=draw(st.sampled_from([Place.portal, Place.portal, Place.site])),
            content_hash=draw(st.sampled_from("pqrst")),
            columns=draw(st.sampled_from([frozenset("ab"), frozenset("ab"), None, frozenset("a")])),
            regions=draw(st.sampled_from([frozenset({"1703"}), None])),
            grade=draw(st.sampled_from([good, good, good, *Grade])),
            live_read_at=draw(st.sampled_from([None, moment])),
            covers=covered and Period(covered["first"], covered["last"]),
        )
        found.append(told)
    return tuple(found)


REQUIRED = st.builds(
    Requirements,
    unchanged_allowed=st.booleans(),
    columns=st.sampled_from([frozenset(), frozenset("ab")]),
    places=st.sampled_from([frozenset({Place.portal})] * 3 + [frozenset(Place)]),
    territorial=st.sampled_from([False, False, True]),
    regions=st.just(frozenset({"1703"})),
    attestation_limit=st.integers(0, 2),
    region_column=st.sampled_from(["soato", "soato", None]),
)


@st.composite
def acts(draw, rows, at):
    """Acts as the oracle takes them; of a kind and a deadline each is told at a time of its own."""
    ids, found = st.sampled_from([row["id"] for row in rows]), []
    for recorded in draw(st.lists(at, max_size=4, unique=True)):
        kind = draw(st.sampled_from(["void", "moved", "free", "object", "ended", "down"]))
        if kind in ("ended", "down") and any(act[0] == kind for act in found):
            continue
        others = {
            "void": lambda: (draw(ids),),
            "moved": lambda: (draw(ids), draw(at)),
            "free": lambda: (draw(ids),),
            "object": lambda: (draw(ids), draw(st.none() | at)),
            "ended": lambda: (draw(at),),
            "down": lambda: tuple(sorted((draw(at), draw(at)))),
        }
        found.append((kind, recorded, *others[kind]()))
    return found


def _facts(told, happened, required, linked_at, recorded):
    chosen = {kind: [act[1:] for act in recorded if act[0] == kind] for kind in {act[0] for act in recorded}}
    begin = told[0].start_at - timedelta(days=900)
    ends = [Force(begin, begin, end, at) for at, end in chosen.get("ended", [])]
    return Facts(
        deadlines=tuple(told),
        events=happened,
        requirements=required,
        published_from=linked_at,
        notices=tuple(
            Notice(act[2], NoticeKind(act[0]), act[1], *act[3:])
            for act in recorded
            if act[0] in ("void", "moved")
        ),
        exemptions=tuple(Exemption(at, deadline_id=id_) for at, id_ in chosen.get("free", [])),
        objections=tuple(Objection(id_, at, ruled) for at, id_, ruled in chosen.get("object", [])),
        faults=tuple(Fault(since, until, at) for at, since, until in chosen.get("down", [])),
        forces=tuple(ends) or (Force(begin, begin),),
    )


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_the_rule_reads_the_law_as_the_oracle_does(data):
    rows, told, _ = data.draw(ledgers())
    at = instants(rows)
    happened, required = data.draw(events(rows, at)), data.draw(REQUIRED)
    recorded = data.draw(acts(rows, at))
    linked_at = data.draw(st.sampled_from([rows[0]["start"] - timedelta(days=40)] * 4 + [None]) | at)
    facts = _facts(told, happened, required, linked_at, recorded)
    # the rule gives back the grace that our fault took; the law says nothing of it
    given_back = any(act[0] == "down" for act in recorded)
    for as_of in sorted({edge + ticks * oracle.TICK for edge in edges(rows) for ticks in (-1, 0, 1)}):
        law = oracle.statuses(rows, happened, required, as_of, linked_at, recorded)
        for row in assess(facts, as_of):
            if given_back and law[row.deadline.id][1] in ("overdue", "delinquent"):
                assert row.computed in ("overdue", "delinquent")
            else:
                assert (row.status, row.computed, row.met_at) == law[row.deadline.id]


@settings(max_examples=150, deadline=None)
@given(ledgers())
def test_the_calendar_is_what_the_oracle_counts(made):
    rows, told, tz = made
    for row, one in zip(rows, told, strict=True):
        assert (one.period.start, one.period.last) == (row["first"], row["last"])
        assert (one.end_at, one.due_at, one.grace) == (row["end"], row["due"], row["grace"])
        last = one.due_at.astimezone(tz)
        assert (last + oracle.TICK).astimezone(oracle.UTC).astimezone(tz).date() == last.date() + oracle.DAY
