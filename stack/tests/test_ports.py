from __future__ import annotations

import os
import socket

import pytest

from stack import ports
from stack.errors import StackError


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_is_told_with_its_holder(taken):
    with pytest.raises(StackError) as caught:
        ports.require_free(taken, "Solr")
    assert f"Port {taken}, which Solr needs, is taken by process {os.getpid()}" in caught.value.message
    assert f"kill {os.getpid()}" in caught.value.remedy


def test_holder_and_answers(taken):
    assert ports.holder(taken) == os.getpid()
    assert ports.answers(taken)
    assert not ports.is_free(taken)


def test_a_free_port_passes():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
    ports.require_free(port, "Redis")
    assert ports.holder(port) is None
    assert not ports.answers(port)
