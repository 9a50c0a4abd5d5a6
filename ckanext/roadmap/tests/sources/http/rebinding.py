"""A network of one's own with a resolver that lies: run in a namespace by `test_rebinding.py`.

Told on standard output: what each fetch came to, and the addresses at which the site was really asked.
"""

from __future__ import annotations

import io
import ipaddress
import json
import socket
import struct
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from ckanext.roadmap.sources.http import FetchError, Guard, Limits, Session

PUBLIC, INNER = "93.184.216.34", "127.0.0.1"
A, AAAA = 1, 28
ANSWERS = {
    "turn.example": [[PUBLIC], [INNER]],
    "hop.example": [[PUBLIC], [INNER]],
    "mixed.example": [[PUBLIC, INNER]],
    "inner.example": [[INNER]],
    "mapped.example": [["::ffff:127.0.0.1"]],
    "gateway.example": [["64:ff9b::7f00:1"]],
    "public.example": [[PUBLIC]],
}
"""Each answer in its turn, and from the first on again."""
reached: list[str] = []


def resolve() -> None:
    """Answers every question about a name, once for each kind of address."""
    told = Counter[tuple[str, int]]()
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind((INNER, 53))
    while True:
        question, who = listener.recvfrom(512)
        name, end = [], 12
        while size := question[end]:
            name.append(question[end + 1 : end + 1 + size].decode())
            end += size + 1
        kind = struct.unpack("!H", question[end + 1 : end + 3])[0]
        turns = ANSWERS.get(".".join(name), [[]])
        places = [ipaddress.ip_address(one) for one in turns[told[".".join(name), kind] % len(turns)]]
        told[".".join(name), kind] += 1
        fitting = [one.packed for one in places if (one.version == 4) == (kind == A)]
        head = question[:2] + struct.pack("!HHHHH", 0x8180, 1, len(fitting), 0, 0)
        rows = b"".join(b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 0, len(one)) + one for one in fitting)
        listener.sendto(head + question[12 : end + 5] + rows, who)


class Handler(BaseHTTPRequestHandler):
    """Says at which of its addresses it was asked."""

    def do_GET(self) -> None:
        """A page, or a way on."""
        reached.append(self.connection.getsockname()[0])
        self.send_response(302 if "to=" in self.path else 200)
        if "to=" in self.path:
            self.send_header("Location", unquote(self.path.partition("to=")[2]))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


def fetch(url: str) -> str:
    """What a fetch comes to."""
    limits = Limits(seconds=5, connect_seconds=2, read_seconds=2)
    try:
        return str(Session(Guard(), "a", limits).fetch(url, io.BytesIO()).status)
    except FetchError as error:
        return error.code


if __name__ == "__main__":
    for run in (resolve, ThreadingHTTPServer(("0.0.0.0", 80), Handler).serve_forever):  # noqa: S104
        threading.Thread(target=run, daemon=True).start()
    found = {
        "turn": [fetch("http://turn.example/") for _ in range(6)],
        "hop": fetch("http://hop.example/?to=http://hop.example/inner"),
        "names": [fetch(f"http://{one}.example/") for one in ("mixed", "inner", "mapped", "gateway")],
        "redirects": [
            fetch(f"http://public.example/?to={to}")
            for to in ("http://inner.example/", "http://0x7f.1/", "http://2130706433/", "//[::ffff:7f00:1]/")
        ],
        "users": [fetch(f"http://public.example{sign}127.0.0.1/") for sign in ("@", ":80@", "%40@")],
    }
    sys.stdout.write(json.dumps({**found, "reached": sorted(set(reached))}))
