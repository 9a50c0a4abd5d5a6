"""The type that a list asks of a required column."""

from __future__ import annotations

from enum import StrEnum

from ckanext.roadmap.domain.errors import ColumnTypeError
from ckanext.roadmap.domain.script import fold


class ColumnType(StrEnum):
    """What the values of a column are."""

    text = "text"
    integer = "integer"
    number = "number"
    date = "date"
    datetime = "datetime"
    boolean = "boolean"


_NAMES: dict[ColumnType, tuple[str, ...]] = {
    ColumnType.text: ("string", "matn", "текст", "строка"),
    ColumnType.integer: ("int", "butun son", "целое", "целое число"),
    ColumnType.number: ("numeric", "decimal", "float", "son", "число"),
    ColumnType.date: ("sana", "дата"),
    ColumnType.datetime: ("timestamp", "sana va vaqt", "дата и время"),
    ColumnType.boolean: ("bool", "mantiqiy", "логический"),
}
_TYPES = {fold(name): kind for kind, names in _NAMES.items() for name in (str(kind), *names)}


def read_column_type(text: str) -> ColumnType:
    """The type that a word in any language and script names.

    :raises ColumnTypeError: nobody knows it
    """
    found = _TYPES.get(fold(text))
    if found is None:
        accepted = ", ".join(ColumnType)
        told = f'"{text}" is no type of a column. Write one of: {accepted}.'
        raise ColumnTypeError("column_type_unknown", told, name=text, accepted=accepted)
    return found
