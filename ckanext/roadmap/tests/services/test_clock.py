"""The one clock."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ckanext.roadmap.services import clock

PACKAGE = Path(__file__).resolve().parents[2]
# what measures against stamps that others make by the machine's own time; no legal date comes of it
MACHINE_TIME = {
    "harvesters/consumer.py",  # ckanext-harvest reads the marks of messages back
    "harvesters/serving.py",  # likewise of objects
    "services/queue_jobs.py",  # the queue's time of a job's start
    "loading/publish/places.py",  # the age of a file
    "loading/extract/csv_file.py",  # likewise
    "sources/standing.py",  # likewise
    "sources/work.py",  # likewise
    "sources/places/sftp.py",  # likewise, of another machine's
    "sources/places/web.py",  # likewise
    "logic/content_marks.py",  # pauses of the queue; the moments of data are the clock's
    "logic/content_checks.py",  # likewise
    "moving_jobs.py",  # likewise
    "cli/progress.py",  # rows a second
    "sources/api/client.py",  # a server's Retry-After
    "agent/checking.py",  # how far the clocks of ministry and portal are apart
    "agent/work.py",  # the ministry's machine; the portal takes no moment later than the arrival
}
pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.mark.ckan_config("ckanext.roadmap.rehearsal_clock", "")
def test_it_is_now_and_in_utc():
    now = clock.now()
    assert now.tzinfo is UTC
    assert abs(datetime.now(UTC) - now) < timedelta(seconds=5)


def test_a_rehearsal_is_read_at_each_call(rehearsal):
    rehearsal.set("2023-04-10T12:00")
    assert clock.now() == datetime(2023, 4, 10, 7, tzinfo=UTC)
    rehearsal.set("2023-04-11T12:00")
    assert clock.now() == datetime(2023, 4, 11, 7, tzinfo=UTC)


def test_a_rehearsal_answers_in_utc(rehearsal):
    rehearsal.path.write_text("2023-04-10T12:00:00+05:00\n")
    assert clock.now().isoformat() == "2023-04-10T07:00:00+00:00"


@pytest.mark.parametrize(
    ("moment", "day"), [("2023-04-09T23:59", date(2023, 4, 9)), ("2023-04-10T00:00", date(2023, 4, 10))]
)
def test_the_day_changes_at_midnight_of_the_legal_calendar(rehearsal, moment, day):
    rehearsal.set(moment)
    assert clock.today() == day


def test_nobody_else_asks_for_the_time():
    asked = re.compile(r"datetime\.(now|utcnow|today)\(|\bdate\.today\(|time\.time\(")
    found = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if "tests" not in file.parts and asked.search(file.read_text(encoding="utf-8"))
    }
    assert found - MACHINE_TIME == {"services/clock.py"}
