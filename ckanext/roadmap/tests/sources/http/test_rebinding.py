"""Names that lead elsewhere at the second look, by a real resolver in a network of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .rebinding import PUBLIC

ALONE = ["unshare", "--user", "--map-root-user", "--mount", "--net"]
NETWORK = (
    f'ip link set lo up && ip addr add {PUBLIC}/32 dev lo && mount --bind "$0" /etc/resolv.conf && exec "$@"'
)


def alone(resolver: Path, *command: str) -> subprocess.CompletedProcess[str]:
    asked = [*ALONE, "sh", "-c", NETWORK, str(resolver), *command]
    return subprocess.run(asked, capture_output=True, text=True, check=False, timeout=120)


def test_a_name_that_turns_inward_is_never_followed(tmp_path: Path):
    resolver = tmp_path / "resolv.conf"
    resolver.write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:2\n")
    if alone(resolver, "true").returncode:
        pytest.skip("this machine lets nobody have a network of his own (unshare)")
    ran = alone(resolver, sys.executable, "-m", "ckanext.roadmap.tests.sources.http.rebinding")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {
        "turn": ["200", "fetch_forbidden"] * 3,
        "hop": "fetch_forbidden",
        "names": ["fetch_forbidden"] * 4,
        "redirects": ["fetch_forbidden"] * 4,
        "users": ["fetch_address"] * 3,
        "reached": [PUBLIC],
    }
