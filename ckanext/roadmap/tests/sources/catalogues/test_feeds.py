"""Catalogues of others, as they really answer, and as they should not."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from ckanext.roadmap.domain.origin import OriginState, Remark
from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.sources.api import client
from ckanext.roadmap.sources.catalogues import Catalogue, catalogue_for
from ckanext.roadmap.sources.catalogues.egov import state_of
from ckanext.roadmap.sources.catalogues.instants import instant
from ckanext.roadmap.sources.catalogues.pace import Pace
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http import networks
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.reach import Reach
from ckanext.roadmap.tests.sources.http.sites import Site, page, serving

FEED = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<http://there.example/catalog> a hydra:PagedCollection ; hydra:totalItems 2 ; hydra:next <NEXT> .
<http://there.example/dataset/schools> a dcat:Dataset ;
    dct:title "Maktablar"@uz, "Школы"@ru, "Ecoles"@fr ;
    dct:description "Barcha maktablar"@uz ;
    dct:identifier "1-002-0001" ;
    dct:issued "2021-05-06"^^xsd:date ;
    dct:modified "2023-01-02T03:04:05"^^xsd:dateTime ;
    dct:publisher <http://there.example/organization/ministry-education> ;
    dct:license <http://creativecommons.org/licenses/by/4.0/> ;
    dcat:keyword "ta'lim", "maktab" ;
    dcat:contactPoint [ vcard:fn "Ali" ; vcard:hasEmail <mailto:ali@example.org> ] ;
    dcat:distribution [ dcat:downloadURL <http://there.example/schools.csv> ; dct:title "Jadval" ; dct:format "CSV" ] .
<http://there.example/organization/ministry-education> foaf:name "Ta'lim vazirligi" .
"""


@pytest.fixture(scope="module")
def site():
    with serving() as one:
        yield one


def read(site: Site, kind: str, path: str) -> Catalogue:
    reach = Reach(networks(["127.0.0.1/32"]))
    return catalogue_for(Way(f"{kind}+{site.url(path)}", reach=reach))


def test_a_feed_page_by_page(site: Site):
    site.pages["/catalog.ttl"] = page(FEED.replace("NEXT", site.url("/catalog.ttl?page=2")).encode())
    last = FEED.replace("hydra:next <NEXT>", "hydra:last <x>").replace("/schools>", "/teachers>")
    site.pages["/catalog.ttl?page=2"] = page(last.encode())
    feed = read(site, "dcat", "/catalog.ttl")
    first = feed.page("")
    (schools,) = first.items
    assert (first.total, schools.key, schools.slug) == (2, "http://there.example/dataset/schools", "schools")
    assert schools.title == Text(uz="Maktablar", ru="Школы")
    assert (schools.identifier, schools.notes.uz, schools.tags) == (
        "1-002-0001",
        "Barcha maktablar",
        ("maktab", "ta'lim"),
    )
    assert schools.created == datetime(2021, 5, 5, 19, tzinfo=UTC)
    assert (schools.publisher.name, schools.publisher.title.uz) == ("ministry-education", "Ta'lim vazirligi")
    assert schools.contact == {"name": "Ali", "email": "ali@example.org"}
    assert [(file.url, file.name, file.format) for file in schools.files] == [
        ("http://there.example/schools.csv", "Jadval", "CSV")
    ]
    assert schools.remarks == (Remark("licence_unknown", "http://creativecommons.org/licenses/by/4.0/"),)
    second = feed.page(first.next)
    assert (second.next, [one.slug for one in second.items]) == ("", ["teachers"])


XML = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
WRONG = [
    ("/c.ttl", b"<html><body>x", {}, "catalogue_page"),
    ("/c.ttl", b"this is no turtle", {}, "catalogue_not_rdf"),
    ("/c.rdf", b"<rdf:RDF", {}, "catalogue_not_rdf"),
    ("/c.rdf", XML, {}, "catalogue_refers"),
    ("/c.jsonld", b'{"@context": "http://127.0.0.1/secret", "@graph": []}', {}, "catalogue_refers"),
    ("/c.jsonld", b'{"@context": [{"a": {"@context": "http://x/"}}]}', {}, "catalogue_refers"),
    ("/c", b"x", {"Content-Type": "text/plain"}, "catalogue_not_rdf"),
]


@pytest.mark.parametrize(("path", "body", "headers", "code"), WRONG)
def test_feeds_that_are_none(site: Site, path: str, body: bytes, headers: dict[str, str], code: str):
    site.pages[path] = page(body, **headers)
    with pytest.raises(SourceError) as caught:
        read(site, "dcat", path).page("")
    assert caught.value.code == code


