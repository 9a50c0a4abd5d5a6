"""Which DataStore type keeps a source type without loss."""

from __future__ import annotations

import re

EXACT = {
    "SMALLINT": "int2",
    "INTEGER": "int4",
    "BIGINT": "int8",
    "REAL": "float4",
    "FLOAT": "float8",
    "DOUBLE PRECISION": "float8",
    "NUMERIC": "numeric",
    "BOOLEAN": "bool",
    "DATE": "date",
    "TIMESTAMP WITHOUT TIME ZONE": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
    "TIME WITHOUT TIME ZONE": "time",
    "TIME WITH TIME ZONE": "timetz",
    "JSON": "json",
    "JSONB": "jsonb",
}
SIZED = re.compile(r"\(.*?\)")


def datastore_type(source_type: str, declared: str | None = None) -> str:
    """The column's type here: the declared one wins; what has no exact partner stays text, as written.

    A column of digits with leading zeros is text at its source and so is text here.
    """
    if declared:
        return declared
    return EXACT.get(SIZED.sub("", source_type).upper().strip(), "text")
