"""MySQL and MariaDB: the rights that `SHOW GRANTS` tells."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlalchemy.engine import Connection

from .base import Answer, Check, check

HARMLESS = frozenset({"USAGE", "SELECT", "SHOW VIEW", "SHOW DATABASES", "PROCESS", "REPLICATION CLIENT"})
GRANT = re.compile(r"GRANT (?P<rights>.+?) ON .+ TO ", re.DOTALL)
COLUMNS = re.compile(r"\([^)]*\)")


@check
class MysqlCheck(Check):
    """MySQL."""

    backend = "mysql"
    label = "MySQL"

    def ask(self, connection: Connection) -> Answer:
        """Version, clock, and every right that is more than reading."""
        version = str(connection.exec_driver_sql("SELECT version()").scalar_one())
        now: datetime = connection.exec_driver_sql("SELECT UTC_TIMESTAMP(6)").scalar_one()
        told = [str(row[0]) for row in connection.exec_driver_sql("SHOW GRANTS")]
        label = "MariaDB" if "mariadb" in version.lower() else self.label
        return Answer(
            f"{label} {version.split('-', maxsplit=1)[0]}", now.replace(tzinfo=UTC), tuple(powers(told))
        )


@check
class MariadbCheck(MysqlCheck):
    """MariaDB."""

    backend = "mariadb"
    label = "MariaDB"


def powers(told: list[str]) -> list[str]:
    """The rights beyond reading in the lines of `SHOW GRANTS`, each once."""
    found: dict[str, None] = {}
    for line in told:
        match = GRANT.match(line)
        rights = COLUMNS.sub("", match["rights"]).split(",") if match else []
        found |= dict.fromkeys(right.strip() for right in rights if right.strip() not in HARMLESS)
        if "WITH GRANT OPTION" in line:
            found["GRANT OPTION"] = None
    return list(found)