def test_another_ckan(site: Site):
    found = {
        "id": "a1", "name": "schools", "title": "Schools", "title_translated": '{"uz": "Maktablar"}', "state": "active",
        "notes_translated": {"uz": "Ro‘yxat", "ru": "Список"}, "notes": "plain",
        "metadata_created": "2023-01-01T00:00:00.123456", "metadata_modified": "2023-01-02T00:00:00", "license_id": "cc-by",
        "organization": {"id": "o", "name": "ministry-education", "title": "Ministry"}, "groups": [{"title": "Education"}],
        "resources": [{"url": "http://there.example/a.csv", "format": "CSV", "name": None}], "tags": [{"name": "x"}],
        "extras": [{"key": "identifier", "value": "1-002-0009"}],
    }  # fmt: skip
    document = {
        "success": True,
        "result": {"count": 101, "results": [found, {**found, "id": "a2", "state": "weird"}]},
    }
    query = "/api/3/action/package_search?rows=100&start={}&sort=metadata_created+asc%2C+id+asc"
    site.pages[query.format(0)] = page(json.dumps(document).encode())
    taken = read(site, "ckan", "/").page("")
    assert (taken.total, taken.next) == (101, "2")
    one, other = taken.items
    assert (one.key, one.title, one.identifier) == ("a1", Text(uz="Maktablar"), "1-002-0009")
    assert one.notes == Text(uz="Ro‘yxat", ru="Список")
    assert (one.updated, one.publisher.name) == (datetime(2023, 1, 2, tzinfo=UTC), "ministry-education")
    assert (one.spheres, one.licence, one.state) == ((Text(uz="Education"),), "cc-by", OriginState.unsaid)
    assert (other.state, other.remarks) == (OriginState.other, (Remark("state_unknown", "weird"),))
    site.pages[query.format(0)] = page(b'{"success": false}')
    with pytest.raises(SourceError, match="lacks"):
        read(site, "ckan", "/").page("")


def test_a_busy_server_is_asked_again_when_it_says(site: Site, monkeypatch: pytest.MonkeyPatch):
    slept: list[float] = []
    answers = [page(b"", 429, Retry_After="7"), page(b'{"result": {"count": 0, "results": []}}')]
    path = "/api/3/action/package_search?rows=100&start=0&sort=metadata_created+asc%2C+id+asc"
    site.pages[path] = lambda handler: answers.pop(0)(handler)  # noqa: PLW0108
    found = read(site, "ckan", "/")
    found.asker._sleep = slept.append
    monkeypatch.setattr(client, "PAUSES", (1.0,))
    assert found.page("").items == []
    assert slept == [7.0]


def test_questions_keep_their_distance_over_all_processes():
    now, slept = [100.0], []
    paces = [Pace("http://only-here.example/", 0.5, lambda: now[0]) for _ in range(2)]
    paces[0]._path.unlink(missing_ok=True)
    for turn in range(4):
        paces[turn % 2].wait(slept.append)
    assert slept == [0.5, 1.0, 1.5]
    now[0] = 200.0
    paces[0].wait(slept.append)
    assert len(slept) == 3, "a rested host is asked at once"
    paces[0]._path.write_text("no number")
    paces[0].wait(slept.append)
    assert len(slept) == 3


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2023-02-01T10:00:00", datetime(2023, 2, 1, 5, tzinfo=UTC)),
        ("2023-02-01T10:00:00.1234567Z", datetime(2023, 2, 1, 10, 0, 0, 123456, tzinfo=UTC)),
        ("01.02.2023", datetime(2023, 1, 31, 19, tzinfo=UTC)),
        ("1.2.2023 9:30", datetime(2023, 2, 1, 4, 30, tzinfo=UTC)),
        ("0001-01-01T00:00:00", None),
        (None, None),
    ],
)
def test_dates(written: str | None, found: datetime | None):
    assert instant(written) == (found, ())


def test_a_date_that_is_none_is_remarked():
    assert instant("kecha") == (None, (Remark("date_unknown", "kecha"),))


@pytest.mark.parametrize(
    ("written", "state"),
    [(1, "new"), ("2", "updated"), ("Rad qilingan", "rejected"), ("Тасдиқланган", "approved"), (None, "unsaid"), ("", "unsaid"),
     ({"uzbText": "Eskirgan"}, "outdated"), (7, "other"), ("allaqanday", "other"), ([1], "other")],
)  # fmt: skip
def test_states_of_the_present_portal(written: object, state: str):
    found, remarks = state_of(written)
    assert found == state
    assert bool(remarks) == (state == "other")
