"""Column types that every table shares."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import DateTime, UnicodeText
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import mapped_column


def new_id() -> str:
    """A fresh random identifier."""
    return str(uuid.uuid4())


Key = Annotated[str, mapped_column(UnicodeText, primary_key=True, default=new_id)]
Words = Annotated[str, mapped_column(UnicodeText)]
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
Document = Annotated[dict[str, Any], mapped_column(JSONB(none_as_null=True))]
Listing = Annotated[list[Any], mapped_column(JSONB(none_as_null=True))]
