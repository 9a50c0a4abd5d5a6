"""How often one sender may write in a day, counted in Redis under keys that name nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from redis import Redis

from ckanext.roadmap.presentation.refusals import refusal

_DAY = int(timedelta(days=1).total_seconds())


def count(redis: Redis, site: str, allowed: Mapping[str, int]) -> None:
    """Count one more message of each sender.

    :param site: keeps portals on one Redis apart
    :param allowed: messages a day, by a key of the sender
    :raises RoadmapError: one of them has sent too many
    """
    for sender, limit in allowed.items():
        key = f"{site}:roadmap-limit:{sender}"
        with redis.pipeline() as pipe:
            pipe.set(key, 0, ex=_DAY, nx=True)
            pipe.incr(key)
            sent = pipe.execute()[1]
        if int(sent) > limit:
            raise refusal("too_many")
