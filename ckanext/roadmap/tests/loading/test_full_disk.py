"""A disk that is really full: the portal's own, the DataStore's, and that of its write-ahead log."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ckanext.roadmap.loading.errors import LoadError
from ckanext.roadmap.loading.plan import FullText
from ckanext.roadmap.loading.publish import finish_files, public_path
from ckanext.roadmap.tests import postgres
from ckanext.roadmap.tests.own_postgres import server

from stack.postgres import server_user

from .conftest import World, own_store

MANY = "INSERT INTO schools SELECT n, repeat(md5(n::text), %s), '1', 1 FROM generate_series(1000, 1999) n"
LARGE = """
    INSERT INTO schools SELECT n, (SELECT string_agg(md5((n * k)::text), '') FROM generate_series(1, 60) k),
    '1', 1 FROM generate_series(1001, 13000) n"""


@pytest.fixture
def tiny() -> Iterator[Path]:
    """A disk of one megabyte, which the server's user reaches too."""
    place = Path(tempfile.mkdtemp(prefix="roadmap-disk-"))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], check=False)
    if mounted.returncode:
        pytest.skip("only who may mount has a small disk to fill")
    place.chmod(0o755)  # noqa: S103
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)
    place.rmdir()


def test_no_room_for_the_rows(world: World, tiny: Path):
    world.target = replace(world.target, folder=tiny)
    world.load()
    before, file = world.live(), world.csv()
    world.sql(MANY, 60)
    with pytest.raises(LoadError) as raised:
        world.load()
    assert raised.value.code == "file_refused"
    assert (world.live(), world.csv(), world.staging(), world.parts()) == (before, file, [], [])
    world.sql("DELETE FROM schools WHERE id > 1005")
    assert world.load().rows_inserted == 6


def test_no_room_for_a_further_file_is_mended_once_there_is(world: World, tiny: Path):
    """The rows are live by then: old files are served until the new ones are whole."""
    world.target = replace(world.target, folder=tiny)
    world.load(formats=("csv", "jsonl"))
    file = world.csv()
    world.sql(MANY, 10)
    filler = tiny / "filler"
    filler.write_bytes(b"x" * 400_000)
    seen: list[str] = []
    with pytest.raises(LoadError) as raised:
        world.load(lambda _phase, report: seen.append(report.run_id), formats=("csv", "jsonl"))
    assert (raised.value.code, len(world.live()), world.csv()) == ("file_refused", 1100, file)
    filler.unlink()
    finish_files(tiny, world.plan.resource_id, seen[0])
    assert world.csv().count(b"\r\n") == 1101
    assert public_path(tiny, world.plan.resource_id, "jsonl").read_bytes().count(b"\n") == 1100


def test_no_room_in_the_datastore(world: World, tmp_path: Path, tiny: Path):
    with server("fsync=off") as own:
        if user := server_user():
            subprocess.run(["chown", user, tiny], check=True)
        world.target, world.store, world.reader = own_store(own.admin, tmp_path)
        postgres.rows(own.admin, f"CREATE TABLESPACE tiny LOCATION '{tiny}'")
        postgres.rows(own.admin, "GRANT CREATE ON TABLESPACE tiny TO writer")
        postgres.rows(own.admin, "ALTER ROLE writer SET default_tablespace = tiny")
        world.load()
        before, file = world.live(), world.csv()
        world.sql(MANY, 60)
        with pytest.raises(LoadError) as raised:
            world.load()
        assert raised.value.code in ("staging_refused", "datastore_refused")
        assert (world.live(), world.csv(), world.staging(), world.parts()) == (before, file, [], [])
        world.sql("DELETE FROM schools WHERE id > 1005")
        assert world.load().rows_inserted == 6


def test_no_room_for_the_write_ahead_log(world: World, tmp_path: Path, tiny: Path):
    """The server goes down over it; once its disk has room it comes back with the old rows."""
    resize(tiny, "20m")
    wal = tiny / "wal"
    wal.mkdir(mode=0o700)
    if user := server_user():
        shutil.chown(wal, user, user)
    with server("fsync=off", "min_wal_size=2MB", "max_wal_size=1GB", wal=wal) as own:
        world.target, world.store, world.reader = own_store(own.admin, tmp_path)
        world.load()
        before, file = world.live(), world.csv()
        world.sql(LARGE)
        with pytest.raises(LoadError) as raised:
            world.load(full_text=FullText.LATER)
        assert raised.value.code in ("staging_refused", "datastore_refused")
        assert "No space left on device" in (own.data.parent / "postgres.log").read_text()
        own.end(signal.SIGQUIT)
        resize(tiny, "256m")
        own.start()
        assert (world.live(), world.csv(), world.parts()) == (before, file, [])
        assert world.load().rows_inserted == 12_000
        assert world.staging() == []


def resize(place: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", place], check=True)
