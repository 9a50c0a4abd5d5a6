"""The guarded session against real sites on the loopback."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import socket
import threading
import time
import zlib

import pytest

from ckanext.roadmap.sources.http import FetchError, Guard, Limits, Session, networks

from .sites import answer, page, serving

LOOPBACK = networks(["127.0.0.1/32", "::1/128"])
QUICK = Limits(bytes=4 * 2**20, seconds=5, connect_seconds=1, read_seconds=1)


@pytest.fixture
def session():
    return Session(Guard(LOOPBACK), "Portal (https://data.example; checks links)", QUICK)


@pytest.fixture
def site():
    with serving() as one:
        yield one


def refused(session, url, **given):
    into = io.BytesIO()
    with pytest.raises(FetchError) as caught:
        session.fetch(url, into, **given)
    return caught.value.code


def raw_server(talk):
    """A server that says what it likes; `talk` gets the socket."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        with listener:
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(10)
                with contextlib.suppress(OSError):
                    talk(connection)

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}/"


def drip(head, piece):
    def talk(connection):
        connection.recv(4096)
        connection.sendall(head)
        for _ in range(200):
            connection.sendall(piece)
            time.sleep(0.05)

    return talk


def test_a_page_is_taken_with_size_hash_and_headers(session, site):
    site.pages["/a?b=c%20d"] = page(b"one,two\n", ETag='"x"')
    into = io.BytesIO()
    got = session.fetch(site.url("/a?b=c%20d"), into)
    assert (got.status, got.size, got.headers["etag"]) == (200, 8, '"x"')
    assert into.getvalue() == b"one,two\n"
    assert got.sha256 == hashlib.sha256(b"one,two\n").hexdigest()
    assert got.url == site.url("/a?b=c%20d")


def test_the_portal_names_itself_and_sends_conditions_over_redirects(session, site):
    site.pages["/a"] = page(status=302, Location="/b")
    site.pages["/b"] = page(status=304)
    got = session.fetch(site.url("/a"), io.BytesIO(), {"If-None-Match": '"x"'})
    assert (got.status, got.url, got.size) == (304, site.url("/b"), 0)
    assert [headers["user-agent"] for _, headers in site.asked] == [session.agent] * 2
    assert site.asked[1][1]["if-none-match"] == '"x"'


@pytest.mark.parametrize("letters", ["/маълумот й.csv", "/a b.csv"])
def test_letters_of_an_address_are_escaped(session, site, letters):
    session.fetch(site.url(letters), io.BytesIO())
    assert site.paths()[0].isascii()
    assert " " not in site.paths()[0]


def test_the_body_of_an_error_is_not_taken(session, site):
    site.pages["/a"] = page(b"secret words", status=500)
    into = io.BytesIO()
    assert session.fetch(site.url("/a"), into).status == 500
    assert into.getvalue() == b""


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "127.1", "0", "[::1]"]
    + ["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]"],
)
def test_every_spelling_of_the_loopback_is_refused(site, host):
    site.pages["/"] = page(b"inner")
    session = Session(Guard(), "a", QUICK)
    assert refused(session, f"http://{host}:{site.port}/") == "fetch_forbidden"
    assert not site.asked


@pytest.mark.parametrize("host", ["2130706433", "0177.0.0.1", "0x7f.1"])
def test_odd_spellings_reach_what_the_operator_allows(session, site, host):
    site.pages["/"] = page(b"x")
    assert session.fetch(f"http://{host}:{site.port}/", io.BytesIO()).size == 1


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/", "http://[::ffff:10.0.0.1]/", "http://2852039166/", "//192.168.0.1/"],
)
def test_a_redirect_to_an_inner_address_is_refused(session, site, target):
    site.pages["/a"] = page(status=302, Location=target)
    assert refused(session, site.url("/a")) == "fetch_forbidden"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://u:p@127.0.0.1/"])
def test_a_redirect_out_of_the_web_is_refused(session, site, target):
    site.pages["/a"] = page(status=301, Location=target)
    assert refused(session, site.url("/a")) == "fetch_address"


@pytest.mark.parametrize(
    "url",
    ["", "ftp://a.example/", "http://", "http://a:b@c.example/", "http://a.example:99999/", "http://[::1"],
)
def test_what_is_no_address_of_the_web_is_refused(session, url):
    assert refused(session, url) == "fetch_address"


def test_a_name_that_moves_between_two_looks_reaches_nothing_inner(site, monkeypatch):
    """DNS rebinding: public at the first look, the loopback at the second; there is but one look."""
    site.pages["/"] = page(b"inner")
    looks = []

    def rebinding(host, port, **kwargs):
        looks.append(host)
        address = "93.184.216.34" if len(looks) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    reached = []
    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket.socket, "connect", lambda _self, place: reached.append(place) or _refuse())
    assert refused(Session(Guard(), "a", QUICK), f"http://moving.example:{site.port}/") == "fetch_no_answer"
    assert reached == [("93.184.216.34", site.port)]
    assert looks == ["moving.example"]


def _refuse():
    raise ConnectionRefusedError


