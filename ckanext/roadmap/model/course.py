"""What the status rule said of each deadline over time, stored; it can be made again from the ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

import ckan.plugins.toolkit as tk

from .columns import Moment, Words

Moments = Annotated[list[datetime], mapped_column(ARRAY(sa.DateTime(timezone=True)))]
States = Annotated[list[int], mapped_column(ARRAY(sa.SmallInteger))]


class CourseRow(tk.BaseModel):
    """A deadline by the same dates, event and holder, and its states (`domain/verdict.py`) over time.

    `told_by` is the body that held the obligation at the end of the quarter: its pages tell of it.
    """

    __tablename__ = "roadmap_course"

    deadline_id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    since: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), primary_key=True)
    until: Mapped[Moment | None]
    obligation_id: Mapped[Words]
    body_id: Mapped[Words]
    told_by: Mapped[Words]
    sphere: Mapped[Words]
    quarter: Mapped[Words]
    due_at: Mapped[Moment]
    met_at: Mapped[Moment | None]
    days_late: Mapped[int | None]
    automatic: Mapped[bool]
    instants: Mapped[Moments]
    states: Mapped[States]


class TouchedRow(tk.BaseModel):
    """What the events of an obligation were (`domain/touching.py`), each from its instant on."""

    __tablename__ = "roadmap_touched"

    obligation_id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    since: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), primary_key=True)
    until: Mapped[Moment | None]
    body_id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    sphere: Mapped[Words]
    instants: Mapped[Moments]
    quarters: Mapped[list[str]] = mapped_column(ARRAY(sa.UnicodeText))
    touches: Mapped[States]


class StandRow(tk.BaseModel):
    """An obligation by one holder: its bits (`domain/standing.py`), each from its instant on."""

    __tablename__ = "roadmap_stand"

    obligation_id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    since: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), primary_key=True)
    until: Mapped[Moment | None]
    body_id: Mapped[Words]
    sphere: Mapped[Words]
    instants: Mapped[Moments]
    states: Mapped[States]
