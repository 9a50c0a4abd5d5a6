"""JSON-stat 2: a cube whose cells stand in one row, the last dimension running fastest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Any, cast

from ckanext.roadmap.sources.api.errors import ApiError, CountError
from ckanext.roadmap.sources.tabular.normal import Record

Document = Mapping[str, Any]


def cells(document: Any) -> Iterator[Record]:
    """A record a cell: the code of each dimension, its words as `DIMENSION.text`, and `value`.

    :raises SourceError: it is no such document, or its cells do not fill the cube
    """
    if not isinstance(document, Mapping) or not isinstance(document.get("id"), list):  # pyright: ignore[reportUnknownMemberType]
        raise ApiError("api_no_records")
    told = cast("Document", document)
    names = [str(name) for name in told["id"]]
    try:
        axes = [_axis(told["dimension"][name]) for name in names]
    except (KeyError, TypeError, AttributeError):
        raise ApiError("api_no_records") from None
    values = _values(told.get("value"), prod(map(len, axes)))
    for place, cell in enumerate(product(*axes)):
        record: dict[str, Any] = {}
        for name, (code, words) in zip(names, cell, strict=True):
            record[name], record[f"{name}.text"] = code, words
        yield {**record, "value": values[place]}


def _axis(dimension: Document) -> list[tuple[str, str]]:
    """Codes in their order, with their words."""
    category = cast("Document", dimension["category"])
    labels = cast("Mapping[str, str]", category.get("label") or {})
    index: Any = category.get("index") or list(labels)
    places = cast("Mapping[str, int]", index)
    codes = cast("list[Any]", index) if isinstance(index, list) else sorted(places, key=places.__getitem__)
    return [(str(code), str(labels.get(str(code), code))) for code in codes]


def _values(found: Any, size: int) -> list[Any]:
    """A list, or a sparse map from places to values."""
    if isinstance(found, Mapping):
        sparse = cast("Document", found)
        return [sparse.get(str(place)) for place in range(size)]
    values = cast("list[Any]", found if isinstance(found, list) else [])
    if len(values) != size:
        raise CountError(size, len(values))
    return values
