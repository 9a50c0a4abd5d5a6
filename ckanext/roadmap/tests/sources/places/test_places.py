"""Files where ministries lay them: a web server, OpenSSH and a folder, all real."""

from __future__ import annotations

import gzip
import itertools
import os
import threading
import time
from collections import Counter
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from ckanext.roadmap.sources import standing
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http import networks
from ckanext.roadmap.sources.limits import Limits
from ckanext.roadmap.sources.places import Place, Way, place_for
from ckanext.roadmap.sources.places.settling import Settling, State
from ckanext.roadmap.sources.reach import Reach
from ckanext.roadmap.tests.sources.http.sites import Site, answer, page, serving

from . import ssh

LOOPBACK = networks(["127.0.0.1/32"])
CSV = b"id,nomi\n1,maktab\n"


def place(url: str, name: str = "a.csv", **reach: Any) -> Place:
    options = reach.pop("options", {})
    bounds = Reach(**{"networks": LOOPBACK, **reach})
    return place_for(Way(url, Limits(connect=3, statement=10), bounds, options), name)


def refused(one: Place, into: Path) -> str:
    with pytest.raises(SourceError) as caught:
        one.bring(into)
    assert "parol" not in str(caught.value)
    assert "127.0.0.1" not in str(caught.value)
    return caught.value.code


def old(path: Path) -> Path:
    os.utime(path, (1e9, 1e9))
    return path


