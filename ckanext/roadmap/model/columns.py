"""Column types that every table shares."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any

import msgspec
from sqlalchemy import ColumnElement, DateTime, Dialect, Text, TypeDecorator, UnicodeText, cast, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import mapped_column


def new_id() -> str:
    """A fresh random identifier."""
    return str(uuid.uuid4())


class QuickJSON(TypeDecorator[Any]):
    """JSON that is written and read whole, by msgspec: a page's figures are up to a megabyte.

    It is asked for as text, since the driver would read it by the standard library.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """As text; None is no value."""
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """From text."""
        return None if value is None else msgspec.json.decode(value)

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The text of a column of JSON."""
        return type_coerce(cast(column, Text), self)


Key = Annotated[str, mapped_column(UnicodeText, primary_key=True, default=new_id)]
Words = Annotated[str, mapped_column(UnicodeText)]
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
Document = Annotated[dict[str, Any], mapped_column(JSONB(none_as_null=True))]
Listing = Annotated[list[Any], mapped_column(JSONB(none_as_null=True))]
