"""`ckan roadmap site check` as an operator's cron job runs it."""

from __future__ import annotations

import pytest

from ckan.lib.jobs import get_queue

from ckanext.roadmap.cli import roadmap
from ckanext.roadmap.jobs import BULK
from ckanext.roadmap.tests.logic.test_sites import enact, events, link, site  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "rehearsal")


@pytest.fixture
def linked(site, rehearsal):  # noqa: F811
    enact(rehearsal)
    return link(site, rehearsal)


def test_it_tells_what_was_seen_and_looks_again_only_when_due(cli, linked):
    done = cli.invoke(roadmap, ["site", "check", "--due"])
    assert done.exit_code == 0
    assert done.output.strip().endswith(
        "1 links, 1 changed, 0 unchanged, 0 broken, 0 forbidden, 0 postponed, 0 left"
    )
    assert len(events()) == 1
    assert "0 links" in cli.invoke(roadmap, ["site", "check", "--due"]).output
    assert "1 unchanged" in cli.invoke(roadmap, ["site", "check", "--body", "ministry-finance"]).output
    assert "0 links" in cli.invoke(roadmap, ["site", "check", "--body", "ministry-education"]).output


def test_the_ledger_with_its_looks_is_verified(cli, linked):
    cli.invoke(roadmap, ["site", "check"])
    done = cli.invoke(roadmap, ["ledger", "verify"])
    assert done.exit_code == 0
    assert "roadmap_site_check" in done.output


def test_a_body_that_nobody_knows_is_told(cli, linked):
    done = cli.invoke(roadmap, ["site", "check", "--body", "nobody"])
    assert done.exit_code == 1
    assert "There is no such body" in done.output


def test_the_worker_can_do_it(cli, linked, site):  # noqa: F811
    assert "left to the worker" in cli.invoke(roadmap, ["site", "check", "--background"]).output
    assert not site.asked
    get_queue(BULK).empty()
