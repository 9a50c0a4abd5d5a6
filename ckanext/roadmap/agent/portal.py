"""The portal as the agent knows it: four calls over HTTPS, tried again while the network fails."""

from __future__ import annotations

import http.client
import json
import secrets
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from ckanext.roadmap.agent.errors import AgentError, ChangedError, ConfigError, OfflineError, RefusedError
from ckanext.roadmap.agent.settings import Settings
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.sources.parcel import Manifest

PAUSES = (1, 3, 10)
AGAIN = (408, 425, 429, 500, 502, 503, 504)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would take the token to another place."""

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """None: the answer counts as a fault."""
        return None


class Portal:
    """Speaks for one token."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.token = settings, settings.token()
        context = _context(settings)
        proxies = {"https": settings.proxy, "http": settings.proxy} if settings.proxy else None
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=context), urllib.request.ProxyHandler(proxies), _NoRedirect()
        )

    def check(self, mapping: str) -> dict[str, Any]:
        """What the portal says of the token and a mapping, and what time it has."""
        return self._json("roadmap_push_check", {"token": self.token, "mapping": mapping})

    def begin(self, manifest: Manifest) -> dict[str, Any]:
        """Which pieces are still to be sent."""
        body = {"token": self.token, "mapping": manifest.mapping, "manifest": manifest.to_dict()}
        return self._json("roadmap_push_begin", body)

    def put(self, manifest: Manifest, number: int, chunk: bytes) -> None:
        """Send one piece."""
        fields = {
            "token": self.token,
            "mapping": manifest.mapping,
            "content": manifest.content,
            "number": str(number),
        }
        kind, body = _multipart(fields, chunk)
        self._call("roadmap_push_chunk", body, kind)

    def finish(self, manifest: Manifest) -> dict[str, Any]:
        """All pieces are there."""
        body = {
            "token": self.token,
            "mapping": manifest.mapping,
            "content": manifest.content,
            "read_at": manifest.read_at.isoformat(),
        }
        return self._json("roadmap_push_finish", body)

    def fail(self, mapping: str, error: RoadmapError) -> None:
        """Tell why a source could not be read: code and values, no text of ours."""
        body = {"token": self.token, "mapping": mapping, "code": error.code, "params": error.params}
        self._json("roadmap_push_fail", body)

    def _json(self, action: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return self._call(action, json.dumps(body, default=str).encode(), "application/json")

    def _call(self, action: str, body: bytes, kind: str) -> dict[str, Any]:
        for pause in (*PAUSES, None):
            try:
                return self._once(action, body, kind)
            except OfflineError:
                if pause is None:
                    raise
                time.sleep(pause)
        raise AssertionError

    def _once(self, action: str, body: bytes, kind: str) -> dict[str, Any]:
        headers = {"Content-Type": kind, "User-Agent": "roadmap-agent"}
        url = f"{self.settings.portal}/api/3/action/{action}"
        request = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310  # https, or this machine
        try:
            with self._opener.open(request, timeout=self.settings.timeout) as answer:
                return json.load(answer)["result"]
        except urllib.error.HTTPError as error:
            raise _refusal(error) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _offline(str(getattr(error, "reason", error))) from None


def _context(settings: Settings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(settings.ca_file) if settings.ca_file else None)
    except (OSError, ssl.SSLError):
        raise ConfigError(
            "agent_config", "ca_file cannot be read.", "Name a file of certificates in PEM.", field="ca_file"
        ) from None


def _offline(detail: str) -> OfflineError:
    return OfflineError(
        "portal_offline",
        f"The portal cannot be reached ({detail}).",
        "What was read waits in the queue; it is sent at the next run.",
        detail=detail,
    )


def _refusal(error: urllib.error.HTTPError) -> AgentError:
    if error.code in AGAIN:
        return _offline(f"it answers {error.code}")
    told = _told(error)
    if error.code == 403:
        return RefusedError(
            "portal_token",
            "The portal does not take the token for this mapping.",
            "Ask the coordinator for a new token, or for the present mapping.",
        )
    if "upload" in told:
        return ChangedError("portal_piece", _words(told), "It is sent again.")
    return RefusedError(
        "portal_refused", f"The portal refuses ({error.code}): {_words(told)}", "Tell the coordinator."
    )


def _told(error: urllib.error.HTTPError) -> dict[str, Any]:
    try:
        found = json.loads(error.read(65_536)).get("error")
    except (ValueError, AttributeError, OSError):
        found = None
    return found if isinstance(found, dict) else {}


def _words(told: Mapping[str, Any]) -> str:
    found = [texts for name, texts in told.items() if name != "__type"]
    texts = [text for one in found for text in (one if isinstance(one, list) else [one])]
    return " ".join(map(str, texts)) or "no reason given"


def _multipart(fields: Mapping[str, str], chunk: bytes) -> tuple[str, bytes]:
    """A form with one file, as browsers send it."""
    border = secrets.token_hex(16)
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{border}\r\nContent-Disposition: form-data; name="upload"; filename="piece.gz"\r\n'
    head += "Content-Type: application/gzip\r\n\r\n"
    body = b"".join([*parts, head.encode(), chunk, f"\r\n--{border}--\r\n".encode()])
    return f"multipart/form-data; boundary={border}", body
