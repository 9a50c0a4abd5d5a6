"""Calls the portal's API."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from stack.errors import StackError


class Api:
    """The API of one portal, with a token."""

    def __init__(self, site: str, token: str) -> None:
        self.site = site
        self.token = token

    def call(self, action: str, **data: Any) -> Any:
        """Call an action; raise StackError with the portal's own words if it refuses."""
        status, answer = self._post(action, data)
        if status != 200:
            raise StackError(
                f"{action}: the portal answered {status}: {answer.get('error')}", "See var/demo/logs/web.log."
            )
        return answer["result"]

    @contextmanager
    def as_user(self, name: str) -> Iterator[Api]:
        """Give the API as somebody else, whose token is revoked at the end."""
        token = self.call("api_token_create", user=name, name="demo")["token"]
        try:
            yield Api(self.site, token)
        finally:
            self.call("api_token_revoke", token=token)

    def exists(self, action: str, **data: Any) -> bool:
        """Tell whether a `…_show` action finds the thing."""
        return self._post(action, data)[0] == 200

    def _post(self, action: str, data: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        request = urllib.request.Request(  # noqa: S310 - our own portal
            f"{self.site}/api/3/action/{action}",
            json.dumps(data).encode(),
            {"Content-Type": "application/json", "Authorization": self.token},
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, _json(error.read())
        except OSError as error:
            raise StackError(
                f"{action}: the portal cannot be reached: {error}", "See var/demo/logs/web.log."
            ) from error


def _json(body: bytes) -> dict[str, Any]:
    try:
        return json.loads(body)
    except ValueError:
        return {"error": body.decode(errors="replace")[:300]}
