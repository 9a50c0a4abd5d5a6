"""Every code has a word; terms and periods read as sentences."""

from __future__ import annotations

from datetime import date

import pytest

from ckanext.roadmap.domain.assessment import Status
from ckanext.roadmap.domain.body import BodyKind
from ckanext.roadmap.domain.event import EventKind, Grade, Place
from ckanext.roadmap.domain.reason import Reason
from ckanext.roadmap.domain.term import Frequency
from ckanext.roadmap.presentation import bodies, evidence, labels, rhythms, runs, terms
from ckanext.roadmap.tests.presentation import canned


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (labels.STATUSES, Status),
        (labels.STATUS_MEANINGS, Status),
        (labels.STATUS_ICONS, Status),
        (labels.KINDS, BodyKind),
        (labels.FREQUENCIES, Frequency),
        (labels.PLACES, Place),
        (evidence.EVENTS, EventKind),
        (evidence.GRADES, Grade),
        (evidence.GRADE_MEANINGS, Grade),
        (evidence.REASONS, Reason),
    ],
)
def test_every_code_has_a_word_and_no_word_lacks_a_code(words, codes):
    assert set(words) == {str(code) for code in codes}


def test_every_status_has_its_column():
    assert sorted(bodies.WORST_FIRST) == sorted(labels.STATUSES)


def test_no_two_statuses_share_a_shape():
    assert len(set(labels.STATUS_ICONS.values())) == len(labels.STATUS_ICONS)


@pytest.mark.parametrize(
    ("frequency", "rule", "text", "count"),
    [
        ("quarterly", "15 days after period end", "within {count} days after the period ends", 15),
        (
            "monthly",
            "10 working days after period end",
            "within {count} working days after the period ends",
            10,
        ),
        ("continuous", "within 3 working days of change", "within {count} working days of a change", 3),
        ("continuous", "within 1 day of change", "within {count} days of a change", 1),
    ],
)
def test_counted_terms(frequency, rule, text, count):
    message = terms.due_rule(frequency, rule)
    assert (message.plural, message.count) == (text, count)


def test_dated_terms():
    assert terms.due_rule("annual", "by 1 March").params == {"date": terms.DayOfYear(3, 1)}
    assert terms.due_rule("once", "by 2026-05-01").params == {"date": date(2026, 5, 1)}


def test_a_rule_nobody_understands_is_shown_as_written():
    assert terms.due_rule("annual", "some day").params == {"rule": "some day"}


@pytest.mark.parametrize(
    ("code", "text", "params"),
    [
        ("2023", "{year}", {"year": "2023"}),
        ("2023-Q2", "Q{number} {year}", {"year": "2023", "number": 2}),
        ("2023-H1", "half-year {number} of {year}", {"year": "2023", "number": 1}),
        ("2023-W05", "week {number} of {year}", {"year": "2023", "number": 5}),
        ("2023-03", "{month}", {"month": terms.MonthOfYear(2023, 3)}),
        ("2023-03-14", "{date}", {"date": date(2023, 3, 14)}),
        ("once", "once", {}),
        ("strange", "{code}", {"code": "strange"}),
    ],
)
def test_periods(code, text, params):
    message = terms.period(code)
    assert (message.singular, dict(message.params)) == (text, params)


class TestRuns:
    def test_a_running_run_says_so(self):
        assert runs.outcome(canned.run(None)) == "running"

    def test_figures_leave_out_what_is_not_known(self):
        names = [label for label, _value in runs.figures(canned.run(rows_before=None, bytes=None))]
        assert names == ["Rows read", "Rows added", "Rows changed", "Rows removed"]

    def test_the_phase_that_failed_is_marked(self):
        marked = [phase for phase, _seconds, here in runs.phases(canned.run("failed")) if here]
        assert marked == ["extract"]

    def test_no_phase_is_marked_once_it_is_done(self):
        assert not any(here for *_rest, here in runs.phases(canned.run("applied", phase="done")))


def test_hours_in_words_and_what_is_no_hour():
    told = rhythms.in_words("5 7-19 * * mon-fri")
    assert told.singular == rhythms.HOURS["mon-fri"]
    assert told.params == {"opens": "07:05", "closes": "19:05"}
    assert rhythms.in_words("0 7-31 * * *").singular == rhythms.WORDS["own"]
