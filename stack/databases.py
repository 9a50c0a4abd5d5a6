"""Roles and databases of a portal: CKAN's own and the DataStore's with its permissions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stack import postgres
from stack.errors import StackError
from stack.settings import HOST, VENV, Settings

STAGING = "roadmap_staging"


@dataclass(frozen=True)
class Databases:
    """Names and passwords of one portal's databases."""

    main: str
    datastore: str
    owner: str
    owner_password: str
    reader: str
    reader_password: str

    def url(self, settings: Settings, database: str, *, reader: bool = False) -> str:
        """Connection URL of the owner or of the read-only role."""
        role, password = (self.reader, self.reader_password) if reader else (self.owner, self.owner_password)
        return f"postgresql://{role}:{password}@{HOST}:{settings.ports.postgres}/{database}"


def create(settings: Settings, databases: Databases) -> None:
    """Create what is missing: roles, databases, permissions, the staging schema."""
    for role, password in (
        (databases.owner, databases.owner_password),
        (databases.reader, databases.reader_password),
    ):
        create_role(settings, role, password)
    for name in (databases.main, databases.datastore):
        create_database(settings, name, databases.owner)
    postgres.psql(settings, permissions(databases))
    staging = f'CREATE SCHEMA IF NOT EXISTS {STAGING} AUTHORIZATION "{databases.owner}"'
    postgres.psql(settings, staging, databases.datastore)


def create_role(settings: Settings, role: str, password: str) -> None:
    """Create a role that may log in, or set its password anew."""
    exists = postgres.psql(settings, f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'")  # noqa: S608 - our own names
    verb = "ALTER" if exists else "CREATE"
    options = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE"
    postgres.psql(settings, f"{verb} ROLE \"{role}\" {options} PASSWORD '{password}'")


def create_database(settings: Settings, name: str, owner: str) -> bool:
    """Create a database unless it is there; tell whether it was created."""
    if postgres.psql(settings, f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):  # noqa: S608
        return False
    postgres.psql(settings, f'CREATE DATABASE "{name}" OWNER "{owner}" TEMPLATE template0 ENCODING \'UTF8\'')
    return True


def permissions(databases: Databases) -> str:
    """CKAN's own permissions script of the DataStore (what `ckan datastore set-permissions` prints)."""
    return (
        permissions_template()
        .read_text()
        .format(
            maindb=f'"{databases.main}"',
            datastoredb=f'"{databases.datastore}"',
            mainuser=f'"{databases.owner}"',
            writeuser=f'"{databases.owner}"',
            readuser=f'"{databases.reader}"',
        )
    )


def permissions_template() -> Path:
    """Path of the script in the installed CKAN."""
    found = list(VENV.glob("lib/python3.*/site-packages/ckanext/datastore/set_permissions.sql"))
    if not found:
        raise StackError("CKAN is not installed in var/venv.", "Run: make install")
    return found[0]
