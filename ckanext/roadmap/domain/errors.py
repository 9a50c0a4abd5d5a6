"""The one tree of errors: each carries a code and parameters for the border, and reads as plain English."""

from __future__ import annotations

from typing import Self


class RoadmapError(Exception):
    """Something the road map refuses, with a stable `code` and the `params` of its message."""

    def __init__(self, code: str, text: str, **params: object) -> None:
        super().__init__(text)
        self.code = code
        self.params: dict[str, object] = params


class TermError(RoadmapError):
    """A frequency or due rule that cannot be understood."""


class ResponsibleError(RoadmapError):
    """A `responsible` cell that names nobody known."""


class ColumnTypeError(RoadmapError):
    """A type of a column that cannot be understood."""


class OdinError(RoadmapError):
    """A category or indicator that ODIN does not know."""


class PersonalClassError(RoadmapError):
    """A class of personal data that cannot be understood."""


class PeriodError(RoadmapError):
    """A period code that names no period."""


class RuleVersionError(RoadmapError):
    """A version of the status rule that does not exist."""


class ListError(RoadmapError):
    """A cell of an imported list, told by row and column, with the remedy."""

    def __init__(
        self,
        code: str,
        text: str,
        *,
        row: int,
        column: str,
        remedy: str = "",
        value: object = None,
        **more: object,
    ) -> None:
        place = f"Row {row}, column {column}: {text}"
        super().__init__(
            code, f"{place} {remedy}".rstrip(), row=row, column=column, remedy=remedy, value=value, **more
        )
        self.row = row
        self.column = column
        self.remedy = remedy

    @classmethod
    def at(cls, error: RoadmapError, *, row: int, column: str) -> Self:
        """The cell in which another error was met, with all that it told."""
        return cls(error.code, str(error), row=row, column=column, **error.params)  # pyright: ignore[reportArgumentType]
