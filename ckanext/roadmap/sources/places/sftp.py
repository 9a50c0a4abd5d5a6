"""A file on an SFTP server whose key the operator has written down."""

from __future__ import annotations

import base64
import hashlib
import posixpath
import stat
import time
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qs, unquote, urlsplit

import paramiko

from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http.connection import Watch, connect
from ckanext.roadmap.sources.http.errors import FetchError
from ckanext.roadmap.sources.http.guard import Guard
from ckanext.roadmap.sources.look import Answer, Clock, Sign
from ckanext.roadmap.sources.standing import ELSEWHERE, is_settled

from .base import Brought, Look, Place, Way, place, too_large
from .drop import settling_of
from .settling import State, changed
from .sftp_powers import powers_in
from .web import explained

PORT, PIECE = 22, 256 * 1024


@place
class SftpPlace(Place):
    """`sftp://USER:PASSWORD@HOST/folder/?host_key=SHA256:…`; `key_file=` instead of the password.

    The server's key is compared before anything secret is sent.
    """

    schemes = ("sftp",)

    def __init__(self, way: Way, name: str) -> None:
        super().__init__(way, name)
        parts = urlsplit(way.url)
        query = parts.query.replace("+", "%2B")  # a fingerprint holds signs that mean a blank in a form
        self._asked: Mapping[str, str] = {key: values[-1] for key, values in parse_qs(query).items()}
        self._settling = settling_of(parts.query)

    def names(self) -> list[str] | None:
        """Those of the folder that are whole."""
        with self._opened() as client:
            return self._settling.whole(_plain(client, self._folder()[0]))

    def look(self) -> Look | None:
        """Name, size and time of change, which SFTP tells in whole seconds and the server's clock gave."""
        now = time.time()
        with self._opened() as client:
            path = self._path(client)
            state = _state(client, path)
        if not is_settled(state.changed, now, ELSEWHERE):
            return None
        return {"name": posixpath.basename(path), "size": state.size, "changed": state.changed}

    def check(self, clock: Clock) -> Answer:
        """Whether key, login, folder and file are right, and whether the account could write there."""
        with self._opened() as client:
            folder, _name = self._folder()
            files = [one for one in client.listdir_attr(folder) if stat.S_ISREG(one.st_mode or 0)]
            if self.name:
                client.open(self._path(client), "rb").close()
            version = _version(client)
            powers = powers_in(client, folder, [posixpath.join(folder, one.filename) for one in files])
        return Answer(version, None, powers, (Sign("check_folder", count=len(files)),))

    def bring(self, into: Path) -> Brought:
        """The file, read once it has come to rest."""
        copied = into / "file"
        with self._opened() as client, copied.open("wb") as file:
            path = self._path(client)
            name = posixpath.basename(path)
            before = self._settling.rest(name, lambda: _state(client, path))
            if before.size > self.way.reach.bytes:
                raise too_large(name, self.way.reach.bytes)
            size = _copy(client, path, file, before.size)
            if _state(client, path) != before or size != before.size:
                raise changed(name)
        return Brought(copied, name)

    def _path(self, client: paramiko.SFTPClient) -> str:
        folder, name = self._folder()
        if "/" in name or name in ("", ".", ".."):
            raise SourceError(
                "file_outside", f"The file {name} lies outside the connection's folder.",
                "Name a file inside the folder.", name=name,
            )  # fmt: skip
        return posixpath.join(folder, self._settling.choose(name, _plain(client, folder)))

    def _folder(self) -> tuple[str, str]:
        """The folder of the address, and the file's name in it."""
        base = unquote(urlsplit(self.way.url).path)
        folder, name = (base, self.name) if base.endswith("/") else posixpath.split(base)
        return (folder.removeprefix("/~/") if folder.startswith("/~/") else folder) or ".", name

    @contextmanager
    def _opened(self) -> Generator[paramiko.SFTPClient]:
        limits = self.way.limits
        with explained(), Watch(Guard(self.way.reach.networks), float(limits.statement)) as watch:
            try:
                with closing(self._transport(watch)) as transport:
                    client = paramiko.SFTPClient.from_transport(transport)
                    if client is None:
                        raise _fault("sftp_refused")
                    yield client
            except FileNotFoundError:
                raise _fault("sftp_folder") from None
            except PermissionError:
                raise _fault("sftp_permission") from None
            except (paramiko.SSHException, EOFError, OSError) as error:
                watch.check()
                raise FetchError("fetch_broken_off") from error

    def _transport(self, watch: Watch) -> paramiko.Transport:
        parts, seconds = urlsplit(self.way.url), float(self.way.limits.connect)
        socket = connect(parts.hostname or "", parts.port or PORT, seconds, watch)
        transport = paramiko.Transport(socket)
        try:
            transport.start_client(timeout=seconds)
            self._compare(transport.get_remote_server_key())
            self._log_in(transport, unquote(parts.username or ""), unquote(parts.password or ""))
        except paramiko.AuthenticationException:
            transport.close()
            raise _fault("login_refused") from None
        except BaseException:
            transport.close()
            raise
        return transport

    def _compare(self, key: paramiko.PKey) -> None:
        written = self._asked.get("host_key", "").removeprefix("SHA256:").rstrip("=")
        digest = base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")
        if written != digest:
            raise _fault("sftp_host_key" if written else "sftp_host_key_missing")

    def _log_in(self, transport: paramiko.Transport, user: str, password: str) -> None:
        if not (path := self._asked.get("key_file")):
            transport.auth_password(user, password)
            return
        try:
            key = paramiko.PKey.from_path(path)
        except (OSError, ValueError, TypeError, paramiko.SSHException):
            raise _fault("sftp_key_file") from None
        transport.auth_publickey(user, key)


def _copy(client: paramiko.SFTPClient, path: str, into: BinaryIO, size: int) -> int:
    """Copy at most one byte more than the file had, so that a growing one is noticed and not followed."""
    taken = 0
    with client.open(path, "rb") as file:
        file.prefetch(size)
        while piece := file.read(min(PIECE, size + 1 - taken)):
            into.write(piece)
            taken += len(piece)
    return taken


def _plain(client: paramiko.SFTPClient, folder: str) -> set[str]:
    return {one.filename for one in client.listdir_attr(folder) if stat.S_ISREG(one.st_mode or 0)}


def _version(client: paramiko.SFTPClient) -> str:
    """As the server greeted."""
    channel = client.get_channel()
    return str(channel.get_transport().remote_version) if channel else ""


def _state(client: paramiko.SFTPClient, path: str) -> State:
    status = client.stat(path)
    return State(status.st_size or 0, float(status.st_mtime or 0))


FAULTS = {
    "login_refused": ("The source refused the account.", "Check user and password of the connection."),
    "sftp_refused": ("The server offers no SFTP.", "Ask the keeper of the server to allow it."),
    "sftp_folder": ("The server has no such folder.", "Check the path in the connection's address."),
    "sftp_permission": ("The account may not read there.", "Let it read the folder and the file."),
    "sftp_host_key": (
        "The server's key is not the one that was written down.",
        "Ask the keeper of the server whether it has a new one; nothing was sent.",
    ),
    "sftp_host_key_missing": (
        "The connection does not say which key the server has.",
        "Add ?host_key=SHA256:… to its address; ssh-keygen -lf FILE shows the fingerprint.",
    ),
    "sftp_key_file": (
        "The private key of the connection cannot be read.",
        "Check key_file: it must be readable for the portal's user, and have no password.",
    ),
}


def _fault(code: str) -> SourceError:
    return SourceError(code, *FAULTS[code])
