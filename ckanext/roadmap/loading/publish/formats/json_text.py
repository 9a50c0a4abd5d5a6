"""Columns as JSON, many values at a time: what the JSON and the JSON Lines file share."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ckanext.roadmap.loading.publish.arrow import Column, pa, pc
from ckanext.roadmap.loading.publish.decode import Batch, Schema

NUMBER = r"^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$"
CONTROL = r"[\x00-\x1f]"


def objects(batch: Batch, schema: Schema) -> Column:
    """Each row as a JSON object on one line."""
    pieces: list[Column | str] = []
    for number, (name, kind) in enumerate(zip(schema.names, schema.types, strict=True)):
        pieces.append(("{" if not number else ", ") + json.dumps(name, ensure_ascii=False) + ": ")
        pieces.append(values(batch.texts[number], batch.values[number], kind))
    return pc.binary_join_element_wise(*pieces, "}", "")


def values(text: Column, typed: Column, kind: str) -> Column:
    """A column as JSON values; what is missing is null."""
    return pc.fill_null(_written(text, typed, kind), "null")


def _written(text: Column, typed: Column, kind: str) -> Column:
    if kind in ("json", "jsonb"):
        return pc.replace_substring_regex(text, r"[\r\n]+", " ")
    if pa.types.is_string(typed.type):
        return quoted(text)
    if pa.types.is_boolean(typed.type):
        return pc.cast(typed, pa.string())
    if pa.types.is_integer(typed.type):
        return pc.cast(typed, pa.string())
    if pa.types.is_temporal(typed.type):
        return quoted(moments(typed))
    return _numbers(text, typed)


def moments(typed: Column) -> Column:
    """Dates and times by ISO 8601; seconds have as many digits as they need."""
    text = pc.cast(typed, pa.string())
    if pa.types.is_date(typed.type):
        return text
    text = pc.replace_substring_regex(text, r"\.?0+(Z?)$", r"\1") if _has_fraction(text) else text
    return pc.replace_substring(text, " ", "T")


def quoted(text: Column) -> Column:
    """Texts in quotes, escaped."""
    if pc.any(pc.match_substring_regex(text, CONTROL)).as_py():
        return _one_by_one(text.to_pylist())
    escaped = pc.replace_substring(pc.replace_substring(text, "\\", "\\\\"), '"', '\\"')
    return pc.binary_join_element_wise('"', escaped, '"', "")


def _one_by_one(texts: Sequence[str | None]) -> Column:
    written = [None if one is None else json.dumps(one, ensure_ascii=False) for one in texts]
    return pa.array(written, pa.string())


def _has_fraction(text: Column) -> bool:
    return bool(pc.any(pc.match_substring(text, ".")).as_py())


def _numbers(text: Column, typed: Column) -> Column:
    """As written where JSON can read it so; NaN and infinity, which it lacks, in quotes."""
    plain = pc.match_substring_regex(text, NUMBER)
    if pc.all(plain).as_py():
        return text
    if pa.types.is_decimal(typed.type):
        return pc.if_else(plain, text, pc.cast(typed, pa.string()))
    return pc.if_else(plain, text, pc.if_else(pc.is_finite(typed), pc.cast(typed, pa.string()), quoted(text)))
