"""When an item falls due: a frequency and a due rule (the column "term" of Decree DP-6247, annex 1)."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ckanext.roadmap.domain.errors import TermError


class Frequency(StrEnum):
    """How often an item is owed."""

    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"
    quarterly = "quarterly"
    half_yearly = "half_yearly"
    annual = "annual"
    continuous = "continuous"
    once = "once"


@dataclass(frozen=True, slots=True)
class DaysAfter:
    """So many days after the period ends."""

    days: int
    working: bool = False

    def __str__(self) -> str:
        return f"{_days(self.days, self.working)} after period end"


@dataclass(frozen=True, slots=True)
class ByDate:
    """By a day of the year after the period, that day included ("annually, until 1 March")."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"by {self.day} {month_name[self.month]}"


@dataclass(frozen=True, slots=True)
class WithinOfChange:
    """So many days after the source changed; a monthly confirmation is due as long after its month."""

    days: int
    working: bool = False

    def __str__(self) -> str:
        return f"within {_days(self.days, self.working)} of change"


@dataclass(frozen=True, slots=True)
class Until:
    """By one date, once, that day included."""

    date: date

    def __str__(self) -> str:
        return f"by {self.date.isoformat()}"


DueRule = DaysAfter | ByDate | WithinOfChange | Until


@dataclass(frozen=True, slots=True)
class Term:
    """A frequency with the due rule that fits it."""

    frequency: Frequency
    rule: DueRule

    def __post_init__(self) -> None:
        if not isinstance(self.rule, _accepted(self.frequency)):
            raise unfit(self.frequency, str(self.rule))

    @classmethod
    def parse(cls, frequency: str, due_rule: str) -> Term:
        """Read a term as the approved list writes it; raises TermError naming what is accepted."""
        known = parse_frequency(frequency)
        words = " ".join(due_rule.lower().split())
        for pattern, build in _PATTERNS:
            if match := pattern.fullmatch(words):
                return cls(known, build(match, due_rule))
        raise unfit(known, due_rule)


def parse_frequency(value: str) -> Frequency:
    """Read a frequency ("half-yearly" and "half_yearly" alike)."""
    word = value.strip().lower().replace("-", "_").replace(" ", "_")
    if word in list(Frequency):
        return Frequency(word)
    accepted = ", ".join(Frequency)
    text = f'Frequency "{value}" is unknown. Write one of: {accepted}.'
    raise TermError("frequency_unknown", text, value=value, accepted=accepted)


def _days(days: int, working: bool) -> str:
    return f"{days} {'working ' if working else ''}{'day' if days == 1 else 'days'}"


def _accepted(frequency: Frequency) -> tuple[type[DueRule], ...]:
    if frequency is Frequency.continuous:
        return (WithinOfChange,)
    if frequency is Frequency.once:
        return (Until,)
    return (DaysAfter, ByDate) if frequency is Frequency.annual else (DaysAfter,)


_EXAMPLES: dict[type[DueRule], str] = {
    DaysAfter: '"15 days after period end" or "10 working days after period end"',
    ByDate: '"by 1 March"',
    WithinOfChange: '"within 3 working days of change"',
    Until: '"by 2026-05-01"',
}


def unfit(frequency: Frequency, due_rule: str) -> TermError:
    """The refusal of a due rule, with what is accepted for the frequency."""
    accepted = " or ".join(_EXAMPLES[kind] for kind in _accepted(frequency))
    text = f'Due rule "{due_rule}" does not fit frequency "{frequency}". Write {accepted}.'
    return TermError("due_rule_unfit", text, value=due_rule, frequency=str(frequency), accepted=accepted)


def _count(match: re.Match[str], due_rule: str) -> tuple[int, bool]:
    days = int(match["days"])
    if not 1 <= days <= 366:
        text = f'Due rule "{due_rule}" counts {days} days. Write a number from 1 to 366.'
        raise TermError("days_out_of_range", text, value=due_rule, days=days)
    return days, bool(match["working"])


def _named_day(match: re.Match[str], due_rule: str) -> ByDate:
    month = _MONTHS[match["month"] or match["month2"]]
    day = int(match["day"] or match["day2"])
    if not 1 <= day <= monthrange(2024, month)[1]:
        raise _no_such_date(due_rule)
    return ByDate(month, day)


def _one_date(match: re.Match[str], due_rule: str) -> Until:
    try:
        return Until(date.fromisoformat(match["date"]))
    except ValueError:
        raise _no_such_date(due_rule) from None


def _no_such_date(due_rule: str) -> TermError:
    text = f'Due rule "{due_rule}" names a day that does not exist. Correct the date.'
    return TermError("no_such_date", text, value=due_rule)


_MONTHS = {month_name[number].lower(): number for number in range(1, 13)}
_COUNT = r"(?P<days>\d{1,4}) (?P<working>working )?days?"
_END = r"(?:the )?(?:end of (?:the )?period|period end)"
_MONTH = "|".join(_MONTHS)
_DAY = rf"(?:(?P<day>\d{{1,2}}) (?P<month>{_MONTH})|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}}))"
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], DueRule]], ...] = (
    (re.compile(rf"{_COUNT} after {_END}"), lambda match, s: DaysAfter(*_count(match, s))),
    (
        re.compile(rf"within {_COUNT} of (?:a )?change"),
        lambda match, s: WithinOfChange(*_count(match, s)),
    ),
    (re.compile(rf"(?:by|until) {_DAY}"), _named_day),
    (re.compile(r"(?:by|until) (?P<date>\d{4}-\d{2}-\d{2})"), _one_date),
)
