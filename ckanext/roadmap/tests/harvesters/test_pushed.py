"""What agents push: several mappings of one connection, the first time, and what a takedown leaves of it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.harvest.model import HarvestJob
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import connections
from ckanext.roadmap.sources.parcel.pieces import Content, packed
from ckanext.roadmap.tests.country import act

from .conftest import CONNECTION, MAPPING, Chain

pytestmark = pytest.mark.usefixtures("with_plugins")
NAMES = [column["name"] if isinstance(column, dict) else column for column in MAPPING["columns"]]
ROWS = b"1,0001,1703,maktab 1,7\n2,0002,1726,maktab 2,9\n"


class Agent:
    """Speaks as roadmap-agent does."""

    def __init__(self) -> None:
        system = act(
            "roadmap_system_create", body="ministry-education", title_uz="Maktab", connection=CONNECTION
        )
        self.token = act("roadmap_push_token_create", system=system["code"], note="")["token"]

    def push(self, mapping: str, ago: int = 0) -> dict[str, Any]:
        """One small parcel, read so many minutes ago."""
        types = ["int4", "text", "text", "text", "int4"]
        content, chunk = Content(NAMES, types), packed(ROWS)
        content.add(ROWS)
        manifest = {
            "columns": NAMES, "types": types, "lines": content.lines, "size": content.size, "content": content.hash,
            "chunks": [hashlib.sha256(chunk).hexdigest()], "read_at": "2026-01-01T00:00:00+00:00",
        }  # fmt: skip
        known = {"token": self.token, "mapping": mapping}
        begun = act("roadmap_push_begin", **known, manifest=manifest)
        known["content"] = content.hash
        for number in begun["missing"]:
            act("roadmap_push_chunk", **known, number=number, upload=FileStorage(BytesIO(chunk), "piece.gz"))
        read = datetime.now(UTC) - timedelta(minutes=ago)
        return {**begun, **act("roadmap_push_finish", **known, read_at=read.isoformat())}


@pytest.fixture
def agent(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> Agent:
    """Two mappings of a connection that an agent brings."""
    monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL", "push:")
    chain.map(name="colleges", dataset={**MAPPING["dataset"], "name": "kollejlar"})
    return Agent()


def outcomes() -> list[tuple[str, str | None]]:
    model.Session.expire_all()
    rows = model.Session.scalars(Run.newest().order_by(None).order_by(Run.started_at))
    return [(row.mapping_name, row.outcome) for row in rows]


def served(chain: Chain) -> None:
    chain.consume()
    chain.load()


def finish_jobs() -> None:
    """As `ckan harvester run` does each minute."""
    tk.get_action("harvest_jobs_run")({"ignore_auth": True, "user": ""}, {})


def test_a_mapping_that_nobody_has_pushed_yet_is_no_failure(chain: Chain, agent: Agent):
    with pytest.raises(tk.ValidationError, match="Nothing has been pushed"):
        act("roadmap_harvest_start", connection=CONNECTION)
    agent.push("schools", ago=2)
    agent.push("colleges", ago=1)  # while the harvest of the first is still open
    served(chain)
    assert outcomes() == [("schools", "applied")]
    finish_jobs()
    (due,) = act("roadmap_harvest_due")
    assert (due["mappings"], due["joined"]) == (["colleges"], False)
    served(chain)
    finish_jobs()
    assert outcomes() == [("schools", "applied"), ("colleges", "applied")]
    assert act("roadmap_harvest_due") == []
    assert len(chain.search()) == 2


def test_a_harvest_of_the_whole_connection_leaves_out_what_is_awaited(chain: Chain, agent: Agent):
    agent.push("schools")
    served(chain)
    finish_jobs()
    chain.harvest()
    assert [name for name, _ in outcomes()] == ["schools", "schools"]
    job: Any = HarvestJob
    assert all(not one.gather_errors for one in model.Session.query(job))


def test_a_takedown_takes_what_was_pushed_at_once(chain: Chain, agent: Agent):
    agent.push("schools")
    served(chain)
    folder = connections.pushed_folder()
    assert list(folder.glob("*/*.csv.gz"))
    resource = act("roadmap_mapping_show", name="schools")["resource_id"]
    act("roadmap_takedown_create", resource=resource, reason="Names of people")
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    again = agent.push("schools")
    assert (again["known"], again["missing"]) == (False, [1])
