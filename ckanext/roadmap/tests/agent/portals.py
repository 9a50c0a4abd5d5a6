"""A stand-in for the portal: its calls for agents over the real inbox, and faults on demand."""

from __future__ import annotations

import email
import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import policy
from pathlib import Path
from typing import Any

from ckanext.roadmap.sources.parcel import Inbox, Manifest
from ckanext.roadmap.tests.sources.http.sites import Site, answer

COLUMNS = ["id", "name"]


class FakePortal:
    """Serves one mapping.

    :ivar fault: is called before each piece with its handler; true: it has answered itself
    """

    def __init__(self, site: Site, folder: Path) -> None:
        self.inbox, self.token = Inbox(folder), "rmp_good"
        self.ahead, self.sent = timedelta(0), list[int]()
        self.fault: Callable[[Any], bool] = lambda _handler: False
        for name in ("check", "begin", "chunk", "finish"):
            site.pages[f"/api/3/action/roadmap_push_{name}"] = self._page(getattr(self, f"_{name}"))

    def _page(self, talk: Callable[[Any, bytes], dict[str, Any] | None]) -> Callable[[Any], None]:
        def serve(handler: Any) -> None:
            body = handler.rfile.read(int(handler.headers["Content-Length"]))
            if self.token.encode() not in body:
                refused = {"error": {"__type": "Authorization Error"}}
                return answer(handler, json.dumps(refused).encode(), 403)
            found = talk(handler, body)
            if found is not None:
                answer(handler, json.dumps({"result": found}).encode())
            return None

        return serve

    def _check(self, _handler: Any, _body: bytes) -> dict[str, Any]:
        return {"columns": COLUMNS, "open": True, "now": (datetime.now(UTC) + self.ahead).isoformat()}

    def _begin(self, _handler: Any, body: bytes) -> dict[str, Any]:
        asked = json.loads(body)
        missing = self.inbox.begin(Manifest.from_dict({**asked["manifest"], "mapping": asked["mapping"]}))
        return {"known": missing is None, "missing": missing or []}

    def _chunk(self, handler: Any, body: bytes) -> dict[str, Any] | None:
        if self.fault(handler):
            return None
        head = f"Content-Type: {handler.headers['Content-Type']}\r\n\r\n".encode()
        form: Any = email.message_from_bytes(head + body, policy=policy.HTTP)
        parts = {
            one.get_param("name", header="content-disposition"): one.get_payload(decode=True)
            for one in form.iter_parts()
        }
        number = int(parts["number"])
        self.inbox.put(parts["content"].decode(), number, parts["upload"])
        self.sent.append(number)
        return {"number": number}

    def _finish(self, _handler: Any, body: bytes) -> dict[str, Any]:
        asked = json.loads(body)
        self.inbox.finish(asked["content"], datetime.fromisoformat(asked["read_at"]))
        return {"job_id": "x"}


def cut(handler: Any) -> bool:
    """As a portal that is restarted while it answers."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True
    return True
