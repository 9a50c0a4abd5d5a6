"""Looks at a source before it is read: is it there, what may the account do, does its clock go right."""

from . import mssql, mysql, oracle, postgresql, sqlite
from .base import CHECKS, Answer, Check
from .looking import Look, look_at

__all__ = ["CHECKS", "Answer", "Check", "Look", "look_at", "mssql", "mysql", "oracle", "postgresql", "sqlite"]
