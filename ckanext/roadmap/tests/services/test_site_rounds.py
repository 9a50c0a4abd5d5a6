"""Hosts are asked in turn, with pauses, and left alone when they ask for it."""

from __future__ import annotations

from ckanext.roadmap.services.site_links import Link
from ckanext.roadmap.services.site_rounds import Round
from ckanext.roadmap.sources.http import Sight

GOOD = Sight()
SILENT = Sight(error="fetch_no_answer")


class Time:
    def __init__(self) -> None:
        self.now = 0.0

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def link(url):
    return Link("d", "d", {}, url, "", url, "CSV")


def go(urls, answers=None, delays=None, pause=5.0):
    time, asked = Time(), []
    one = Round(map(link, urls), pause, time.clock, time.sleep)
    for each in one:
        asked.append((time.now, each.url))
        one.seen(each, (answers or {}).get(each.url, GOOD), (delays or {}).get(each.url, 0))
    return asked, one.left


def test_one_host_is_asked_with_pauses():
    asked, left = go(["http://a/1", "http://a/2", "http://a/3"])
    assert [at for at, _ in asked] == [0, 5, 10]
    assert left == 0


def test_hosts_take_turns_so_that_nobody_waits_for_another():
    asked, _ = go(["http://a/1", "http://a/2", "http://b/1", "http://b/2"])
    assert asked == [(0, "http://a/1"), (0, "http://b/1"), (5, "http://a/2"), (5, "http://b/2")]


def test_a_site_may_want_longer_pauses():
    asked, _ = go(["http://a/1", "http://a/2"], delays={"http://a/1": 30})
    assert [at for at, _ in asked] == [0, 30]


def test_case_and_names_of_users_make_no_other_host():
    asked, _ = go(["http://A/1", "http://u@a/2", "http://a:80/3", "https://a./4"])
    assert [at for at, _ in asked] == [0, 5, 10, 15]


def test_what_is_no_address_holds_up_nobody():
    asked, left = go(["http://[::1/a", "http://a/1", "http://\u2100.uz/b"])
    assert (len(asked), left) == (3, 0)


def test_a_host_that_asks_for_rest_gets_it_at_once():
    urls = ["http://a/1", "http://a/2", "http://a/3", "http://b/1"]
    asked, left = go(urls, {"http://a/1": Sight(error="link_later", is_later=True)})
    assert [url for _, url in asked] == ["http://a/1", "http://b/1"]
    assert left == 2


def test_a_silent_host_is_given_up_after_a_few_questions_in_a_row():
    urls = [f"http://a/{number}" for number in range(10)]
    asked, left = go(urls, dict.fromkeys(urls, SILENT))
    assert (len(asked), left) == (3, 7)
    asked, left = go(urls, dict.fromkeys(urls[::2], SILENT))
    assert (len(asked), left) == (10, 0)
