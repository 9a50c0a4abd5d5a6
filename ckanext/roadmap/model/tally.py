"""Sums of stored results: of each body and sphere by quarter, as of an instant."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Moment

Part = Annotated[str, mapped_column(sa.UnicodeText, primary_key=True)]
Numbers = Annotated[list[int], mapped_column(ARRAY(sa.Integer))]


class Tally(tk.BaseModel):
    """Deadlines whose grace ended in a quarter, counted; the late ones by their days or their due date."""

    __tablename__ = "roadmap_tally"

    body_id: Mapped[Part]
    sphere: Mapped[Part]
    quarter: Mapped[Part]
    closed: Mapped[int]
    kept: Mapped[int]
    on_time: Mapped[int]
    met: Mapped[int]
    automatic: Mapped[int]
    contested: Mapped[int]
    unknown: Mapped[int]
    late: Mapped[Numbers]
    waiting: Mapped[list[datetime]] = mapped_column(ARRAY(sa.DateTime(timezone=True)))
    attested: Mapped[int]


class StandTally(tk.BaseModel):
    """Obligations counted at the end of a quarter, or now while it runs.

    `statuses` counts the deadlines begun by now, by their numbers in `domain/verdict.py`.
    """

    __tablename__ = "roadmap_stand_tally"

    body_id: Mapped[Part]
    sphere: Mapped[Part]
    quarter: Mapped[Part]
    obligations: Mapped[int]
    owed: Mapped[int]
    published: Mapped[int]
    closed: Mapped[int]
    current: Mapped[int]
    statuses: Mapped[Numbers]


class TouchTally(tk.BaseModel):
    """The events of a quarter, counted by what they were (the numbers of `domain/touching.py`)."""

    __tablename__ = "roadmap_touch_tally"

    body_id: Mapped[Part]
    sphere: Mapped[Part]
    quarter: Mapped[Part]
    counts: Mapped[Numbers]


class TallyTime(tk.BaseModel):
    """From when, and until when, the sums of a body hold."""

    __tablename__ = "roadmap_tally_time"

    body_id: Mapped[Part]
    since: Mapped[Moment]
    until: Mapped[Moment]
