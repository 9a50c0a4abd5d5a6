"""Terms as the approved list writes them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.errors import TermError
from ckanext.roadmap.domain.term import ByDate, DaysAfter, Frequency, Term, Until, WithinOfChange

DAYS = st.integers(1, 366)
PERIODIC = [item for item in Frequency if item not in (Frequency.continuous, Frequency.once)]
LEAP_YEAR = st.dates(date(2024, 1, 1), date(2024, 12, 31))


@st.composite
def terms(draw) -> Term:
    frequency = draw(st.sampled_from(list(Frequency)))
    if frequency is Frequency.continuous:
        return Term(frequency, WithinOfChange(draw(DAYS), draw(st.booleans())))
    if frequency is Frequency.once:
        return Term(frequency, Until(draw(st.dates(date(1990, 1, 1), date(2100, 1, 1)))))
    by_date = st.builds(lambda day: ByDate(day.month, day.day), LEAP_YEAR)
    after = st.builds(DaysAfter, DAYS, st.booleans())
    return Term(frequency, draw(st.one_of(after, by_date) if frequency is Frequency.annual else after))


@given(terms())
def test_the_canonical_rule_reads_back(term):
    assert Term.parse(str(term.frequency), str(term.rule)) == term


@pytest.mark.parametrize(
    ("frequency", "rule", "expected"),
    [
        ("Quarterly", "15 days after period end", DaysAfter(15)),
        ("daily", "1 day after period end", DaysAfter(1)),
        ("half-yearly", "10  Working days after the period end", DaysAfter(10, working=True)),
        ("annual", "by 1 March", ByDate(3, 1)),
        ("annual", "until March 1", ByDate(3, 1)),
        ("annual", "by 29 February", ByDate(2, 29)),
        ("continuous", "within 3 working days of change", WithinOfChange(3, working=True)),
        ("once", "by 2026-05-01", Until(date(2026, 5, 1))),
    ],
)
def test_accepted(frequency, rule, expected):
    assert Term.parse(frequency, rule).rule == expected


@pytest.mark.parametrize(
    ("frequency", "rule", "code", "told"),
    [
        ("sometimes", "by 1 March", "frequency_unknown", "daily, weekly"),
        ("quarterly", "soon", "due_rule_unfit", "15 days after period end"),
        ("quarterly", "by 1 March", "due_rule_unfit", "15 days after period end"),
        ("annual", "within 3 days of change", "due_rule_unfit", "by 1 March"),
        ("continuous", "5 days after period end", "due_rule_unfit", "within 3 working days of change"),
        ("once", "by 1 March", "due_rule_unfit", "by 2026-05-01"),
        ("annual", "by 30 February", "no_such_date", "Correct the date"),
        ("once", "by 2026-02-30", "no_such_date", "Correct the date"),
        ("daily", "0 days after period end", "days_out_of_range", "1 to 366"),
        ("daily", "400 days after period end", "days_out_of_range", "1 to 366"),
        ("annual", "", "due_rule_unfit", "by 1 March"),
    ],
)
def test_refused_with_a_remedy(frequency, rule, code, told):
    with pytest.raises(TermError) as error:
        Term.parse(frequency, rule)
    assert error.value.code == code
    assert told in str(error.value)


@given(st.text(max_size=40), st.sampled_from(PERIODIC))
def test_nonsense_ends_in_a_term_error(rule, frequency):
    with pytest.raises(TermError) as error:
        Term.parse(str(frequency), f"?{rule}")
    assert error.value.params["value"] == f"?{rule}"