def test_one_inner_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    places = [("93.184.216.34", 80), ("10.0.0.1", 80)]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in places]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert refused(Session(Guard(), "a", QUICK), "http://mixed.example/") == "fetch_forbidden"


def test_the_other_end_has_the_last_word(site, monkeypatch):
    """A socket that ends up elsewhere than the address that was checked is let go."""
    site.pages["/"] = page(b"inner")
    monkeypatch.setattr(socket.socket, "getpeername", lambda _self: ("10.0.0.7", 80))
    assert refused(Session(Guard(LOOPBACK), "a", QUICK), site.url("/")) == "fetch_forbidden"
    assert not site.asked


def test_proxies_of_the_environment_are_not_used(session, site, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    site.pages["/"] = page(b"x")
    assert session.fetch(site.url("/"), io.BytesIO()).size == 1


def test_redirects_come_to_an_end(session, site):
    site.pages["/a"] = page(status=302, Location="/a")
    assert refused(session, site.url("/a")) == "fetch_redirects"
    assert len(site.asked) == QUICK.redirects + 1


def test_a_body_larger_than_it_may_be_is_refused_before_and_while_it_comes(session, site):
    site.pages["/told"] = page(bytes(5 * 2**20))
    assert refused(session, site.url("/told")) == "fetch_too_large"

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(1000):
            handler.wfile.write(bytes(64 * 1024))

    site.pages["/untold"] = endless
    assert refused(session, site.url("/untold")) == "fetch_too_large"


def test_packed_bodies_are_unpacked(session, site):
    body = bytes(range(256)) * 1000
    site.pages["/gzip"] = page(gzip.compress(body), Content_Encoding="gzip")
    parts = gzip.compress(body[:1000]) + gzip.compress(body[1000:])
    site.pages["/parts"] = page(parts, Content_Encoding="gzip")
    site.pages["/deflate"] = page(zlib.compress(body), Content_Encoding="deflate")
    for path in site.pages:
        into = io.BytesIO()
        assert session.fetch(site.url(path), into).size == len(body)
        assert into.getvalue() == body


def test_a_bomb_goes_off_elsewhere(site):
    site.pages["/bomb"] = page(gzip.compress(bytes(64 * 2**20), 9), Content_Encoding="gzip")
    wide = Session(Guard(LOOPBACK), "a", Limits(bytes=2**30))
    into = io.BytesIO()
    with pytest.raises(FetchError) as caught:
        wide.fetch(site.url("/bomb"), into)
    assert caught.value.code == "fetch_bomb"
    assert into.tell() < 20 * 2**20


@pytest.mark.parametrize("packing", ["br", "zstd", "gzip, gzip", "x"])
def test_packing_that_nobody_asked_for_is_refused(session, site, packing):
    site.pages["/a"] = page(b"?", Content_Encoding=packing)
    assert refused(session, site.url("/a")) == "fetch_packing"


def test_a_packed_body_that_is_broken_is_told(session, site):
    whole = gzip.compress(bytes(range(256)) * 100)
    site.pages["/short"] = page(whole[:-20], Content_Encoding="gzip")
    site.pages["/more"] = page(whole + b"and more", Content_Encoding="gzip")
    site.pages["/wrong"] = page(b"not gzip at all", Content_Encoding="gzip")
    assert refused(session, site.url("/short")) == "fetch_broken_off"
    assert refused(session, site.url("/more")) == "fetch_packing"
    assert refused(session, site.url("/wrong")) == "fetch_packing"


def test_a_body_that_breaks_off_is_told(session, site):
    def short(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"ten bytes.")

    site.pages["/a"] = short
    assert refused(session, site.url("/a")) == "fetch_broken_off"


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
        (b"", b"H"),
    ],
)
def test_a_slow_drip_ends_with_the_time_it_has(head, piece):
    session = Session(Guard(LOOPBACK), "a", Limits(seconds=0.6, read_seconds=0.5))
    began = time.monotonic()
    assert refused(session, raw_server(drip(head, piece))) == "fetch_too_slow"
    assert time.monotonic() - began < 3


def test_a_handshake_that_hangs_ends_with_the_time_it_has():
    session = Session(Guard(LOOPBACK), "a", Limits(seconds=0.6, read_seconds=20))
    url = raw_server(lambda connection: time.sleep(4)).replace("http:", "https:")
    began = time.monotonic()
    assert refused(session, url) in ("fetch_too_slow", "fetch_certificate")
    assert time.monotonic() - began < 3


def test_silence_is_told(session):
    url = raw_server(lambda connection: time.sleep(3))
    assert refused(session, url) == "fetch_silent"


def test_a_site_without_a_certificate_is_told(session, site):
    assert refused(session, site.url("/").replace("http:", "https:")) == "fetch_certificate"


def test_nobody_there_is_told(session):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert refused(session, f"http://127.0.0.1:{port}/") == "fetch_no_answer"
    assert refused(session, "http://nowhere.invalid/") == "fetch_no_host"


def test_ipv6_is_spoken(session):
    try:
        with serving("::1") as six:
            six.pages["/"] = lambda handler: answer(handler, b"six")
            assert session.fetch(six.url("/"), io.BytesIO()).size == 3
    except OSError:
        pytest.skip("this machine has no IPv6")
