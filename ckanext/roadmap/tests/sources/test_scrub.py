"""No secret, user, host or address is left in a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import URL

from ckanext.roadmap.sources.scrub import scrub, secrets_of

URL_TEXT = "postgresql://edu_reader:p%40ss-Zx81@db.edu.local:5444/register"

MESSAGES = [
    'connection to server at "db.edu.local" (10.1.2.3), port 5444 failed: FATAL: password authentication failed for user "edu_reader"',
    'could not translate host name "db.edu.local" to address: Name or service not known',
    "invalid dsn: postgresql://edu_reader:p%40ss-Zx81@db.edu.local:5444/register",
    "password=p@ss-Zx81 host=db.edu.local",
    'no pg_hba.conf entry for host "10.9.8.7", user "edu_reader", database "register", SSL off',
]


@pytest.mark.parametrize("message", MESSAGES)
def test_known_messages(message: str):
    clean = scrub(message, secrets_of(URL_TEXT))
    for secret in ("edu_reader", "p%40ss", "p@ss", "db.edu.local", "10.1.2.3", "10.9.8.7"):
        assert secret not in clean


def test_what_is_no_secret_stays():
    text = 'relation "schools" does not exist'
    assert scrub(text, secrets_of(URL_TEXT)) == text


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=8, max_size=20))
def test_any_password_goes(password: str):
    url = URL.create("postgresql", "someone", password, "host.example", 5432, "x").render_as_string(
        hide_password=False
    )
    assert password not in scrub(f"failed: [{password}] at {url}", secrets_of(url)).replace("***", "")
