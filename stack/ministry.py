"""Loads the made-up ministry's database, with an account that may only read."""

from __future__ import annotations

from datetime import UTC, datetime

from stack import databases, postgres, secrets_file
from stack.sample.ministry import tables
from stack.settings import HOST, Settings

DATABASE = "education"
READER = "education_reader"


def create(settings: Settings) -> None:
    """Create database, rows and account unless they are there, all rows or none."""
    password = secrets_file.read(settings)["ministry"]
    databases.create_role(settings, READER, password)
    databases.create_database(settings, DATABASE, "postgres")
    if not postgres.psql(settings, "SELECT to_regclass('public.schools')", DATABASE):
        postgres.psql(settings, _script(), DATABASE)
    url = f"postgresql://{READER}:{password}@{HOST}:{settings.ports.postgres}/{DATABASE}"
    secrets_file.write_private(settings.data / "connections" / "education", url + "\n")


def _script() -> str:
    made = tables(datetime.now(UTC).date())
    names = ", ".join(table.name for table in made)
    return (
        "BEGIN;\n"
        + "".join(table.sql() for table in made)
        + f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC;\n"
        + f"GRANT CONNECT ON DATABASE {DATABASE} TO {READER};\n"
        + f"GRANT SELECT ON {names} TO {READER};\n"
        + f"ALTER ROLE {READER} SET default_transaction_read_only = on;\n"
        + "COMMIT;\n"
    )
