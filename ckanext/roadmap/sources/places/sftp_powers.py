"""What an account may do on an SFTP server beside reading, found out without changing anything there."""

from __future__ import annotations

from collections.abc import Sequence

import paramiko

MOST_FILES = 20


def powers_in(client: paramiko.SFTPClient, folder: str, files: Sequence[str]) -> tuple[str, ...]:
    """`WRITE` where a file could be changed, or the folder seems to be the account's own to write in."""
    if _is_read_only(client, folder):
        return ()
    is_open = any(_can_change(client, file) for file in files[:MOST_FILES])
    return ("WRITE",) if is_open or _is_own(client, folder) else ()


def _is_read_only(client: paramiko.SFTPClient, folder: str) -> bool:
    """A server that serves reading alone refuses at once; another tells that the folder is there already."""
    try:
        client.mkdir(folder)
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def _can_change(client: paramiko.SFTPClient, file: str) -> bool:
    """A file that is opened for a change and closed again keeps every byte, and its times."""
    try:
        client.open(file, "r+").close()
    except OSError:
        return False
    return True


def _is_own(client: paramiko.SFTPClient, folder: str) -> bool:
    """By the folder's rights; SFTP does not tell who one is, the owner of the home folder is taken for it."""
    here, home = client.stat(folder), client.stat(".")
    mode = here.st_mode or 0
    return bool(mode & 0o002) or (here.st_uid == home.st_uid and bool(mode & 0o200))