class TestFolder:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "drop").mkdir()
        return tmp_path / "drop"

    def at(self, folder: Path, name: str = "a.csv", query: str = "settle=60") -> Place:
        return place(f"drop://{folder}/?{query}", name)

    def test_a_file_at_rest(self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        (folder / "a.csv").write_bytes(CSV)
        old(folder / "a.csv")
        one = self.at(folder)
        assert one.look() is None, "it was put there a moment ago, whatever time it bears"
        monkeypatch.setattr(standing, "TICK", 0.0)
        seen = one.look() or {}
        assert {**seen, "noted": 0, "number": 0} == {
            "name": "a.csv", "size": len(CSV), "changed": 10**18, "noted": 0, "number": 0,
        }  # fmt: skip
        (folder / "a.csv").write_bytes(CSV[::-1])
        old(folder / "a.csv")
        assert one.look() != seen, "size and time can be kept, and the content be another"
        (folder / "a.csv").write_bytes(CSV)
        old(folder / "a.csv")
        assert one.bring(tmp_path).path.read_bytes() == CSV

    def test_the_newest_of_a_pattern(self, folder: Path, tmp_path: Path):
        for name in (
            "a-2024-01.csv",
            "a-2024-02.csv",
            "a-2024-03.csv.part",
            "a-2024-04.csv",
            "a-2024-04.csv.tmp",
        ):
            (folder / name).write_bytes(CSV)
            old(folder / name)
        assert self.at(folder, "a-*").bring(tmp_path).name == "a-2024-02.csv"

    def test_an_upload_under_way_is_not_read(self, folder: Path, tmp_path: Path):
        (folder / "a.csv.part").write_bytes(CSV[:5])
        assert refused(self.at(folder), tmp_path) == "file_unfinished"
        (folder / "a.csv").write_bytes(CSV)
        old(folder / "a.csv")
        assert refused(self.at(folder), tmp_path) == "file_unfinished"
        (folder / "a.csv.part").unlink()
        assert self.at(folder).bring(tmp_path).name == "a.csv"
        assert refused(self.at(folder, query="marker=.done"), tmp_path) == "file_unfinished"
        (folder / "a.csv.done").touch()
        assert self.at(folder, query="marker=.done").bring(tmp_path).name == "a.csv"

    def test_nothing_outside_and_no_link_is_followed(self, folder: Path, tmp_path: Path):
        (tmp_path / "secret.csv").write_bytes(CSV)
        assert refused(self.at(folder, "../secret.csv"), tmp_path) == "file_outside"
        (folder / "a.csv").symlink_to(tmp_path / "secret.csv")
        assert refused(self.at(folder), tmp_path) == "file_missing"
        assert refused(place(f"drop://{folder}/none/"), tmp_path) == "file_unreadable"

    def test_a_link_or_a_pipe_put_there_after_the_look_is_not_read(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        (tmp_path / "secret.csv").write_bytes(CSV)
        old(tmp_path / "secret.csv")
        one = self.at(folder)
        for put in ("symlink", "pipe", "nothing"):
            (folder / "a.csv").write_bytes(CSV)
            old(folder / "a.csv")

            def exchanged(self: Settling, name: str, state: Any, put: str = put) -> State:
                found = state()
                (folder / name).unlink()
                if put == "symlink":
                    (folder / name).symlink_to(tmp_path / "secret.csv")
                elif put == "pipe":
                    os.mkfifo(folder / name)
                return found

            with monkeypatch.context() as patch:
                patch.setattr(Settling, "rest", exchanged)
                code = refused(one, tmp_path)
            assert code == ("file_changed" if put == "pipe" else "file_unreadable")
            (folder / "a.csv").unlink(missing_ok=True)

    def test_a_folder_in_which_somebody_is_busy_gives_whole_files_or_none(self, folder: Path, tmp_path: Path):
        """Written in place, renamed, made a link, deleted, over and over, as fast as it goes."""
        (tmp_path / "secret.csv").write_bytes(b"secret")
        whole = {letter * 300_000 for letter in (b"a", b"b", b"c")}
        over = threading.Event()

        def busy() -> None:
            path, beside = folder / "a.csv", folder / "beside"
            for content in itertools.cycle(whole):
                if over.is_set():
                    return
                with path.open("wb") as file:
                    file.write(content[:150_000])
                    file.flush()
                    file.write(content[150_000:])
                time.sleep(0.03)
                beside.write_bytes(content)
                beside.replace(path)
                time.sleep(0.03)
                beside.symlink_to(tmp_path / "secret.csv")
                beside.replace(path)
                path.unlink()

        thread, got = threading.Thread(target=busy), Counter[str]()
        thread.start()
        try:
            while got["whole"] < 20:
                try:
                    content = self.at(folder, query="settle=0.02").bring(tmp_path).path.read_bytes()
                    assert content in whole
                    got["whole"] += 1
                except SourceError as error:
                    got[error.code] += 1
        finally:
            over.set()
            thread.join()
        assert set(got) <= {"whole", "file_changed", "file_missing", "file_unfinished", "file_unreadable"}

    def test_too_large(self, folder: Path, tmp_path: Path):
        (folder / "a.csv").write_bytes(CSV)
        old(folder / "a.csv")
        assert refused(place(f"drop://{folder}/", bytes=5), tmp_path) == "file_too_large"


class TestSettling:
    """The clock and the file are scripted."""

    def rest(self, states: list[State], now: float = 100.0) -> State:
        waited: list[float] = []
        given = iter(states)
        try:
            return Settling(60).rest("a", lambda: next(given), lambda: now, waited.append)
        finally:
            self.waited = waited

    def test_an_old_file_is_taken_at_once(self):
        assert self.rest([State(5, 40.0)]) == State(5, 40.0)
        assert self.waited == []

    def test_a_fresh_one_is_watched(self):
        assert self.rest([State(5, 99.0), State(9, 120.0), State(9, 120.0)]).size == 9
        assert self.waited == [60, 60]

    def test_one_that_never_rests(self):
        with pytest.raises(SourceError, match="still being written"):
            self.rest([State(n, 100.0 + n) for n in range(9)])

    def test_a_time_in_the_future_is_no_sign_of_rest(self):
        assert self.rest([State(5, 1e12), State(5, 1e12)]).size == 5
        assert self.waited == [60]


class TestWeb:
    @pytest.fixture
    def site(self):
        with serving() as one:
            yield one

    def test_probe_and_file(self, site: Site, tmp_path: Path):
        site.pages["/d/a%20b.csv"] = page(CSV, ETag='"1"', Content_Type="text/csv")
        one = place(site.url("/d/"), "a b.csv")
        assert one.look() == {"etag": '"1"', "content-length": str(len(CSV))}
        brought = one.bring(tmp_path)
        assert (brought.path.read_bytes(), brought.name, brought.media) == (CSV, "a b.csv", "text/csv")
        site.pages["/d/a%20b.csv"] = page(CSV, ETag='"2"')
        assert refused(one, tmp_path) == "file_changed"

    @pytest.mark.parametrize(("age", "believed"), [(3600, True), (5, False), (-3600, False)])
    def test_what_was_changed_a_moment_before_is_not_believed(self, site: Site, age: int, believed: bool):
        """It may change again within the second that the server tells, or its clock is wrong."""
        changed = formatdate(time.time() - age, usegmt=True)
        site.pages["/a.csv"] = page(CSV, ETag='"1"', Last_Modified=changed)
        assert (place(site.url("/a.csv")).look() is not None) == believed

    def test_without_signs_or_without_head_only_reading_tells(self, site: Site, tmp_path: Path):
        site.pages["/a.csv"] = page(CSV)
        assert place(site.url("/a.csv")).look() is None
        assert place(site.url("/none.csv")).look() is None
        assert refused(place(site.url("/none.csv")), tmp_path) == "source_status"

    def test_a_broken_off_answer_is_nothing(self, site: Site, tmp_path: Path):
        def cut(handler: Any) -> None:
            handler.send_response(200)
            handler.send_header("Content-Length", "1000")
            handler.end_headers()
            handler.wfile.write(CSV)
            handler.close_connection = True

        site.pages["/a.csv"] = cut
        assert refused(place(site.url("/a.csv")), tmp_path) == "fetch_broken_off"

    def test_the_secret_stays_with_its_origin(self, site: Site, tmp_path: Path):
        with serving() as other:
            other.pages["/b"] = page(CSV)
            site.pages["/a"] = page(status=302, Location="/c")
            site.pages["/c"] = page(status=307, Location=other.url("/b"))
            options = {"api_key": "kalit", "api_key_header": "X-Kalit"}
            url = site.url("/a").replace("//", "//ali:parol%40@")
            place(url, options=options).bring(tmp_path)
            for _, headers in site.asked:
                assert headers["authorization"] == "Basic YWxpOnBhcm9sQA=="
                assert headers["x-kalit"] == "kalit"
            assert not {"authorization", "x-kalit"} & other.asked[0][1].keys()

    def test_an_inner_address_behind_a_redirect(self, site: Site, tmp_path: Path):
        site.pages["/a.csv"] = page(status=302, Location="http://169.254.169.254/latest")
        assert refused(place(site.url("/a.csv")), tmp_path) == "fetch_forbidden"
        assert refused(place(site.url("/a.csv"), networks=()), tmp_path) == "fetch_forbidden"

    def test_too_large_and_bomb(self, site: Site, tmp_path: Path):
        site.pages["/a.csv"] = page(b"x" * 4000)
        assert refused(place(site.url("/a.csv"), bytes=3000), tmp_path) == "fetch_too_large"
        site.pages["/b.csv"] = page(gzip.compress(b"1,2\n" * 2_000_000), Content_Encoding="gzip")
        assert refused(place(site.url("/b.csv")), tmp_path) == "fetch_bomb"

    def test_a_slow_source_is_cut(self, site: Site, tmp_path: Path):
        def slow(handler: Any) -> None:
            time.sleep(5)
            answer(handler, CSV)

        site.pages["/a.csv"] = slow
        way = Way(site.url("/a.csv"), Limits(connect=1, statement=1), Reach(LOOPBACK))
        assert refused(place_for(way, ""), tmp_path) in ("fetch_too_slow", "fetch_silent")


LARGE = bytes(range(256)) * 20_000


class Stopping:
    """A server that breaks off after some bytes, each time it is asked."""

    def __init__(self, *stops: int, **headers: str) -> None:
        self.stops, self.headers = list(stops), {"ETag": '"1"', "Accept-Ranges": "bytes", **headers}
        self.content, self.knows_parts = LARGE, True

    def __call__(self, handler: Any) -> None:
        at = int((handler.headers.get("Range") or "bytes=0-")[6:-1])
        same = handler.headers.get("If-Range") in (None, self.headers["ETag"])
        at = at if self.knows_parts and same else 0
        part = self.content[at:]
        handler.send_response(206 if at else 200)
        told = {**self.headers, "Content-Length": str(len(part))}
        if at:
            told.setdefault("Content-Range", f"bytes {at}-{len(self.content) - 1}/{len(self.content)}")
        for name, value in told.items():
            handler.send_header(name, value)
        handler.end_headers()
        if handler.command == "HEAD":
            return
        stop = self.stops.pop(0) if self.stops else len(part)
        handler.wfile.write(part[:stop])
        if stop < len(part):
            handler.close_connection = True


class TestResuming:
    @pytest.fixture
    def site(self):
        with serving() as one:
            yield one

    def bring(self, site: Site, server: Stopping, tmp_path: Path, **more: Any) -> bytes:
        site.pages["/a.bin"] = server
        one = place(site.url("/a.bin"), **more)
        self.waited: list[float] = []
        one.sleep = self.waited.append
        one.look()
        site.asked.clear()
        return one.bring(tmp_path).path.read_bytes()

    def test_it_goes_on_from_where_it_stopped(self, site: Site, tmp_path: Path):
        assert self.bring(site, Stopping(1_000_000, 2_000_000, 5), tmp_path) == LARGE
        ranges = [headers.get("range") for _, headers in site.asked]
        assert ranges == [None, "bytes=1000000-", "bytes=3000000-", "bytes=3000005-"]
        assert {headers["accept-encoding"] for _, headers in site.asked} == {"identity"}
        assert self.waited == [1, 2, 5]

    def test_a_server_without_parts_begins_anew(self, site: Site, tmp_path: Path):
        server = Stopping(1_000_000)
        server.knows_parts = False
        assert self.bring(site, server, tmp_path) == LARGE

    def test_another_file_in_between_is_told(self, site: Site, tmp_path: Path):
        server = Stopping(1_000_000)

        def changing(handler: Any) -> None:
            server(handler)
            if handler.command == "GET":
                server.headers["ETag"], server.content = '"2"', LARGE[::-1]

        site.pages["/a.bin"] = changing
        one = place(site.url("/a.bin"))
        one.sleep = lambda _: None
        one.look()
        assert refused(one, tmp_path) == "file_changed"

    @pytest.mark.parametrize("headers", [{"ETag": 'W/"1"'}, {"Accept-Ranges": "none"}])
    def test_without_a_sign_it_is_not_put_together(self, site: Site, tmp_path: Path, headers: dict[str, str]):
        with pytest.raises(SourceError) as caught:
            self.bring(site, Stopping(1_000_000, **headers), tmp_path)
        assert caught.value.code == "fetch_broken_off"
        assert self.waited == []

    def test_neither_is_a_part_that_begins_elsewhere(self, site: Site, tmp_path: Path):
        server = Stopping(1_000_000, **{"Content-Range": "bytes 7-9/10"})
        with pytest.raises(SourceError) as caught:
            self.bring(site, server, tmp_path)
        assert caught.value.code == "fetch_broken_off"
        assert self.waited == [1, 2, 5], "as long as the time of a load lasts"

    def test_parts_together_have_a_limit(self, site: Site, tmp_path: Path):
        with pytest.raises(SourceError) as caught:
            self.bring(site, Stopping(3_000_000), tmp_path, bytes=len(LARGE) - 1)
        assert caught.value.code == "fetch_too_large"


class TestSftp:
    @pytest.fixture(scope="class")
    def server(self, tmp_path_factory: pytest.TempPathFactory):
        folder, base = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("ssh")
        with ssh.serving(folder, base) as one:
            yield one

    @pytest.fixture
    def file(self, server: ssh.Server) -> Path:
        path = server.folder / "a.csv"
        path.write_bytes(CSV * 50_000)
        return old(path)

    def test_look_and_bring(self, server: ssh.Server, file: Path, tmp_path: Path):
        one = place(server.url())
        assert one.look() == {"name": "a.csv", "size": len(CSV) * 50_000, "changed": 1e9}
        assert one.bring(tmp_path).path.read_bytes() == file.read_bytes()
        os.utime(file)
        assert one.look() is None

    def test_another_server_gets_nothing(self, server: ssh.Server, file: Path, tmp_path: Path):
        assert refused(place(server.url(host_key="SHA256:boshqa")), tmp_path) == "sftp_host_key"
        assert refused(place(server.url(host_key="")), tmp_path) == "sftp_host_key_missing"

    def test_refusals(self, server: ssh.Server, file: Path, tmp_path: Path):
        assert refused(place(server.url(key_file="")), tmp_path) == "login_refused"
        assert refused(place(server.url(key_file="/none")), tmp_path) == "sftp_key_file"
        assert refused(place(server.url(), "b.csv"), tmp_path) == "file_missing"
        assert refused(place(server.url(), "../a.csv"), tmp_path) == "file_outside"
        assert refused(place(server.url(), bytes=9), tmp_path) == "file_too_large"
        assert refused(place(server.url(), networks=()), tmp_path) == "fetch_forbidden"
        assert refused(place(server.url().replace(str(server.folder), "/none")), tmp_path) == "sftp_folder"
        (server.folder / "a.csv.filepart").touch()
        assert refused(place(server.url()), tmp_path) == "file_unfinished"
        (server.folder / "a.csv.filepart").unlink()
