"""Fetches what others publish on the web: the one way out, guarded against what an address may hide."""

from __future__ import annotations

from .errors import FetchError as FetchError
from .guard import Guard as Guard
from .guard import networks as networks
from .link import Known as Known
from .link import Sight as Sight
from .link import look as look
from .question import Credentials as Credentials
from .question import Question as Question
from .robots import Robots as Robots
from .session import Fetched as Fetched
from .session import Limits as Limits
from .session import Session as Session
