"""Ways to log in: each a small class that knows what to send, and how to renew it."""

from __future__ import annotations

import base64
import io
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, TypeVar
from urllib.parse import quote_plus, urlencode

from ckanext.roadmap.sources.http import Credentials, Question, Session
from ckanext.roadmap.sources.http.login import credentials_of

from .errors import ApiError
from .paging import with_parameters

EARLY, USUAL = 30.0, 300.0


class Login(ABC):
    """A way to log in.

    :cvar kind: its name in the operator's configuration
    :cvar sign: what is worth telling once its credentials were to be had
    """

    kind: ClassVar[str]
    sign: ClassVar[str] = ""

    def __init__(self, url: str, options: Mapping[str, str], session: Session) -> None:
        self.url, self.options, self.session = url, options, session

    @abstractmethod
    def credentials(self) -> Credentials:
        """What goes with each question, to the interface's own origin."""

    def address(self, url: str) -> str:
        """The address as it is really asked."""
        return url

    def renew(self) -> bool:
        """Whether what was refused could be made anew."""
        return False


Kind = TypeVar("Kind", bound=type[Login])
LOGINS: dict[str, Callable[[str, Mapping[str, str], Session], Login]] = {}


def login(kind: Kind) -> Kind:
    """Registers a way to log in."""
    LOGINS[kind.kind] = kind
    return kind


@login
class Fixed(Login):
    """Name and password of the address, a token, a certificate, or nothing."""

    kind = "fixed"

    def credentials(self) -> Credentials:
        """As the configuration has them."""
        return credentials_of(self.url, self.options)


@login
class ApiKey(Fixed):
    """A key in a header (`api_key_header`), or as a parameter of the address (`api_key_parameter`)."""

    kind = "api_key"

    def address(self, url: str) -> str:
        """With the key as a parameter, if the operator says so."""
        name = self.options.get("api_key_parameter")
        return with_parameters(url, {name: _needed(self.options, "api_key")}) if name else url


@login
class OAuth2(Login):
    """OAuth 2 by the client's own credentials; its token is renewed before it ends or when it is refused."""

    kind = "oauth2"
    sign = "check_token"

    def __init__(self, url: str, options: Mapping[str, str], session: Session) -> None:
        super().__init__(url, options, session)
        self._token, self._until = "", 0.0

    def credentials(self) -> Credentials:
        """The token, and the certificate if there is one."""
        if not self._token or time.monotonic() >= self._until:
            self._fetch()
        known = credentials_of(self.url, {**self.options, "token": self._token})
        return replace(known, headers={**known.headers, "Authorization": f"Bearer {self._token}"})

    def renew(self) -> bool:
        """Forget the token."""
        had, self._token = bool(self._token), ""
        return had

    def _fetch(self) -> None:
        """Client and secret go in the body, as most want them; else as HTTP's name and password."""
        client, secret = (_needed(self.options, name) for name in ("client_id", "client_secret"))
        pair = base64.b64encode(f"{quote_plus(client)}:{quote_plus(secret)}".encode()).decode()
        found = self._asked({"client_id": client, "client_secret": secret}, {})
        found = found or self._asked({}, {"Authorization": f"Basic {pair}"})
        if not isinstance(token := found.get("access_token"), str):
            raise ApiError("api_login")
        lives = str(found.get("expires_in"))
        self._token = token
        self._until = time.monotonic() + (float(lives) if lives.isdigit() else USUAL) - EARLY

    def _asked(self, fields: Mapping[str, str], login: Mapping[str, str]) -> dict[str, Any]:
        """What the login server gives; empty: it refuses."""
        asked = {"grant_type": "client_credentials", "scope": self.options.get("scope", ""), **fields}
        body = urlencode({name: value for name, value in asked.items() if value}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        into = io.BytesIO()
        files = {key: self.options[key] for key in self.options if key.endswith("_file")}
        answer = self.session.fetch(
            _needed(self.options, "token_url"), into, None, None,
            Credentials(login, credentials_of("", files).tls), Question("POST", body, headers),
        )  # fmt: skip
        return _json(into.getvalue()) if answer.status == 200 else {}


def login_for(url: str, options: Mapping[str, str], session: Session) -> Login:
    """The way that the configuration names (`auth`), or that follows from what it holds.

    :raises ApiError: there is none of that name
    """
    kind = options.get("auth") or ("oauth2" if options.get("token_url") else "")
    kind = kind or ("api_key" if options.get("api_key") else "fixed")
    if kind not in LOGINS:
        raise ApiError("api_login_unknown", kind=kind, known=", ".join(LOGINS))
    return LOGINS[kind](url, options, session)


def _needed(options: Mapping[str, str], name: str) -> str:
    if not (found := options.get(name)):
        raise ApiError("api_login_incomplete")
    return found


def _json(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownVariableType]
