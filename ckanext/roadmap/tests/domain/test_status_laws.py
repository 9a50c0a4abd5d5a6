"""Laws of the status rule, on facts that nobody thought of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.event import DataEvent, EventKind, Grade, Place
from ckanext.roadmap.domain.notice import Exemption, Fault, Force, Notice, NoticeKind, Objection
from ckanext.roadmap.domain.qualification import History, refusal
from ckanext.roadmap.domain.status import Facts, Requirements, Status, assess, assess_1, assess_2
from ckanext.roadmap.domain.term import Term

from .builders import CONTINUOUS, LINKED, QUARTERLY, at, change, ledger

START = at("2022-12-15")
MONTHLY = Term.parse("monthly", "20 days after period end")
ONCE = Term.parse("once", "by 2023-05-01")
INSTANTS = st.integers(0, 600 * 24).map(lambda hours: START + timedelta(hours=hours))
LEDGERS = st.sampled_from(
    [
        ledger(),
        ledger(MONTHLY),
        ledger(ONCE, since="2023-02-01"),
        (*ledger(CONTINUOUS, until="2023-06-30"), change("2023-03-09 10:00"), change("2023-03-14 10:00")),
    ]
)
COLUMNS = frozenset("ab")
REQUIREMENTS = st.builds(
    Requirements,
    unchanged_allowed=st.booleans(),
    columns=st.sampled_from([frozenset(), COLUMNS]),
    places=st.sampled_from([frozenset({Place.portal}), frozenset(Place)]),
    territorial=st.booleans(),
    regions=st.just(frozenset({"1703"})),
    attestation_limit=st.integers(0, 2),
    region_column=st.sampled_from(["soato", None]),
)
MET = frozenset({Status.on_time, Status.late_met})


@st.composite
def events(draw, instants=INSTANTS, covers=True) -> list[DataEvent]:
    """Events recorded as they happened."""
    moments = draw(st.lists(instants, max_size=8, unique=True))
    return [draw(_event(f"e{number}", moment, covers)) for number, moment in enumerate(moments)]


@st.composite
def _event(draw, name, moment, covers) -> DataEvent:
    kind = draw(st.sampled_from([EventKind.changed, EventKind.changed, *EventKind]))
    good = Grade.attested if kind is EventKind.attested else Grade.measured
    return DataEvent(
        id=name,
        kind=kind,
        at=moment,
        recorded_at=moment,
        place=draw(st.sampled_from(list(Place))),
        content_hash=draw(st.sampled_from("pqrst")),
        columns=draw(st.sampled_from([None, frozenset("a"), COLUMNS])),
        regions=draw(st.sampled_from([None, frozenset(), frozenset({"1703"})])),
        grade=draw(st.sampled_from([good, good, *Grade])),
        live_read_at=draw(st.sampled_from([None, moment])),
        covers=draw(st.sampled_from([None, *map(Period.parse, ("2023-Q1", "2023"))])) if covers else None,
    )


@st.composite
def told(draw, **more) -> Facts:
    rows = draw(LEDGERS)
    return Facts(
        deadlines=rows,
        events=tuple(draw(events(**more))),
        requirements=draw(REQUIREMENTS),
        published_from=draw(st.sampled_from([LINKED, None, at("2023-04-20")])),
    )


FAULTS = st.one_of(
    st.lists(st.builds(Fault, INSTANTS, st.none() | INSTANTS, INSTANTS), max_size=1),
    st.lists(INSTANTS, min_size=4, max_size=6, unique=True).map(
        lambda ends: [Fault(*pair, pair[1]) for pair in zip(*[iter(sorted(ends))] * 2, strict=False)]
    ),
)
"""One, told at any time, or several apart from each other, each told when it is over."""


def acts(rows):
    """Everything that may bear on deadlines without editing them."""
    ids = st.sampled_from([row.id for row in rows])
    return st.fixed_dictionaries(
        {
            "notices": st.lists(
                st.builds(Notice, ids, st.sampled_from(list(NoticeKind)), INSTANTS, INSTANTS), max_size=2
            ),
            "exemptions": st.lists(st.builds(Exemption, INSTANTS, deadline_id=ids), max_size=2),
            "objections": st.lists(st.builds(Objection, ids, INSTANTS, st.none() | INSTANTS), max_size=2),
            "faults": FAULTS,
            "forces": st.lists(st.builds(Force, INSTANTS, INSTANTS, st.none() | INSTANTS), max_size=1),
        }
    ).map(lambda found: {name: tuple(rows) for name, rows in found.items()})


@given(told(), INSTANTS, INSTANTS)
def test_once_met_stays_met(facts, one, other):
    earlier, later = sorted((one, other))
    facts = replace(facts, published_from=LINKED)
    after = {row.deadline.id: row for row in assess(facts, later)}
    for row in assess(facts, earlier):
        # of a term due once that has not begun, what is live may still be taken away
        if row.is_met and row.deadline.start_at <= earlier:
            assert replace(after[row.deadline.id], nearest=None) == replace(row, nearest=None)


@given(told(), INSTANTS)
def test_unknown_is_never_compliant(facts, as_of):
    for row in assess(facts, as_of):
        undefined = facts.requirements.is_coverage_undefined
        assert not (undefined and row.is_met)
        assert not (row.status is Status.unknown and (row.is_met or row.is_kept))
        if row.event is not None:
            assert row.event.grade in {Grade.measured, Grade.attested}


@given(told(), INSTANTS)
def test_an_event_counts_once_and_confirms_one_month_beside_it(facts, as_of):
    met = [(row.deadline.kind, row.event.id) for row in assess(facts, as_of) if row.event is not None]
    assert len(met) == len(set(met))
    assert len({id_ for _, id_ in met}) == len(met) or facts.deadlines[0].frequency == "continuous"


@given(st.data(), told(), INSTANTS)
def test_freeing_a_deadline_never_makes_another_one_worse(data, facts, as_of):
    freed = Exemption(START, deadline_id=data.draw(st.sampled_from(facts.deadlines)).id)
    before, after = assess(facts, as_of), assess(replace(facts, exemptions=(freed,)), as_of)
    for old, new in zip(before, after, strict=True):
        if new.status is not Status.exempt and old.is_met:
            assert new.is_met
            assert new.met_at <= old.met_at


@settings(max_examples=30)
@given(st.sets(st.integers(0, 150), max_size=150))
def test_who_publishes_each_change_and_reads_daily_is_never_red(changes):
    days = [at("2023-01-02 10:00") + timedelta(days=number) for number in range(151)]
    rows = [*ledger(CONTINUOUS, until="2023-06-30")]
    loads: list[DataEvent] = []
    for number, day in enumerate(days):
        run = day + timedelta(hours=13)
        rows += [change(f"{day:%Y-%m-%d %H:%M}", recorded_at=run)] if number in changes else []
        kind = EventKind.changed if number in changes else EventKind.unchanged
        loads.append(DataEvent(f"e{number}", kind, run, run, content_hash=str(number), live_read_at=run))
    facts = Facts(tuple(rows), tuple(loads), Requirements(unchanged_allowed=True), LINKED)
    found = assess(facts, days[-1] + timedelta(hours=14))
    assert {row.status for row in found} == {Status.on_time, Status.awaiting}


@given(told(covers=False), INSTANTS)
def test_a_late_upload_whitens_nothing(facts, as_of):
    for row in assess(facts, as_of):
        if row.is_met:
            assert row.is_kept == (row.met_at <= row.deadline.grace_until)
            assert row.missed == (not row.is_kept and as_of > row.deadline.grace_until)


@given(told(), INSTANTS, st.sampled_from(["failed", "declared", "later"]))
def test_a_bad_event_improves_nothing(facts, as_of, fault):
    moment = START + timedelta(days=150, minutes=7)
    bad = DataEvent("bad", EventKind.changed, moment, moment, content_hash="bad", columns=COLUMNS)
    if fault == "failed":
        bad = replace(bad, kind=EventKind.failed)
    elif fault == "declared":
        bad = replace(bad, grade=Grade.declared)
    else:
        bad = replace(bad, recorded_at=as_of + timedelta(seconds=1))
    # an event only shows itself once something was linked: a failed one is no publication either
    facts = replace(facts, published_from=LINKED)
    before, after = assess(facts, as_of), assess(replace(facts, events=(*facts.events, bad)), as_of)
    assert [row.status for row in before] == [row.status for row in after]


ORDER = {name: rank for rank, name in enumerate(["awaiting", "due", "in_grace", "overdue", "delinquent"])}


@given(LEDGERS, st.lists(INSTANTS, min_size=2, max_size=6), st.booleans())
def test_time_only_worsens_what_stays_undone(rows, instants, linked):
    facts = Facts(rows, published_from=LINKED if linked else None)
    ranks = dict(ORDER) if linked else {"awaiting": 0, "due": 1, "in_grace": 2, "not_published": 3}
    found = [[ranks[row.status] for row in assess(facts, as_of)] for as_of in sorted(instants)]
    for earlier, later in zip(found, found[1:], strict=False):
        assert all(one <= other for one, other in zip(earlier, later, strict=True))


@given(st.data(), told(), INSTANTS)
def test_input_order_is_of_no_account(data, facts, as_of):
    more = data.draw(acts(facts.deadlines))
    facts = replace(facts, **more)
    names = ("deadlines", "events", *more)
    shuffled = {name: tuple(data.draw(st.permutations(getattr(facts, name)))) for name in names}
    assert assess(replace(facts, **shuffled), as_of) == assess(facts, as_of)


@given(st.data(), told(), INSTANTS, INSTANTS)
def test_what_is_recorded_later_is_not_seen(data, facts, one, other):
    as_of, later = sorted((one, other))
    more = data.draw(acts(facts.deadlines))
    past = {
        name: tuple(replace(row, recorded_at=later + timedelta(hours=1)) for row in rows)
        for name, rows in more.items()
    }
    assert assess(replace(facts, **past), as_of) == assess(facts, as_of)


@given(st.data(), told(), INSTANTS)
def test_what_our_faults_took_is_given_back_and_nothing_else(data, facts, as_of):
    facts = replace(facts, **data.draw(acts(facts.deadlines)))
    faults = [fault for fault in facts.faults if fault.recorded_at <= as_of]
    versions = (assess_1(facts, as_of), assess_2(facts, as_of), assess(facts, as_of))
    is_early = any(row.deadline.grace_until < row.deadline.end_at for row in versions[2])
    for rows in zip(*versions, strict=True):
        for old, new in zip(rows, rows[1:], strict=False):
            known = {"kept_until": old.kept_until, "missed": old.missed}
            assert replace(new, **known, status=old.status, computed=old.computed) == old
            assert old.is_kept <= new.is_kept
            assert new.missed <= old.missed
            assert new.computed == old.computed or (old.computed, new.computed) == ("delinquent", "overdue")
        assert faults or rows[1] == rows[0]
        assert len(faults) > 1 or is_early or rows[2] == rows[1]
        due, given = rows[2].deadline, rows[2].kept_until or rows[2].deadline.grace_until
        if rows[2].is_kept != rows[0].is_kept:
            assert any(fault.holds_at(due.grace_until) for fault in faults)
            assert not any(fault.holds_at(given) for fault in faults)


@given(st.data(), told(), INSTANTS)
def test_display_covers_and_does_not_change(data, facts, as_of):
    more = data.draw(acts(facts.deadlines))
    bare = {
        row.deadline.id: row
        for row in assess(replace(facts, **{**more, "exemptions": (), "objections": ()}), as_of)
    }
    for row in assess(replace(facts, **more), as_of):
        assert row.counts == (row.status is not Status.exempt)
        if row.reason in ("void", "not_in_force"):
            continue
        assert row.met_at == bare[row.deadline.id].met_at
        assert (row.computed in MET) == row.is_met
        assert row.computed not in (Status.exempt, Status.contested)
        assert row.status in (row.computed, Status.exempt, Status.contested)


@settings(max_examples=200)
@given(told(covers=False), INSTANTS)
def test_the_sweep_equals_the_plain_reading_of_the_law(facts, as_of):
    facts = replace(
        facts, published_from=LINKED, deadlines=tuple(row for row in facts.deadlines if not row.is_once)
    )
    required = facts.requirements
    met = [_plain(facts, required, place, as_of) for place in sorted(required.places)]
    for row in assess(facts, as_of):
        found = [by_id.get(row.deadline.id) for by_id in met]
        assert row.met_at == (max(found) if None not in found else None)


def _plain(facts, required, place, as_of):
    """Each event in its time, each deadline from the oldest: the slow words of DESIGN section 5."""
    history, met = History(), {}
    rows = sorted(facts.deadlines, key=lambda row: (row.end_at, row.kind, row.id))
    stamps = sorted(row.end_at for row in rows if row.kind == "change")
    seen = [event for event in facts.events if event.place is place and event.at <= as_of]
    for event in sorted(seen, key=lambda event: event.at):
        target = None
        for row in rows:
            following = [stamp for stamp in stamps if stamp > row.end_at] or [row.end_at]
            next_end = following[0] if row.kind == "change" else row.next_end()
            after, until = row.window(next_end)
            begun = after <= event.at if row.kind == "change" else after < event.at
            fits = begun and event.at <= until and row.id not in met
            if fits and refusal(event, row, required, history) is None:
                target, met[row.id] = row, event.at
                break
        history.add(event, target)
    return met


def test_the_laws_are_tried_on_met_deadlines_too():
    moment = at("2023-04-10")
    event = DataEvent("e", EventKind.changed, moment, moment, content_hash="a")
    assert (
        assess(Facts(ledger(QUARTERLY), (event,), published_from=LINKED), at("2023-04-11"))[0].status in MET
    )
