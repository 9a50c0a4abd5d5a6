"""What the errors of drivers mean, by PostgreSQL's names of faults."""

from __future__ import annotations

import re
from typing import cast

MYSQL = {
    1045: "28P01", 1044: "42501", 1049: "3D000", 1142: "42501", 1143: "42501", 1205: "55P03", 1792: "25006",
    1969: "57014", 3024: "57014",
}  # fmt: skip
MSSQL = {
    18456: "28P01", 18452: "28P01", 18470: "28P01", 18486: "28P01", 18487: "28P01", 18488: "28P01",
    4060: "3D000", 916: "42501", 229: "42501", 230: "42501", 262: "42501", 1222: "55P03", 20003: "57014",
}  # fmt: skip
NUMBERS = {**MYSQL, **MSSQL}
VALUES = frozenset(
    {220, 232, 241, 242, 245, 248, 2628, 8114, 8115, 1264, 1265, 1292, 1366, 1406, 1411, 1525, 1690}
)
"""Faults of MySQL and SQL Server that quote a value; of other drivers all of this kind are data errors."""
LOST = 2013
"""MySQL's driver says so, too, when it has waited long enough."""
DB_LIBRARY = 20_000
"""From here on SQL Server's driver speaks for itself, of a server that it can't reach."""
NO_SERVER = "DB-Lib error message 20009"
ORACLE = {
    "ORA-01017": "28P01", "ORA-28000": "28P01", "ORA-28001": "28P01", "ORA-01045": "28P01",
    "ORA-12514": "3D000", "ORA-12505": "3D000", "DPY-6001": "3D000", "DPY-6003": "3D000",
    "ORA-01031": "42501", "ORA-41900": "42501",
    "ORA-01013": "57014", "ORA-03156": "57014", "DPY-4024": "57014",
    "ORA-00054": "55P03", "ORA-30006": "55P03", "ORA-01456": "25006", "ORA-16000": "25006",
}  # fmt: skip
MESSAGES = {
    "readonly database": "25006",
    "database is locked": "55P03",
    "unable to open database file": "3D000",
    "password authentication failed": "28P01",
    "no pg_hba.conf entry": "28000",
    "is not permitted to log in": "28000",
    "does not exist": "3D000",
    "no password supplied": "28P01",
}
_ORACLE = re.compile(r"\b(ORA-\d{5}|DPY-\d{4})\b")


def code_of(origin: BaseException) -> str:
    """The fault's name; empty: it has none."""
    number, text = number_of(origin), str(origin)
    if number == LOST and "timed out" in text:
        return "57014"
    found = getattr(origin, "pgcode", None) or NUMBERS.get(number)
    found = found or next((ORACLE[name] for name in _ORACLE.findall(text) if name in ORACLE), None)
    if found is None and number < DB_LIBRARY:
        found = next((code for word, code in MESSAGES.items() if word in text), None)
    return str(found or "")


def number_of(origin: BaseException) -> int:
    """The first argument, or the first of that: SQL Server's driver raises a pair for a refused login.

    That driver keeps the number of an earlier refusal when it then reaches no server; its text tells.
    """
    if NO_SERVER in str(origin):
        return DB_LIBRARY
    first: object = origin.args[0] if origin.args else 0
    if isinstance(first, tuple):
        first = next(iter(cast("tuple[object, ...]", first)), 0)
    return first if isinstance(first, int) else 0
