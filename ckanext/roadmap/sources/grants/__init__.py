"""Scripts that let the portal read some columns and nothing else: one class a database system."""

from . import mssql, mysql, oracle, postgresql
from .base import ACCOUNT, Grants, Script, View, Wish, grants_for, working_table

__all__ = [
    "ACCOUNT",
    "Grants",
    "Script",
    "View",
    "Wish",
    "grants_for",
    "mssql",
    "mysql",
    "oracle",
    "postgresql",
    "working_table",
]
