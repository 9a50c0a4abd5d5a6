"""Terms and periods in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ckanext.roadmap.domain.errors import TermError
from ckanext.roadmap.domain.term import ByDate, DaysAfter, Term, Until

from .marks import Message, counted, plain
from .marks import mark as _
from .marks import mark_plural as ngettext


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day without its year, written by the border in the reader's language."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class MonthOfYear:
    """A month with its year, written by the border in the reader's language."""

    year: int
    month: int


def due_rule(frequency: str, rule: str) -> Message:
    """When the data are due, in words; a rule nobody understands is shown as it was written."""
    try:
        term = Term.parse(frequency, rule)
    except TermError:
        return plain("{rule}", rule=rule)
    return _rule_in_words(term)


def any_due_rule(rule: str) -> Message:
    """A due rule in words, whatever frequency it belongs to."""
    told = (due_rule(frequency, rule) for frequency in _ONE_OF_EACH)
    return next((message for message in told if "rule" not in message.params), plain("{rule}", rule=rule))


def _rule_in_words(term: Term) -> Message:
    rule = term.rule
    if isinstance(rule, ByDate):
        return plain(_("by {date} of the next year"), date=DayOfYear(rule.month, rule.day))
    if isinstance(rule, Until):
        return plain(_("by {date}"), date=rule.date)
    if isinstance(rule, DaysAfter):
        return counted(_AFTER_WORKING if rule.working else _AFTER, rule.days)
    return counted(_OF_CHANGE_WORKING if rule.working else _OF_CHANGE, rule.days)


_ONE_OF_EACH = ("quarterly", "annual", "continuous", "once")
_AFTER = ngettext("within {count} day after the period ends", "within {count} days after the period ends")
_AFTER_WORKING = ngettext(
    "within {count} working day after the period ends", "within {count} working days after the period ends"
)
_OF_CHANGE = ngettext("within {count} day of a change", "within {count} days of a change")
_OF_CHANGE_WORKING = ngettext(
    "within {count} working day of a change", "within {count} working days of a change"
)

_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-W(?P<week>\d{2})|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?"
)


def period(code: str) -> Message:
    """A period's code in words."""
    match = _PERIOD.fullmatch(code)
    if match is None:
        return plain(_("once")) if code == "once" else plain("{code}", code=code)
    year = match["year"]
    for name, text in _PARTS.items():
        if match[name]:
            return plain(text, year=year, number=int(match[name]))
    return _calendar_words(year, match["month"], match["day"])


def _calendar_words(year: str, month: str | None, day: str | None) -> Message:
    if month is None:
        return plain("{year}", year=year)
    if day is None:
        return plain("{month}", month=MonthOfYear(int(year), int(month)))
    return plain("{date}", date=date(int(year), int(month), int(day)))


_PARTS = {
    "quarter": _("Q{number} {year}"),
    "half": _("half-year {number} of {year}"),
    "week": _("week {number} of {year}"),
}
