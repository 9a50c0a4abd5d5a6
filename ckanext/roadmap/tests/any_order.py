"""Gives rows that no ORDER BY ranks in an order of chance: `pytest -p ckanext.roadmap.tests.any_order`.

PostgreSQL promises none, and gives them nearly always as they were written: a test, or a page, that counts on
that order passes here a hundred times and fails elsewhere once. Statements made of text, of DISTINCT and of
UNION stay as they are, and so do subqueries.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session


@event.listens_for(Session, "do_orm_execute")
def any_order(state: ORMExecuteState) -> None:
    """What is asked in no order comes in any; ties of an order as well."""
    asked: Any = state.statement
    if isinstance(asked, sa.Select) and not asked._distinct and not state.is_column_load:
        state.statement = asked.order_by(sa.func.random())
