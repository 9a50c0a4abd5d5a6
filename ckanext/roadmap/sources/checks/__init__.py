"""Looks at a database before it is read: is it there, what may the account do, does its clock go right."""

from . import mssql, mysql, oracle, postgresql, sqlite
from .base import CHECKS, Answer, Check
from .looking import look_at, unknown

__all__ = [
    "CHECKS",
    "Answer",
    "Check",
    "look_at",
    "mssql",
    "mysql",
    "oracle",
    "postgresql",
    "sqlite",
    "unknown",
]
