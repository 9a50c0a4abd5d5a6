"""What can go wrong at a source, as codes with parameters; the border translates them."""

from __future__ import annotations

from ckanext.roadmap.domain.errors import RoadmapError


class SourceError(RoadmapError):
    """A source did not give what was asked of it.

    :ivar code: stable name of the fault
    :ivar params: the values that the message names; never a secret, user or host
    """

    def __init__(self, code: str, message: str, remedy: str, **params: object) -> None:
        super().__init__(code, f"{message} {remedy}", **params)
        self.message = message
        self.remedy = remedy


class ConnectionUnknownError(SourceError):
    """The operator has configured no connection of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "connection_unknown",
            f"There is no connection named {name!r}.",
            f"Set ckanext.roadmap.connection.{name}.url (or .url_file) in the portal's configuration.",
            name=name,
        )


class TableMissingError(SourceError):
    """The source has no such table or view, or its account may not see it."""

    def __init__(self, schema: str, table: str) -> None:
        super().__init__(
            "table_missing",
            f"The source has no table or view {schema}.{table}.",
            "Check the names in the mapping (capitals count), or grant the account USAGE and SELECT.",
            schema=schema,
            table=table,
        )


class ColumnMissingError(SourceError):
    """Columns that the mapping names are not in the source table."""

    def __init__(self, schema: str, table: str, columns: tuple[str, ...]) -> None:
        named = ", ".join(columns)
        super().__init__(
            "columns_missing",
            f"{schema}.{table} has no column {named}.",
            "Restore them at the source, or correct the mapping; the data published before stay as they are.",
            schema=schema,
            table=table,
            columns=list(columns),
        )
