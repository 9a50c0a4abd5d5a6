"""Sums of the country at the end of past days: kept beside what was shown then, as what instants start from.

They are of all spheres: of each body in the last two quarters, of all together in as many as a page tells.
They hold while the results of that time are what they were; where those change, `told_past` takes them away.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain import verdict
from ckanext.roadmap.domain.figures import Figures
from ckanext.roadmap.domain.lateness import Lateness
from ckanext.roadmap.domain.refresh import Refresh
from ckanext.roadmap.domain.shares import Share
from ckanext.roadmap.domain.touching import TOUCHES
from ckanext.roadmap.model import DaySum
from ckanext.roadmap.services.tallies import Sum

Content = dict[str, Any]
_SHAPE = 1  # to be raised with each change of what the content holds
_COUNTED = [one.name for one in fields(Figures)][:-1]  # the last one is `late`
_EPOCH, _TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class CountrySum:
    """Each body in the last two quarters, and all together in all of them; statuses of the instant."""

    quarters: Sequence[str]
    bodies: dict[str, Sum]
    whole: Sum

    def to_content(self) -> Content:
        """As few and as plain values as it can be made of again."""
        codes = list(self.quarters)
        return {
            "shape": _SHAPE,
            "quarters": codes,
            "bodies": {id_: _flat(one, codes[-2:]) for id_, one in self.bodies.items()},
            "whole": _flat(self.whole, codes),
        }

    @classmethod
    def of_content(cls, content: Content | None, codes: Sequence[str]) -> CountrySum | None:
        """The same again; None where not all of these quarters were kept, or in another shape."""
        if content is None or content.get("shape", _SHAPE) != _SHAPE:  # old rows have a column for it alone
            return None
        if not set(codes) <= set(content["quarters"]):
            return None
        bodies = {id_: _sum(one) for id_, one in content["bodies"].items()}
        return cls(codes, bodies, _sum(content["whole"]))


def keep(session: Session, at: datetime, codes: Sequence[str], found: Mapping[str, Sum]) -> None:
    """Keep what all bodies come to at an instant. The caller commits; it called `told_past.alone` first.

    :param codes: the quarters of which they were asked
    """
    session.execute(sa.delete(DaySum).where(DaySum.at == at))
    told = CountrySum(codes, dict(found), Sum.total(found.values()))
    session.add(DaySum(at=at, shape=_SHAPE, content=told.to_content()))


def lacking(session: Session, instants: Collection[datetime]) -> set[datetime]:
    """Of which of these instants no sums are kept."""
    return set(instants) - set(session.scalars(DaySum.among(_SHAPE, instants)))


def between(session: Session, since: datetime, until: datetime) -> list[datetime]:
    """Of which instants of a time sums are kept."""
    return list(session.scalars(DaySum.instants(_SHAPE, since, until)))


def read(session: Session, at: datetime, codes: Sequence[str]) -> CountrySum | None:
    """What was kept of an instant; None where not all of these quarters were."""
    return CountrySum.of_content(session.scalar(sa.select(DaySum.content).where(DaySum.at == at)), codes)


def _flat(one: Sum, codes: Sequence[str]) -> Content:
    """What is not there is nothing."""
    return {
        "statuses": [one.statuses[status] for status in verdict.STATUSES],
        "figures": {code: _numbers(one.figures[code]) for code in codes if code in one.figures},
        "touches": {
            code: [one.touches[code].counts.get(touch, 0) for touch in TOUCHES]
            for code in codes
            if code in one.touches
        },
    }


def _numbers(value: Figures) -> list[Any]:
    """Each figure in the order of their names: a count, or a share as a pair; last those of days late."""
    counts = (getattr(value, name) for name in _COUNTED)
    waiting = value.late.waiting.items()
    return [
        *(astuple(count) if isinstance(count, Share) else count for count in counts),
        [number for pair in value.late.met.items() for number in pair],
        [number for due_at, count in waiting for number in (_number(due_at), count)],
    ]


def _sum(content: Content) -> Sum:
    found = Sum()
    found.count(content["statuses"])
    found.figures = {code: _figures(*numbers) for code, numbers in content["figures"].items()}
    found.touches = {
        code: Refresh(dict(zip(TOUCHES, counts, strict=True))) for code, counts in content["touches"].items()
    }
    return found


def _figures(*numbers: Any) -> Figures:
    *counts, met, waiting = numbers
    told: list[Any] = [Share(*count) if isinstance(count, list) else count for count in counts]
    late = Lateness(
        dict(zip(met[::2], met[1::2], strict=True)),
        dict(zip(map(_instant, waiting[::2]), waiting[1::2], strict=True)),
    )
    return Figures(*told, late=late)


@lru_cache(maxsize=10_000)
def _number(instant: datetime) -> int:
    return (instant - _EPOCH) // _TICK


@lru_cache(maxsize=10_000)
def _instant(microseconds: int) -> datetime:
    return _EPOCH + microseconds * _TICK
