"""Terms as laws write them, in Uzbek (both scripts), Russian and English; the one place that reads them.

A law often says only how often ("har chorakda", "on a regular basis"); then the usual rule below holds.
A list that gives a frequency by its code ("quarterly") has to give the due rule, too.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from ckanext.roadmap.domain.errors import TermError
from ckanext.roadmap.domain.script import fold
from ckanext.roadmap.domain.term import (
    ByDate,
    DaysAfter,
    DueRule,
    Frequency,
    Term,
    Until,
    WithinOfChange,
    unfit,
)

USUAL_RULES: dict[Frequency, DueRule] = {
    Frequency.daily: DaysAfter(1),
    Frequency.weekly: DaysAfter(3),
    Frequency.monthly: DaysAfter(10),
    Frequency.quarterly: DaysAfter(15),
    Frequency.half_yearly: DaysAfter(30),
    Frequency.annual: ByDate(3, 1),
    Frequency.continuous: WithinOfChange(3, working=True),
}
# The first that occurs decides, so a phrase stands before those it contains.
_FREQUENCIES: tuple[tuple[Frequency, str], ...] = (
    (Frequency.half_yearly, "har yarim yil|yarim yillik|yiliga ikki marta|yilda ikki marta|полугоди"
     "|раз в полгода|два раза в год|half-yearly|half yearly|half a year|semi-annual|twice a year"),
    (Frequency.quarterly, "chorak|ежекварт|раз в квартал|каждый квартал|quarterly|every quarter"),
    (Frequency.monthly, "har oy|oylik|oyiga bir|oyda bir|ежемесячн|раз в месяц|каждый месяц|monthly"
     "|every month"),
    (Frequency.weekly, "har hafta|haftalik|haftada bir|еженедельн|раз в неделю|weekly|every week"),
    (Frequency.daily, "har kun|kunlik|kundalik|ежедневн|каждый день|daily|every day"),
    (Frequency.annual, "har yil|yilda bir|yiliga bir|yillik|ежегодн|раз в год|каждый год|annual|yearly"
     "|every year|once a year"),
    (Frequency.continuous, "doimiy|muntazam|постоянн|регулярн|regular|continuous|permanent"),
    (Frequency.once, "bir marta|bir martalik|единовременн|однократн|once|one-time|one time"),
)  # fmt: skip
_MONTHS = (
    "yanvar|январ|january$", "fevral|феврал|february$", "mart|март|march$", "aprel|апрел|april$",
    "may|май$|мая$", "iyun|июн|june$", "iyul|июл|july$", "avgust|август|august$",
    "sentabr|sentyabr|сентябр|september$", "oktabr|oktyabr|октябр|october$",
    "noyabr|ноябр|november$", "dekabr|декабр|december$",
)  # fmt: skip
_BY = "qadar|gacha|kechiktirmay|до|не позднее|by|until|before"
_WORKING = "ish|рабоч|working|business"
_DAY = "kun|день|дня|дней|day"
_OF_MONTH = "sana|числ"
_WITHIN_WORDS = "ichida|davomida|keyin|so'ng|в течение|через|после|within|after"
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['`´ʹʻʼʽˈ‘’‛′＇][^\W\d_]+)*")
_NUMBER = re.compile(r"(?<= )\d+(?= )")
# "bir marta" (one time) is not 1 March
_TIMES = re.compile(r" (?:bir|ikki|uch) marta[^ ]*(?= )")
_ISO = re.compile(r"\b([12]\d{3})-(\d{2})-(\d{2})\b", re.ASCII)


def read_term(frequency: str, due_rule: str) -> Term:
    """Read a term from one or two cells of a list; the canonical English form is read as it is.

    :raises TermError: what is written is not understood, with what is accepted
    """
    try:
        return Term.parse(frequency, due_rule)
    except TermError:
        found = _frequency(frequency)
        if found is None:
            raise
    rule = _rule(found, f"{frequency} {due_rule}", needed=bool(due_rule.strip()) or _is_code(frequency))
    if rule is None:
        raise unfit(found, due_rule or frequency)
    return Term(found, rule)


def _is_code(frequency: str) -> bool:
    return frequency.strip().lower().replace("-", "_") in list(Frequency)


def _frequency(text: str) -> Frequency | None:
    words = _words(text)
    return next((known for known, phrases in _FREQUENCIES if _holds(words, phrases)), None)


def _rule(frequency: Frequency, text: str, *, needed: bool) -> DueRule | None:
    """The due rule that a text names; without any number, and if none is needed, the usual one."""
    iso = _ISO.search(text)
    if iso:
        return _until(int(iso[1]), int(iso[2]), int(iso[3]))
    words = _words(text)
    numbers = re.findall(_NUMBER, words)
    if not numbers:
        named = needed or _holds(words, _BY) or _holds(words, _WITHIN_WORDS)
        return None if named else USUAL_RULES.get(frequency)
    dated = _TIMES.sub(" ", words)
    months = [place for place, names in enumerate(_MONTHS, 1) if _holds(dated, names)]
    if months:
        return _dated(re.findall(_NUMBER, dated), months[0]) if len(months) == 1 else None
    return _counted(frequency, words, numbers)


def _dated(numbers: list[str], month: int) -> DueRule | None:
    years = [int(number) for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if len(number) < 3]
    if len(days) != 1 or len(years) > 1 or len(days) + len(years) != len(numbers):
        return None
    if years:
        return _until(years[0], month, days[0])
    return ByDate(month, days[0]) if _until(2024, month, days[0]) else None


def _counted(frequency: Frequency, words: str, numbers: list[str]) -> DueRule | None:
    if len(numbers) != 1 or not 1 <= int(numbers[0][:4]) <= 366:
        return None
    days = int(numbers[0])
    if _holds(words, _DAY):
        working = _holds(words, _WORKING)
        return (
            WithinOfChange(days, working) if frequency is Frequency.continuous else DaysAfter(days, working)
        )
    # "until the 15th": of the month after the period, which is as many days after its end
    if days <= 31 and (_holds(words, _OF_MONTH) or re.search(r" \d+ (?:th|st|nd|rd) ", words)):
        return DaysAfter(days)
    return None


def _until(year: int, month: int, day: int) -> Until | None:
    try:
        return Until(date(year, month, day))
    except ValueError:
        return None


def _words(text: str) -> str:
    """The words of a text in one script, with a space around each."""
    return f" {' '.join(fold(token) or token for token in _TOKEN.findall(text))} "


def _holds(words: str, phrases: str) -> bool:
    """Whether one of the phrases occurs, whatever endings its words have ("$": none)."""
    return any(_pattern(phrase).search(words) for phrase in phrases.split("|"))


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = [re.escape(fold(token)) for token in _TOKEN.findall(phrase)]
    ending = "(?= )" if phrase.endswith("$") else "[^ ]*"
    return re.compile("".join(f" {part}{ending}" for part in parts))
