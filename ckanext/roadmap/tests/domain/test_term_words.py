"""Terms as laws write them, in four written languages."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.errors import TermError
from ckanext.roadmap.domain.script import to_cyrillic
from ckanext.roadmap.domain.term import Frequency, Term
from ckanext.roadmap.domain.term_words import USUAL_RULES, read_term

READ = [
    ("har chorakda", "", "quarterly", "15 days after period end"),
    ("йилда бир марта 1 мартга қадар", "", "annual", "by 1 March"),
    ("ежеквартально, до 15 числа", "", "quarterly", "15 days after period end"),
    ("annually, until 1 March", "", "annual", "by 1 March"),
    ("on a regular basis", "", "continuous", "within 3 working days of change"),
    ("har chorakda", "15-sanaga qadar", "quarterly", "15 days after period end"),
    ("har oyda", "10 ish kuni ichida", "monthly", "10 working days after period end"),
    ("har oyning 25-sanasigacha", "", "monthly", "25 days after period end"),
    ("yilda bir marta 1-mayga qadar", "", "annual", "by 1 May"),
    ("yilda bir marta", "1-martdan kechiktirmay", "annual", "by 1 March"),
    ("yarim yillik", "30 kun ichida", "half_yearly", "30 days after period end"),
    ("doimiy ravishda", "o'zgargandan keyin 3 ish kuni ichida", "continuous", "within 3 working days of change"),
    ("muntazam ravishda", "", "continuous", "within 3 working days of change"),
    ("bir marta", "2026-yil 1-mayga qadar", "once", "by 2026-05-01"),
    ("bir marta", "2026-05-01", "once", "by 2026-05-01"),
    ("har kuni", "", "daily", "1 day after period end"),
    ("ежегодно", "до 1 марта", "annual", "by 1 March"),
    ("раз в полгода", "в течение 20 рабочих дней", "half_yearly", "20 working days after period end"),
    ("еженедельно", "", "weekly", "3 days after period end"),
    ("единовременно", "до 1 мая 2026 года", "once", "by 2026-05-01"),
    ("на постоянной основе", "в течение 5 дней", "continuous", "within 5 days of change"),
    ("monthly", "by the 10th", "monthly", "10 days after period end"),
    ("once a year", "by March 1", "annual", "by 1 March"),
    ("quarterly", "15 days after period end", "quarterly", "15 days after period end"),
]  # fmt: skip
REFUSED = [
    ("quarterly", "soon"),
    ("quarterly", ""),
    ("annual", "by 31 Marchh"),
    ("quaterly", "15 days after period end"),
    ("har chorakda", "1 martgacha"),
    ("раз в год, до 31 февраля", ""),
    ("bir marta", ""),
    ("quarterly", "15"),
    ("quarterly", "в кратчайший срок"),
    ("annual", "by 1 March or 1 April"),
    ("может быть", ""),
    ("har oyda", "999 kun ichida"),
    ("", ""),
]


@pytest.mark.parametrize(("frequency", "rule", "found", "written"), READ)
def test_read(frequency, rule, found, written):
    assert read_term(frequency, rule) == Term.parse(found, written)


@pytest.mark.parametrize(
    ("frequency", "rule", "found", "written"),
    [row for row in READ if row[0].startswith(("har", "yarim", "doimiy", "muntazam", "yilda", "bir"))],
)
def test_uzbek_reads_alike_in_both_scripts(frequency, rule, found, written):
    assert read_term(to_cyrillic(frequency), to_cyrillic(rule)) == Term.parse(found, written)


@pytest.mark.parametrize(("frequency", "rule"), REFUSED)
def test_refused_with_what_is_accepted(frequency, rule):
    with pytest.raises(TermError, match="Write "):
        read_term(frequency, rule)


def test_usual_rules_fit_their_frequencies():
    for frequency, rule in USUAL_RULES.items():
        assert Term(frequency, rule)
    assert set(Frequency) - set(USUAL_RULES) == {Frequency.once}


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_but_a_term_error(frequency, rule):
    with suppress(TermError):
        read_term(frequency, rule)


@given(
    st.lists(
        st.sampled_from(["har", "chorak", "1", "31", "2026", "0", "٣", "mart", "мая", "день", "до", "числа", "once", "yil"]),
        max_size=7,
    )
)  # fmt: skip
def test_words_in_any_order_give_a_term_or_a_term_error(words):
    try:
        term = read_term(" ".join(words), "")
    except TermError:
        return
    assert Term.parse(term.frequency, str(term.rule)) == term
