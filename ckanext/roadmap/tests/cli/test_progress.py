"""The bar of a long import."""

from __future__ import annotations

import io
import os
import select
import time

import pytest

import ckan.plugins.toolkit as tk

from ckanext.roadmap.cli.progress import load_bar, progress_bar
from ckanext.roadmap.loading.report import LoadReport
from ckanext.roadmap.tests import country


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "is_drawn"), [(Terminal(), True), (io.StringIO(), False)])
def test_a_bar_is_drawn_on_terminals_only(stream: io.StringIO, is_drawn: bool):
    with progress_bar("items", stream) as tell:
        for done in (1, 2, 3):
            tell(done, 3)
    assert ("100%" in stream.getvalue()) is is_drawn


def test_a_load_on_a_terminal_shows_phase_rows_rate_and_time_left(monkeypatch: pytest.MonkeyPatch):
    """A real terminal: what is written to one end of a pair comes out at the other."""
    ours, theirs = os.openpty()
    now = [1_700_000_000.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    with open(theirs, "w", encoding="utf-8") as stream, load_bar(4000, stream) as tell:
        for rows in (1000, 2000):
            now[0] += 2
            tell("extract", LoadReport("run", rows_in=rows))
        tell("apply", LoadReport("run", rows_in=4000))
        stream.flush()
        seen = ""
        while select.select([ours], [], [], 0.5)[0]:
            seen += os.read(ours, 65536).decode()
    os.close(ours)
    assert "None" not in seen
    assert "extract" in seen
    assert "2000/4000" in seen
    assert "00:00:04" in seen, "2000 rows are left, at 500 rows a second"
    assert "500 rows/s" in seen
    assert "apply" in seen.split("2000/4000")[1]


def test_a_load_into_a_file_draws_no_bar():
    stream = io.StringIO()
    with load_bar(10, stream) as tell:
        tell("extract", LoadReport("run", rows_in=5))
    assert stream.getvalue() == ""


@pytest.mark.usefixtures("clean_db", "with_plugins", "clean_index")
def test_an_import_tells_how_far_it_has_come():
    country.import_bodies()
    told: list[tuple[int, int]] = []
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    context = {"user": user, "ignore_auth": True, "progress": lambda *step: told.append(step)}
    tk.get_action("roadmap_list_import")(context, {"upload": country.upload(country.ITEMS), "year": 2023})
    assert told == [(done, 6) for done in range(1, 7)]
