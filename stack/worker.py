"""Databases and folders of one developer or test process, so that several can test at once."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from stack.databases import Databases, create
from stack.errors import StackError
from stack.redis import TEST_DATABASES as REDIS_DATABASES
from stack.services import TEST_DATABASES
from stack.settings import HOST, ROOT, TEST

NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
FIRST = 2  # Redis' database 0 is nobody's, 1 is test.ini's
NUMBERS = TEST.data / "workers"
LOCK = TEST.data / "workers.lock"
FOLDERS = TEST.data / "worker"


def exports(name: str) -> str:
    """Create the databases of a worker and return the shell lines that select them."""
    return "\n".join(f"export {key}='{value}'" for key, value in environment(name).items())


def environment(name: str) -> dict[str, str]:
    """Create the databases of a worker and return the variables by which CKAN finds them."""
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
    with _one_at_a_time():
        create(TEST, own)
    return {
        "CKAN_SQLALCHEMY_URL": own.url(TEST, own.main),
        "CKAN_DATASTORE_WRITE_URL": own.url(TEST, own.datastore),
        "CKAN_DATASTORE_READ_URL": own.url(TEST, own.datastore, reader=True),
        "CKAN_REDIS_URL": f"redis://{HOST}:{TEST.ports.redis}/{redis_number(name)}?socket_timeout=86400",
        "CKAN_SITE_ID": name,
    }


def configuration(name: str, base: Path = ROOT / "test.ini") -> Path:
    """Write the configuration of a worker: that of the tests, with folders of its own."""
    folder = FOLDERS / name
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        "[app:main]",
        f"use = config:{base.resolve()}",
        f"ckan.storage_path = {folder / 'storage'}",
        f"ckan.webassets.path = {folder / 'webassets'}",
    ]
    file = folder / "test.ini"
    file.write_text("\n".join(lines) + "\n")
    return file


def redis_number(name: str) -> int:
    """Return the number of the worker's own Redis database, the same at every call."""
    NUMBERS.touch()
    with NUMBERS.open("r+") as file, _held(file):
        names = file.read().split()
        if name not in names:
            if FIRST + len(names) == REDIS_DATABASES:
                raise StackError(
                    f"Redis has no database left for the worker `{name}`.",
                    f"Delete {NUMBERS} when nobody tests: names that are used get numbers anew.",
                )
            file.write(f"{name}\n")
            names.append(name)
    return FIRST + names.index(name)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """PostgreSQL refuses to alter one role twice at once."""
    with LOCK.open("w") as file, _held(file):
        yield


@contextmanager
def _held(file: IO[str]) -> Iterator[None]:
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        file.flush()
        fcntl.flock(file, fcntl.LOCK_UN)
