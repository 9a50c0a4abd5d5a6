"""When a scheduled reading that failed is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

DAY = timedelta(days=1)
STEPS = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
"""Counted from the first failure; after them it is tried each day."""


def again_at(first: datetime, last: datetime) -> datetime:
    """The first step after the newest failure.

    The steps are fixed, so what a person tries in between neither hurries nor delays them.

    :param first: when it failed first since its moment
    :param last: when it failed last
    """
    early = (first + step for step in STEPS if first + step > last)
    return next(early, first + ((last - first) // DAY + 1) * DAY)
