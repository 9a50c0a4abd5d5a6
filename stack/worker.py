"""Databases of one developer or test process, so that several can test at once."""

from __future__ import annotations

import fcntl
import re

from stack.databases import Databases, create
from stack.errors import StackError
from stack.services import TEST_DATABASES
from stack.settings import HOST, TEST

NAME = re.compile(r"[a-z][a-z0-9_]{0,20}")
NUMBERS = TEST.data / "workers"


def exports(name: str) -> str:
    """Create the databases of a worker and return the shell lines that select them."""
    if not NAME.fullmatch(name):
        raise StackError(f"`{name}` cannot name a worker.", "Take small letters, digits and underscores.")
    base = TEST_DATABASES
    own = Databases(
        f"ckan_{name}",
        f"datastore_{name}",
        base.owner,
        base.owner_password,
        base.reader,
        base.reader_password,
    )
    create(TEST, own)
    values = {
        "CKAN_SQLALCHEMY_URL": own.url(TEST, own.main),
        "CKAN_DATASTORE_WRITE_URL": own.url(TEST, own.datastore),
        "CKAN_DATASTORE_READ_URL": own.url(TEST, own.datastore, reader=True),
        "CKAN_REDIS_URL": f"redis://{HOST}:{TEST.ports.redis}/{redis_number(name)}?socket_timeout=86400",
        "CKAN_SITE_ID": name,
    }
    return "\n".join(f"export {key}='{value}'" for key, value in values.items())


def redis_number(name: str) -> int:
    """Return the number of the worker's own Redis database, the same at every call."""
    NUMBERS.touch()
    with NUMBERS.open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        names = file.read().split()
        if name not in names:
            file.write(f"{name}\n")
            names.append(name)
    return 2 + names.index(name)
